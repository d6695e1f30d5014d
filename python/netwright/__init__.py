"""Netwright reads the source of deep-learning models, shows the network, and rewrites it.

The work is done by the command `netwright`, which the wheel installs; this package finds and runs it.
"""

import pathlib
import shutil
import subprocess
import sysconfig

__all__ = ["binary", "convert_weights", "version"]


def binary():
    """The path of the command: that of the checkout this package lies in, else of this environment, else on PATH."""
    checkout = pathlib.Path(__file__).resolve().parents[2]
    candidates = [pathlib.Path(sysconfig.get_path("scripts"), "netwright")]
    if (checkout / "meson.build").exists():
        candidates.insert(0, checkout / "build/netwright")
    for candidate in candidates:
        if candidate.exists():
            return str(candidate)
    found = shutil.which("netwright")
    if not found:
        raise FileNotFoundError("the command netwright was not found: install the wheel, or run make in the checkout")
    return found


def version():
    """The version of the command."""
    done = subprocess.run([binary(), "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[1]


def convert_weights(map_path, source, target):
    """Makes the checkpoint `target` of a migrated model from that of its source, as the migration map says.

    Raises netwright.weights.Refused, with `problems`, when something is missing, left over or misshapen; nothing is written then.
    """
    from . import weights
    return weights.convert(map_path, source, target)
