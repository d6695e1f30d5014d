"""Time: unknown."""
import _nw


def time(*args, **kwargs):
    return _nw.outside("a time")


def perf_counter(*args, **kwargs):
    return _nw.outside("a time")


def monotonic(*args, **kwargs):
    return _nw.outside("a time")


def process_time(*args, **kwargs):
    return _nw.outside("a time")


def time_ns(*args, **kwargs):
    return _nw.outside("a time")


def perf_counter_ns(*args, **kwargs):
    return _nw.outside("a time")


def monotonic_ns(*args, **kwargs):
    return _nw.outside("a time")


def thread_time(*args, **kwargs):
    return _nw.outside("a time")


def localtime(*args, **kwargs):
    return _nw.outside("a date")


def gmtime(*args, **kwargs):
    return _nw.outside("a date")


def strftime(*args, **kwargs):
    return _nw.outside("a date")


def ctime(*args, **kwargs):
    return _nw.outside("a date")


def asctime(*args, **kwargs):
    return _nw.outside("a date")


def mktime(*args, **kwargs):
    return _nw.outside("a date")


def strptime(*args, **kwargs):
    return _nw.outside("a date")


def sleep(*args, **kwargs):
    return None
