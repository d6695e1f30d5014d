"""Work in other threads, done at once."""


class Future:
    def __init__(self, value=None):
        self.value = value

    def result(self, timeout=None):
        return self.value

    def done(self):
        return True


class Executor:
    def __init__(self, max_workers=None, *args, **kwargs):
        self.max_workers = max_workers

    def submit(self, fn, /, *args, **kwargs):
        return Future(fn(*args, **kwargs))

    def map(self, func, *iterables, timeout=None, chunksize=1):
        return map(func, *iterables)

    def shutdown(self, wait=True, *, cancel_futures=False):
        return None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None


class ThreadPoolExecutor(Executor):
    pass


class ProcessPoolExecutor(Executor):
    pass


def as_completed(fs, timeout=None):
    return iter(list(fs))


def wait(fs, timeout=None, return_when="ALL_COMPLETED"):
    return set(fs), set()
