"""Networks of PyTorch by the lines of their methods; and the weight map applied to numbers."""

HEAD = """\
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
"""


def network(init, forward):
    lines = [HEAD, "    def __init__(self):\n        super().__init__()\n"]
    lines += [f"        {line}\n" for line in init.strip().split("\n")]
    lines += ["\n    def forward(self, x):\n"] + [f"        {line}\n" for line in forward.strip().split("\n")]
    return "".join(lines)


def apply_map(rows, state):
    """The target's state by a weight map, from numpy arrays by name."""
    import numpy

    def step(tensors, operation):
        name, *rest = operation
        if name == "fill":
            value, shape, dtype = rest
            return [numpy.full(shape, value, dtype)]
        if name == "concatenate":
            return [numpy.concatenate(tensors, rest[0])]
        if name == "add":
            return [sum(tensors[1:], tensors[0])]
        one = {"transpose": lambda t: t.transpose(rest[0]), "reshape": lambda t: t.reshape(rest[0]),
               "slice": lambda t: t.take(range(rest[1], rest[2]), rest[0]), "flip": lambda t: numpy.flip(t, rest[0]),
               "cast": lambda t: t.astype(rest[0]), "scale": lambda t: t * rest[0],
               "reorder": lambda t: numpy.concatenate([numpy.split(t, rest[1], rest[0])[i] for i in rest[2]], rest[0])}[name]
        return [one(t) for t in tensors]

    result = {}
    for row in rows:
        tensors = [state[name] for name in row["from"]]
        for operation in row["ops"]:
            tensors = step(tensors, operation)
        assert len(tensors) == 1, row
        result[row["name"]] = tensors[0]
    return result
