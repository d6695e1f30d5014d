# torch.vmap runs a function on one of a batch; dictionaries that change while they are gone through; classes registered with abstract ones.
# entry: Net()
# input: f32[4,3]
# input: f32[3,5]
from abc import ABC, ABCMeta, abstractmethod

import torch
from torch import nn


class Shape(ABC):
    @abstractmethod
    def area(self):
        ...


class Round(Shape):
    pass


@Round.register
class Circle:
    pass


class Kind(metaclass=ABCMeta):
    pass


Kind.register(int)
SEEN = [isinstance(Circle(), Shape), isinstance(Circle(), Round), issubclass(Circle, Shape), isinstance(3, Kind), isinstance("3", Kind), issubclass(bool, Kind), isinstance(3, Shape)]
sizes = {"a": 1, "b": 2}
for change in (lambda: sizes.update(c=3), lambda: sizes.pop("a"), lambda: sizes.__setitem__("b", 9)):
    try:
        for name in sizes:
            change()
        SEEN.append(dict(sizes))
    except RuntimeError as error:
        SEEN.append(str(error))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(3, 2)
        for i, seen in enumerate(SEEN):
            self.add_module(f"{i}_{seen!r}", nn.Linear(1, i + 1))

    def forward(self, x, y):
        outer = torch.vmap(lambda row, column: row[:, None] * column[None], in_dims=(0, None))(x, y[:, 0])
        both = torch.vmap(torch.dot, in_dims=(0, 1))(x, y[:, :4])
        several = torch.vmap(lambda row: (self.l(row), row.sum()), out_dims=(1, 0))(x)
        return outer, both, several
