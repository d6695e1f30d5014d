"""Netwright reads the source of deep-learning models, shows the network, and rewrites it.

The work is done by the command `netwright`, which the wheel installs; the functions of this package find it and run it in a process of
its own.
"""

from .api import Failed, convert_weights, migrate, optimize, show, verify
from .command import binary, version

__all__ = ["Failed", "binary", "convert_weights", "migrate", "optimize", "show", "verify", "version"]
