"""Work in other threads."""
from concurrent import futures
