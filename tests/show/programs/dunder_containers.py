# Objects with __len__, __iter__, __getitem__, __contains__, __eq__, __bool__ and __add__ used where layers are built.
# entry: Net()
# input: f32[1,3]
import torch.nn as nn


class Dims:
    def __init__(self, *dims):
        self.dims = list(dims)

    def __len__(self):
        return len(self.dims)

    def __getitem__(self, i):
        return self.dims[i]

    def __contains__(self, x):
        return any(x == d for d in self.dims)

    def __add__(self, other):
        return Dims(*self.dims, *other)

    def __eq__(self, other):
        return isinstance(other, Dims) and self.dims == other.dims

    def __hash__(self):
        return hash(tuple(self.dims))

    def __iter__(self):
        return iter(self.dims)

    def __repr__(self):
        return "x".join(str(d) for d in self.dims)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        d = Dims(3, 5) + [7]
        self.net = nn.Sequential(*(nn.Linear(i, o) for i, o in zip(d, d[1:])))
        self.a = nn.Linear(7, len(d) if 5 in d and d == Dims(3, 5, 7) else 1)
        self.add_module(f"d{d}", nn.Linear(3, 2 if Dims() else 4))
        self.seen = {d: 6}
        self.b = nn.Linear(3, self.seen[Dims(3, 5, 7)])

    def forward(self, x):
        return self.a(self.net(x)), self.d3x5x7(x), self.b(x)
