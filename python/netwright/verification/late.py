"""Installed packages that a program imports in a child: how long that takes, and which are worth importing once, before later children.

Only what is installed counts, and never the package whose code is compared: the user's own code runs in children only.
"""

import builtins
import importlib.util
import os
import site
import sys
import sysconfig
import time

# Seconds from which an import is worth making once for all children.
HEAVY = 0.1


def installed_folders():
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), site.getusersitepackages(), *site.getsitepackages()]
    return tuple({os.path.join(os.path.realpath(path), "") for path in paths if path})


def compared_packages(job):
    """The outermost packages of what a job compares."""
    names = [job.get("module") or "", (job.get("entry") or "").partition(":")[0], *job.get("replaced", ())]
    return {name.partition(".")[0] for name in names}


class Imports:
    """Times the import statements that load installed packages, from now on; a statement within another counts with that one."""

    def __init__(self, job):
        self.plain, self.folders = builtins.__import__, installed_folders()
        self.known = dict.fromkeys(compared_packages(job), False)
        self.seconds, self.processor, self.names, self.is_timing = 0.0, 0.0, [], False
        builtins.__import__ = self.load

    def is_installed(self, package):
        if package not in self.known:
            try:
                spec = importlib.util.find_spec(package)
                places = [spec.origin or "", *(spec.submodule_search_locations or ())] if spec else []
            except (ImportError, ValueError, AttributeError):
                places = []
            self.known[package] = any(os.path.realpath(place).startswith(self.folders) for place in places if place)
        return self.known[package]

    def load(self, name, globals=None, locals=None, fromlist=(), level=0):
        if level or self.is_timing or not self.is_installed(name.partition(".")[0]):
            return self.plain(name, globals, locals, fromlist, level)
        self.is_timing, started = True, (time.monotonic(), time.process_time())
        try:
            return self.plain(name, globals, locals, fromlist, level)
        finally:
            self.is_timing = False
            names = [name, *(f"{name}.{item}" for item in fromlist or ())]
            self.note(names, time.monotonic() - started[0], time.process_time() - started[1])

    def note(self, names, seconds, processor):
        if processor > HEAVY:
            self.seconds += seconds
            self.processor += processor
            self.names += [name for name in names if name in sys.modules]
