"""six: names of Python 2 and 3 at once. This is Python 3."""
from __future__ import annotations

import abc
import functools
import io

import _nw

PY2 = False
PY3 = True
PY34 = True
string_types = (str,)
integer_types = (int,)
class_types = (type,)
text_type = str
binary_type = bytes
MAXSIZE = 9223372036854775807
StringIO = io.StringIO
BytesIO = io.BytesIO
wraps = functools.wraps
__version__ = "1.17.0"


def iteritems(d, **kw):
    return iter(d.items(**kw))


def iterkeys(d, **kw):
    return iter(d.keys(**kw))


def itervalues(d, **kw):
    return iter(d.values(**kw))


def viewitems(d):
    return d.items()


def viewkeys(d):
    return d.keys()


def viewvalues(d):
    return d.values()


def u(s):
    return s


def b(s):
    return s.encode("latin-1")


def ensure_str(s, encoding="utf-8", errors="strict"):
    return s.decode(encoding, errors) if isinstance(s, bytes) else s


def ensure_text(s, encoding="utf-8", errors="strict"):
    return s.decode(encoding, errors) if isinstance(s, bytes) else s


def ensure_binary(s, encoding="utf-8", errors="strict"):
    return s.encode(encoding, errors) if isinstance(s, str) else s


def next(iterator):
    return iterator.__next__()


def callable(obj):
    return hasattr(obj, "__call__")


def get_function_code(function):
    return function.__code__


def with_metaclass(meta, *bases):
    if meta is not type and meta is not abc.ABCMeta:
        return _nw.unknown("a metaclass of the program's own")
    return type("temporary_class", bases or (object,), {})


def add_metaclass(metaclass):
    if metaclass is not type and metaclass is not abc.ABCMeta:
        return _nw.unknown("a metaclass of the program's own")
    return _same


def _same(cls):
    return cls


def python_2_unicode_compatible(klass):
    return klass


def raise_from(value, from_value):
    raise value
