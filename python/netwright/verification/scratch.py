"""Temporary folders that do not outlive their run for long: a run that was killed leaves its folder, and the next one removes it.

A folder is in use while a process holds the lock of the file in it; the kernel lets go of locks when a process ends, however it ends.
"""

import fcntl
import os
import shutil
import tempfile
import time

PREFIX, LOCK = "netwright-run-", "lock"
ABANDONED = 3600.0  # seconds after which a folder without a lock file is no longer one that is being made


def held(path, wait):
    """A descriptor that holds the lock of a folder; None when another process does, or the folder has gone."""
    try:
        handle = os.open(os.path.join(path, LOCK), os.O_RDWR | (os.O_CREAT if wait else 0), 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        if os.path.samestat(os.fstat(handle), os.stat(os.path.join(path, LOCK))):
            return handle
    except OSError:
        pass
    os.close(handle)
    return None


def is_abandoned(path):
    """Whether a folder has had no lock file for long: its run was killed at once."""
    try:
        return not os.path.exists(os.path.join(path, LOCK)) and time.time() - os.stat(path).st_mtime > ABANDONED
    except OSError:
        return False


def sweep(base):
    """Removes what runs that were killed have left; folders of others cannot be opened, and stay."""
    for name in os.listdir(base):
        path = os.path.join(base, name)
        if not name.startswith(PREFIX):
            continue
        handle = held(path, wait=False)
        if handle is not None or is_abandoned(path):
            shutil.rmtree(path, ignore_errors=True)
        if handle is not None:
            os.close(handle)


class Folder:
    """A temporary folder for one run: `name` is its path."""

    def __init__(self):
        base = tempfile.gettempdir()
        sweep(base)
        self.handle = None
        while self.handle is None:  # one that another run has swept away meanwhile is made again
            self.name = tempfile.mkdtemp(prefix=PREFIX, dir=base)
            self.handle = held(self.name, wait=True)

    def cleanup(self):
        if self.handle is not None:
            shutil.rmtree(self.name, ignore_errors=True)
            os.close(self.handle)
            self.handle = None

    def __enter__(self):
        return self.name

    def __exit__(self, *_):
        self.cleanup()
