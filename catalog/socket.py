"""The network: unknown."""
import _nw


def socket(*args, **kwargs):
    return _nw.outside("the network")


def gethostname(*args, **kwargs):
    return _nw.outside("the network")


def gethostbyname(*args, **kwargs):
    return _nw.outside("the network")


def create_connection(*args, **kwargs):
    return _nw.outside("the network")
