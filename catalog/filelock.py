"""Locks between processes: nobody else is there."""
__version__ = "3.0"


class Timeout(TimeoutError):
    pass


class BaseFileLock:
    def __init__(self, lock_file, timeout=-1, mode=0o644, thread_local=True, **options):
        self.lock_file = lock_file
        self.timeout = timeout
        self.is_locked = False

    def acquire(self, timeout=None, poll_interval=0.05, **options):
        self.is_locked = True
        return self

    def release(self, force=False):
        self.is_locked = False

    def __enter__(self):
        self.is_locked = True
        return self

    def __exit__(self, kind, value, trace):
        self.is_locked = False


class FileLock(BaseFileLock):
    pass


class SoftFileLock(BaseFileLock):
    pass


class UnixFileLock(BaseFileLock):
    pass
