"""Where the command `netwright` is."""

import pathlib
import shutil
import subprocess
import sysconfig


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
