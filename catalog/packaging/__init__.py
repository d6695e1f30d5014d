"""Versions of packages."""
from packaging import version
