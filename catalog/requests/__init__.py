"""The network: unknown."""
import _nw


def get(*args, **kwargs):
    return _nw.outside("a download")


def post(*args, **kwargs):
    return _nw.outside("a download")


def put(*args, **kwargs):
    return _nw.outside("a download")


def head(*args, **kwargs):
    return _nw.outside("a download")


def request(*args, **kwargs):
    return _nw.outside("a download")


def Session(*args, **kwargs):
    return _nw.outside("a download")


class RequestException(OSError):
    pass


class HTTPError(RequestException):
    pass


class ConnectionError(RequestException):
    pass
