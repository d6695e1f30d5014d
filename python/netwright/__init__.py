"""Netwright reads the source of deep-learning models, shows the network, and rewrites it.

The work is done by the command `netwright`, which the wheel installs; this package finds and runs it. The functions run it in a process
of its own; the modules of the same names are its parts that are written in Python, which it starts itself.
"""

from .api import Failed, convert_weights, migrate, optimize, show, verify
from .command import binary, version

__all__ = ["Failed", "binary", "convert_weights", "migrate", "optimize", "show", "verify", "version"]
