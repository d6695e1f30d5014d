# entry: Net()
# input: f32[2,4]
"""The annotations of a class are what they stand for, to whoever looks at them: data classes, named tuples, hints."""
import typing
from dataclasses import dataclass, field, fields
from typing import NamedTuple, Optional

import torch
from torch import nn


@dataclass
class Config:
    width: int = 4
    rate: float = 0.5
    bias: bool = True
    name: Optional[str] = None
    scale: "float" = 2.0


class Sizes(NamedTuple):
    wide: int
    label: str = "x"


class Plain:
    count: int
    ratio: float = 1.0


def parse(cls, texts):
    """A command line's texts by the types of the fields."""
    given = {}
    for item in fields(cls):
        if item.name in texts and item.type is not bool:
            given[item.name] = item.type(texts[item.name]) if isinstance(item.type, type) else texts[item.name]
    return cls(**given)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        config = parse(Config, {"width": "12", "rate": "0.25", "name": "main"})
        self.body = nn.Linear(4, config.width)
        self.drop = nn.Dropout(config.rate)
        kinds = [item.type for item in fields(Config)]
        self.kinds = nn.Linear(config.width, 1 + kinds.count(int) + 2 * kinds.count(float) + 4 * kinds.count("float"))
        self.optional = nn.Linear(1, 3 if fields(Config)[3].type == Optional[str] else 5)
        self.named = nn.Linear(1, 7 if Sizes.__annotations__["wide"] is int else 9)
        hints = typing.get_type_hints(Plain)
        self.hints = nn.Linear(1, 11 if hints["ratio"] is float and Plain.__annotations__["count"] is int else 13)

    def forward(self, x):
        return self.kinds(self.drop(self.body(x)))
