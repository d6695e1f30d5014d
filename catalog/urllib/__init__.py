"""The network."""
from urllib import error, parse, request
