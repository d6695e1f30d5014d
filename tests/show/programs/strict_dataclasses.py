# Data classes whose fields are checked when they are set, as configurations of transformers are, and what programs ask of functions and classes.
# entry: Net()
# input: f32[2,4]
import inspect
import sys
from dataclasses import dataclass, field, fields
from typing import ClassVar, Literal, Optional, Union

import torch
from huggingface_hub.dataclasses import as_validated_field, strict, validated_field
from torch import nn


@as_validated_field
def positive(value):
    if value <= 0:
        raise ValueError(f"{value} is not positive")


def even(value):
    if value % 2:
        raise ValueError("odd")


@strict(accept_kwargs=True)
@dataclass
class Config:
    kind: ClassVar[dict[str, int]] = {}
    width: int = positive(default=4)
    steps: int = validated_field(even, default=6)
    form: Literal["plain", "wide"] | None = None
    names: Optional[list[str]] = None
    rate: Union[int, float] = 0.5
    other: Optional[int] = 3
    groups: dict[str, int] = field(default_factory=dict)

    def validate_sizes(self):
        if self.width > 100:
            raise ValueError("too wide")


@dataclass
class Plain:
    sizes: list[int] = field(default_factory=lambda: [1, 2])
    width: int = 3


def refused(**changes):
    try:
        Config(**changes)
    except Exception as error:
        return type(error).__name__
    return "taken"


def measure(first, second, /, third, *rest, fourth=1, **more):
    return first


def longer(x, y):
    inner = x + y
    return inner


ANSWERS = [refused(), refused(width=0), refused(width="4"), refused(steps=3), refused(form="round"), refused(form="wide"), refused(form=None), refused(rate="x"),
           refused(rate=3), refused(names=3), refused(names=["a"]), refused(other=None), refused(width=101), refused(extra=9), Config(extra=9).extra,
           measure.__code__.co_varnames, measure.__code__.co_argcount, "inner" in longer.__code__.co_varnames, "z" in longer.__code__.co_varnames,
           longer.__code__.co_varnames[:longer.__code__.co_argcount], longer.__code__.co_varnames.index("y"), list(inspect.get_annotations(Config)), inspect.get_annotations(measure),
           len(inspect.getsource(sys.modules[__name__])), [f.name for f in fields(dataclass(type("Made", (Plain,), {"__annotations__": dict(Plain.__annotations__)})))],
           hasattr(nn.modules.linear, "uniform_"), hasattr(nn.modules.activation, "xavier_uniform_"), hasattr(nn.modules.conv, "no_such_name")]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config(width=2, form="plain")
        config.width = 4
        self.a = nn.Linear(config.width, config.steps)
        for i, answer in enumerate(ANSWERS):
            self.add_module(f"{i} {answer!r}".replace(".", "_"), nn.Linear(1, 1))

    def forward(self, x):
        return self.a(x)
