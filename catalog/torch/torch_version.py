__version__ = "2.13.0"


class TorchVersion(str):
    pass
