"""The names of `typing`, and the few that came later."""
from typing import *
from typing import (
    Annotated, Any, Callable, ClassVar, Concatenate, Dict, Final, Generic, Iterable, Iterator, List, Literal, LiteralString, Mapping, NamedTuple, Never,
    NewType, NoReturn, NotRequired, Optional, ParamSpec, Protocol, ReadOnly, Required, Self, Sequence, Set, Tuple, Type, TypeAlias, TypedDict, TypeGuard,
    TypeIs, TypeVar, TypeVarTuple, TYPE_CHECKING, Union, Unpack, assert_never, assert_type, cast, dataclass_transform, final, get_args, get_origin,
    get_type_hints, overload, override, reveal_type, runtime_checkable)

runtime = runtime_checkable


def deprecated(message, /, *, category=None, stacklevel=1):
    return _returned


def _returned(value):
    return value


class Doc:
    def __init__(self, documentation):
        self.documentation = documentation
