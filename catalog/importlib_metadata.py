"""The backport of importlib.metadata."""
from importlib.metadata import *
from importlib.metadata import PackageNotFoundError, version
