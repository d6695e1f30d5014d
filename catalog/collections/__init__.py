"""Containers."""
from _nw import OrderedDict, defaultdict, namedtuple
from collections import abc


class deque:
    __hash__ = None

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None and maxlen < 0:
            raise ValueError("maxlen must be non-negative")
        self._items = []
        self._maxlen = maxlen
        self.extend(iterable)

    @property
    def maxlen(self):
        return self._maxlen

    def _cut(self, at):
        if self._maxlen is not None and len(self._items) > self._maxlen:
            self._items.pop(at)

    def append(self, x):
        self._items.append(x)
        self._cut(0)

    def appendleft(self, x):
        self._items.insert(0, x)
        self._cut(-1)

    def extend(self, iterable):
        self._items.extend(list(iterable))
        if self._maxlen is not None and len(self._items) > self._maxlen:
            self._items = self._items[len(self._items) - self._maxlen:]

    def extendleft(self, iterable):
        for x in list(iterable):
            self.appendleft(x)

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop(0)

    def rotate(self, n=1):
        if self._items:
            n = n % len(self._items)
            self._items = self._items[len(self._items) - n:] + self._items[:len(self._items) - n]

    def insert(self, i, x):
        if self._maxlen is not None and len(self._items) >= self._maxlen:
            raise IndexError("deque already at its maximum size")
        self._items.insert(i, x)

    def remove(self, value):
        if value not in self._items:
            raise ValueError("deque.remove(x): x not in deque")
        self._items.remove(value)

    def index(self, x, *bounds):
        if x not in self._items:
            raise ValueError(repr(x) + " is not in deque")
        return self._items.index(x, *bounds)

    def count(self, x):
        return self._items.count(x)

    def clear(self):
        self._items.clear()

    def reverse(self):
        self._items.reverse()

    def copy(self):
        return type(self)(self._items, self._maxlen)

    __copy__ = copy

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, x):
        return x in self._items

    def _at(self, index):
        if isinstance(index, slice) or not hasattr(index, "__index__"):
            raise TypeError("sequence index must be integer, not " + repr(type(index).__name__))
        if not -len(self._items) <= index < len(self._items):
            raise IndexError("deque index out of range")
        return index

    def __getitem__(self, index):
        return self._items[self._at(index)]

    def __setitem__(self, index, value):
        self._items[self._at(index)] = value

    def __delitem__(self, index):
        del self._items[self._at(index)]

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError("can only concatenate deque (not " + "\"" + type(other).__name__ + "\"" + ") to deque")
        return type(self)(self._items + other._items, self._maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        return type(self)(self._items * n, self._maxlen)

    __rmul__ = __mul__

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._items < other._items if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._items <= other._items if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._items > other._items if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._items >= other._items if isinstance(other, deque) else NotImplemented

    def __repr__(self):
        return type(self).__name__ + "(" + repr(self._items) + ("" if self._maxlen is None else ", maxlen=" + repr(self._maxlen)) + ")"

    def __class_getitem__(cls, item):
        return cls


abc.MutableSequence.register(deque)


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
