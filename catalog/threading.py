"""Threads: one is enough for the analysis."""
import _nw


class Lock:
    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        return None

    def locked(self):
        return False

    def __enter__(self):
        return True

    def __exit__(self, kind, value, trace):
        return None


RLock = Lock
Semaphore = Condition = BoundedSemaphore = Lock


class Event:
    def set(self):
        return None

    def clear(self):
        return None

    def is_set(self):
        return _nw.outside("what another thread did")

    def wait(self, timeout=None):
        return True


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.name = name

    def start(self):
        return None

    def join(self, timeout=None):
        return None


class local:
    pass


def current_thread():
    return Thread(name="MainThread")


def get_ident():
    return _nw.outside("the number of a thread")
