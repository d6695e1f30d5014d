# *args and **kwargs gathered, changed and passed on; keyword-only parameters.
# entry: Net(3, 8, 5, bias=False, name="x")
# input: f32[2,3]
import torch.nn as nn


def linear(*sizes, bias=True, **rest):
    assert not rest, rest
    return [nn.Linear(i, o, bias=bias) for i, o in zip(sizes[:-1], sizes[1:])]


def outer(*args, **kwargs):
    name = kwargs.pop("name", None)
    kwargs.setdefault("bias", True)
    return name, linear(*args, args[0], **kwargs)


class Net(nn.Module):
    def __init__(self, first, *rest, **kwargs):
        super().__init__()
        name, layers = outer(first, *rest, **{**kwargs})
        self.add_module(name, nn.Sequential(*layers))
        self.tail = nn.Linear(*(3, 4), **dict(bias=kwargs["bias"] or len(rest) > 1))

    def forward(self, *inputs, **unused):
        (x,) = inputs
        return self.tail(self.x(x))
