# entry: Net()
# input: f32[2,3]
"""What collections.abc adds to classes that define the least of a container, and what counts as one; Counter and deque by their texts."""
from collections import Counter, deque
from collections.abc import Hashable, Iterable, MutableMapping, MutableSequence, Sequence, Set, Sized

from torch import nn


class Table(MutableMapping):
    def __init__(self, **rows):
        self.rows = rows

    def __getitem__(self, key):
        return self.rows[key]

    def __setitem__(self, key, value):
        self.rows[key] = value

    def __delitem__(self, key):
        del self.rows[key]

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


class Tens(Sequence):
    def __getitem__(self, index):
        if index >= 3:
            raise IndexError
        return index * 10

    def __len__(self):
        return 3


class Widths(MutableSequence):
    def __init__(self, *items):
        self.items = list(items)

    def __getitem__(self, index):
        return self.items[index]

    def __setitem__(self, index, value):
        self.items[index] = value

    def __delitem__(self, index):
        del self.items[index]

    def __len__(self):
        return len(self.items)

    def insert(self, index, value):
        self.items.insert(index, value * 2)


class Unhashed:
    __hash__ = None


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        table = Table(a=1)
        table.update(b=2, c=3)
        first = table.popitem()
        widths = Widths(1)
        widths.append(2)
        widths += [3]
        numbers = [table == {"b": 2, "c": 3}, first[1], table.pop("b"), Tens().index(20), Tens().count(0), 20 in Tens(), list(reversed(Tens()))[0], widths.pop(),
                   len(widths), isinstance([], Hashable), isinstance(Unhashed(), Hashable), isinstance((), Hashable), isinstance({}.keys(), Set),
                   issubclass(dict, MutableMapping), issubclass(list, Hashable), issubclass(Tens, Iterable), issubclass(int, Sized)]
        self.layers = nn.ModuleList([nn.Linear(3, 1 + number) for number in numbers])
        counts = Counter("abca")
        for i, text in enumerate([counts, counts - Counter("a"), +Counter(a=-1, b=2), deque([1, 2], maxlen=3), deque([1]) + deque([2])]):
            self.add_module(f"{i}: {text}", nn.Linear(3, 1))

    def forward(self, x):
        return [layer(x) for layer in self.layers]
