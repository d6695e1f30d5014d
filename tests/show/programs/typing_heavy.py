# Annotations of every form: they have no effect, even those that name nothing or use string types.
# entry: Net[int](4)
# input: f32[1,4]
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, ClassVar, Final, Generic, Optional, Protocol, Sequence, TypeVar, Union, cast

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from nowhere.at.all import Missing

T = TypeVar("T", bound="Base")
Size = Union[int, Sequence[int]]


class Callback(Protocol):
    def __call__(self, x: Tensor) -> Tensor: ...


class Base(nn.Module):
    width: Final[int]
    table: ClassVar[dict[str, Missing]] = {}
    unset: Tensor

    def __init__(self, width: Size, act: Optional[Callable[..., nn.Module]] = None, x: Missing | None = None) -> None:
        super().__init__()
        self.width: int = cast(int, width)
        local: list[Missing] = []
        self.act: nn.Module = (act or nn.GELU)()
        self.fc = nn.Linear(self.width, 2 + len(local))

    def forward(self, x: Tensor, mask: Optional["Missing"] = None) -> tuple[Tensor, Any]:
        y: Tensor
        y = self.fc(x)
        return self.act(y), mask


class Net(Base, Generic[T]):
    pass
