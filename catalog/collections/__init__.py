"""Containers."""
from _nw import OrderedDict, defaultdict, namedtuple
from collections import abc


class deque(list):
    def __init__(self, iterable=(), maxlen=None):
        list.__init__(self, iterable)
        self.maxlen = maxlen
        self._cut(True)

    def _cut(self, left):
        while self.maxlen is not None and len(self) > self.maxlen:
            list.pop(self, 0 if left else -1)

    def append(self, x):
        list.append(self, x)
        self._cut(True)

    def appendleft(self, x):
        list.insert(self, 0, x)
        self._cut(False)

    def extend(self, iterable):
        for x in iterable:
            self.append(x)

    def extendleft(self, iterable):
        for x in iterable:
            self.appendleft(x)

    def popleft(self):
        if not self:
            raise IndexError("pop from an empty deque")
        return list.pop(self, 0)

    def rotate(self, n=1):
        for step in range(n % len(self) if len(self) else 0):
            list.insert(self, 0, list.pop(self))

    def __repr__(self):
        return "deque(" + repr(list(self)) + ("" if self.maxlen is None else ", maxlen=" + repr(self.maxlen)) + ")"

    def copy(self):
        return deque(self, self.maxlen)

    def __add__(self, other):
        return deque(list(self) + list(other), self.maxlen)


class Counter(dict):
    def __init__(self, iterable=None, /, **kwargs):
        dict.__init__(self)
        self.update(iterable, **kwargs)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwargs):
        if isinstance(iterable, dict):
            for key in iterable:
                self[key] = self.get(key, 0) + iterable[key]
        elif iterable is not None:
            for key in iterable:
                self[key] = self.get(key, 0) + 1
        for key in kwargs:
            self[key] = self.get(key, 0) + kwargs[key]

    def elements(self):
        return iter([key for key in self for step in range(self[key])])

    def most_common(self, n=None):
        rows = sorted(self.items(), key=lambda row: row[1], reverse=True)
        return rows if n is None else rows[:n]

    def total(self):
        return sum(self.values())

    def subtract(self, iterable=None, /, **kwargs):
        other = Counter(iterable, **kwargs)
        for key in other:
            self[key] = self.get(key, 0) - other[key]

    def copy(self):
        return Counter(self)

    def _joined(self, other, rule):
        made = Counter()
        for key in list(self) + [key for key in other if key not in self]:
            count = rule(self[key], other[key])
            if count > 0:
                made[key] = count
        return made

    def __add__(self, other):
        return self._joined(other, lambda a, b: a + b)

    def __sub__(self, other):
        return self._joined(other, lambda a, b: a - b)

    def __and__(self, other):
        return self._joined(other, min)

    def __or__(self, other):
        return self._joined(other, max)

    def __pos__(self):
        return self + Counter()

    def __neg__(self):
        return Counter() - self

    def __repr__(self):
        return "Counter(" + (repr(dict(self.most_common())) if self else "") + ")"

    __iadd__ = __add__
    __isub__ = __sub__
    __iand__ = __and__
    __ior__ = __or__


class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for one in self.maps:
            if key in one:
                return one[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return any([key in one for one in self.maps])

    def __iter__(self):
        keys = []
        for one in self.maps[::-1]:
            keys = keys + [key for key in one if key not in keys]
        return iter(keys)

    def __len__(self):
        return len(list(iter(self)))

    def keys(self):
        return list(iter(self))

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]


class UserDict:
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        self.update(kwargs)

    def __getitem__(self, key):
        return self.data[key]

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def get(self, key, default=None):
        return self.data.get(key, default)

    def keys(self):
        return self.data.keys()

    def values(self):
        return self.data.values()

    def items(self):
        return self.data.items()

    def update(self, other=(), /, **kwargs):
        for key, value in dict(other, **kwargs).items():
            self[key] = value

    def setdefault(self, key, default=None):
        return self.data.setdefault(key, default)

    def pop(self, key, *default):
        return self.data.pop(key, *default)

    def copy(self):
        return self.__class__(self.data)


class UserList:
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(initlist)

    def __getitem__(self, index):
        return self.data[index]

    def __setitem__(self, index, item):
        self.data[index] = item

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data)

    def append(self, item):
        self.data.append(item)
