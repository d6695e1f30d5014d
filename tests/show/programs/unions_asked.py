# What a program may ask of Union, Optional and Literal.
# entry: Net()
# input: f32[2,4]
from typing import Any, Literal, Optional, Union, get_type_hints

import torch
from torch import nn


class Part(nn.Linear):
    pass


def raises(call):
    try:
        return call()
    except TypeError:
        return "TypeError"


class Asked:
    rate: Optional[float] = None
    form: Literal["a", "b"] = "a"


ANSWERS = [isinstance(3, Optional[int]), isinstance(None, Optional[int]), isinstance("x", Union[int, float]), isinstance(2.5, Union[int, float]), isinstance(3, int | None),
           isinstance(Part(1, 1), Optional[nn.Module]), raises(lambda: isinstance(3, Literal[3])), raises(lambda: isinstance(3, Union)),
           Union[int] is int, Union[int, int] is int, Optional[Union[int, str]].__args__ == (int, str, type(None)), Union[int, Optional[str]] == Optional[Union[str, int]],
           repr(Optional[int]), repr(Union[int, str]), repr(Union[int, str, None]), repr(Optional[Any]), repr(Literal["a", 2]), repr(Optional[Union[int, str]]), repr(Union), repr(Optional),
           (Literal["a"] | None).__args__ == (Literal["a"], type(None)), Optional[None] is type(None), repr(get_type_hints(Asked)["rate"]), repr(Union[nn.Linear, None]), len(Union[list[int], list[str]].__args__),
           Union[int | None, str].__args__ == (int, type(None), str)]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i, answer in enumerate(ANSWERS):
            self.add_module(f"{i} {answer}".replace(".", "_"), nn.Linear(1, 1))

    def forward(self, x):
        return x
