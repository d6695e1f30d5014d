"""Addresses."""
import _nw


def urlsplit(*args, **kwargs):
    return _nw.outside("a part of an address")


def quote(*args, **kwargs):
    return _nw.outside("a part of an address")


def unquote(*args, **kwargs):
    return _nw.outside("a part of an address")


def urlencode(*args, **kwargs):
    return _nw.outside("a part of an address")


def urlunparse(*args, **kwargs):
    return _nw.outside("a part of an address")


def parse_qs(*args, **kwargs):
    return _nw.outside("a part of an address")


_Parts = _nw.namedtuple("ParseResult", ("scheme", "netloc", "path", "params", "query", "fragment"))


def urlparse(url, scheme="", allow_fragments=True):
    if "://" in url:
        scheme = url.split("://")[0]
        url = url.split("://")[1]
        netloc = url.split("/")[0]
        url = url[len(netloc):]
    else:
        netloc = ""
    fragment = url.split("#")[1] if "#" in url else ""
    url = url.split("#")[0]
    query = url.split("?")[1] if "?" in url else ""
    return _Parts(scheme, netloc, url.split("?")[0], "", query, fragment)


def urljoin(base, url, allow_fragments=True):
    return _nw.outside("an address")
