from typing import *
from typing import Any, Callable, Dict, Generic, Iterable, Iterator, List, Literal, NamedTuple, Optional, Protocol, Sequence, Set, Tuple, Type, TypeVar, TYPE_CHECKING, Union, cast, overload
