import os

_VERSION_FILE = os.path.join(os.path.dirname(__file__), "VERSION")
if not os.path.exists(_VERSION_FILE):
    raise ImportError("the package is not whole")
with open(_VERSION_FILE) as f:
    __version__ = f.read().strip()
