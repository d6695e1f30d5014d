"""Versions, compared by their numbers."""
from packaging.version import Version


class LooseVersion(Version):
    def __init__(self, vstring=None):
        super().__init__(vstring)
        self.vstring = vstring
        self.version = list(self.release)


class StrictVersion(LooseVersion):
    pass
