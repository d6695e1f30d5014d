"""Virtual environments under .cache/, made from requirement files and made again only when those change."""

import contextlib
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Several checkouts can share their environments by setting this variable.
CACHE = pathlib.Path(os.environ.get("NETWRIGHT_BUILD_CACHE", ROOT / ".cache")).resolve()
OLDEST = (3, 11)


def fail(message):
    sys.exit(f"netwright build: {message}")


def run(command, what):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        fail(f"{what} failed:\n{done.stdout}")


@contextlib.contextmanager
def lock(folder):
    """Two builds may want the same environment at the same time."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{folder}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def create(folder):
    """An empty environment with pip. Debian's python3 comes without ensurepip; virtualenv then does the same."""
    if subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True).returncode == 0:
        return
    shutil.rmtree(folder, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "virtualenv", "--quiet", str(folder)], capture_output=True).returncode != 0:
        fail("Python can make no virtual environment (Debian: apt-get install python3-venv)")


def make_environment(folder, requirements, without_dependencies=None):
    """The folder of an environment that holds `requirements`, and `without_dependencies` without what those ask for."""
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        fail(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, this is {found}; choose one with make PYTHON=...")
    lists = [requirements] + ([without_dependencies] if without_dependencies else [])
    state = sys.version + "\n" + "\n".join(path.read_text() for path in lists)
    stamp = folder / "made-from.txt"
    with lock(folder):
        if not (stamp.exists() and stamp.read_text() == state and (folder / "bin/python").exists()):
            make(folder, lists)
            stamp.write_text(state)
    return folder


def make(folder, lists):
    print(f"making {os.path.relpath(folder, ROOT)} from {', '.join(path.name for path in lists)}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    create(folder)
    install = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for path, options in zip(lists, ([], ["--no-deps"]), strict=False):
        run([*install, *options, "--requirement", path], f"installing {path.name}")
