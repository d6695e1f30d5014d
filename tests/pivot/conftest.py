"""The program that compares two networks stands beside the command."""

import json
import os
import pathlib
import subprocess

import pytest


class Answer:
    """What `compare-pivot` says: equal, the sentence, the migration map."""

    def __init__(self, done):
        assert done.returncode in (0, 1), done.stderr
        self.equal = done.returncode == 0
        self.sentence, _, rest = done.stdout.partition("\n")
        self.map = json.loads(rest) if rest else None


@pytest.fixture(scope="session")
def compare(root):
    """compare(source, entry, target, entry, *inputs): an Answer."""
    command = pathlib.Path(os.environ.get("NETWRIGHT", root / "build/netwright")).parent / "compare-pivot"

    def run(*arguments):
        done = subprocess.run([str(command), *map(str, arguments)], capture_output=True, text=True, timeout=60)
        return Answer(done)
    return run


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
