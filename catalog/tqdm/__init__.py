"""Progress bars: the iterable itself."""
from tqdm import auto


class tqdm:
    def __init__(self, iterable=None, *args, **kwargs):
        self.iterable = iterable

    def __iter__(self):
        return iter(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None

    def update(self, n=1):
        return None

    def set_description(self, desc=None, refresh=True):
        return None

    def set_postfix(self, *args, **kwargs):
        return None

    def close(self):
        return None

    @staticmethod
    def write(s, file=None, end="\n", nolock=False):
        return None


def trange(*args, **kwargs):
    return tqdm(range(*args))
