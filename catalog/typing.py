"""Names for annotations: every one can be subscripted, called and combined, and none changes a value."""
import collections
import collections.abc
from _nw import NamedTuple, known, unknown

TYPE_CHECKING = False


class _Form:
    def __init__(self, name):
        self.__name__ = name

    def __getitem__(self, item):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __repr__(self):
        return "typing." + self.__name__


class _Choice(_Form):
    """Union, Optional and Literal, whose parts a program can ask for."""
    __args__ = ()

    def __getitem__(self, item):
        parts = (item,) if not known(item) else item if isinstance(item, tuple) else (item,)
        if not all([known(part) for part in parts]):
            return unknown("a type that is made of others")
        if self is Literal:
            return _choice_of("Literal", parts)
        flat = []
        for part in parts + (None,) if self is Optional else parts:
            for one in part.__args__ if isinstance(part, _Choice) and part.__name__ != "Literal" else part if isinstance(part, tuple) else (part,):
                one = type(None) if one is None else one
                if one not in flat or _may_be_more(one):
                    flat.append(one)
        return flat[0] if len(flat) == 1 else _choice_of(self.__name__, tuple(flat))

    def __instancecheck__(self, instance):
        if not self.__args__ or self.__name__ == "Literal":
            raise TypeError("Subscripted generics cannot be used with class and instance checks")
        return isinstance(instance, self.__args__)

    def __repr__(self):
        parts = [repr(part) if self.__name__ == "Literal" else _name_of(part) for part in self.__args__]
        if not all([known(part) for part in parts]):
            return unknown("the name of a type that is made of others")
        if self.__name__ != "Literal" and len(parts) == 2 and "NoneType" in parts:
            return "typing.Optional[" + (parts[0] if parts[1] == "NoneType" else parts[1]) + "]"
        name = "Literal" if self.__name__ == "Literal" or not parts else "Union"
        return "typing." + (name + "[" + ", ".join(parts) + "]" if parts else self.__name__)

    def __or__(self, other):
        return Union[self, other] if self.__args__ else self

    def __ror__(self, other):
        return Union[other, self] if self.__args__ else self

    def __eq__(self, other):
        if not isinstance(other, _Choice) or len(self.__args__) != len(other.__args__) or (self.__name__ == "Literal") != (other.__name__ == "Literal"):
            return self is other
        return all([part in other.__args__ for part in self.__args__])

    def __hash__(self):
        return hash(self.__name__)


def _choice_of(name, parts):
    made = _Choice(name)
    made.__origin__ = Literal if name == "Literal" else Union
    made.__args__ = parts
    return made


def _may_be_more(part):
    """Whether a class may stand for one with arguments: list[int] is list here."""
    return isinstance(part, type) and (part in (list, dict, tuple, set, frozenset, type) or issubclass(part, Generic) or part.__module__.startswith("collections"))


def _name_of(part):
    """As `repr` of a union has it."""
    if not isinstance(part, type):
        return repr(part)
    if _may_be_more(part):
        return unknown("the name of a type that may be made of others")
    return part.__qualname__ if part.__module__ == "builtins" else part.__module__ + "." + part.__qualname__


Any = _Form("Any")
Union = _Choice("Union")
Optional = _Choice("Optional")
Literal = _Choice("Literal")
LiteralString = _Form("LiteralString")
ClassVar = _Form("ClassVar")
Final = _Form("Final")
Annotated = _Form("Annotated")
NoReturn = _Form("NoReturn")
Never = _Form("Never")
Self = _Form("Self")
Concatenate = _Form("Concatenate")
TypeAlias = _Form("TypeAlias")
TypeGuard = _Form("TypeGuard")
TypeIs = _Form("TypeIs")
Unpack = _Form("Unpack")
Required = _Form("Required")
NotRequired = _Form("NotRequired")
ReadOnly = _Form("ReadOnly")
AnyStr = _Form("AnyStr")
Text = str

Tuple = tuple
List = list
Dict = dict
Set = set
FrozenSet = frozenset
Type = type
OrderedDict = collections.OrderedDict
DefaultDict = collections.defaultdict
Counter = collections.Counter
Deque = collections.deque
ChainMap = collections.ChainMap
Callable = collections.abc.Callable
Iterable = collections.abc.Iterable
Iterator = collections.abc.Iterator
Generator = collections.abc.Generator
Reversible = collections.abc.Reversible
Sized = collections.abc.Sized
Container = collections.abc.Container
Collection = collections.abc.Collection
Sequence = collections.abc.Sequence
MutableSequence = collections.abc.MutableSequence
AbstractSet = collections.abc.Set
MutableSet = collections.abc.MutableSet
Mapping = collections.abc.Mapping
MutableMapping = collections.abc.MutableMapping
MappingView = collections.abc.MappingView
KeysView = collections.abc.KeysView
ValuesView = collections.abc.ValuesView
ItemsView = collections.abc.ItemsView
Hashable = collections.abc.Hashable
Awaitable = collections.abc.Awaitable
Coroutine = collections.abc.Coroutine
AsyncIterable = collections.abc.AsyncIterable
AsyncIterator = collections.abc.AsyncIterator
AsyncGenerator = _Form("AsyncGenerator")
ContextManager = _Form("ContextManager")
Pattern = _Form("Pattern")
Match = _Form("Match")
IO = _Form("IO")
TextIO = _Form("TextIO")
BinaryIO = _Form("BinaryIO")


class Generic:
    def __class_getitem__(cls, item):
        return cls


_NOT_PART_OF_A_PROTOCOL = ("__module__", "__doc__", "__dict__", "__weakref__", "__annotations__", "__init__", "__slots__", "__class_getitem__", "__qualname__", "_is_checked")


class _ProtocolMeta(type):
    """A protocol that may be asked is a list of names; what has them all is one of its objects."""

    def __instancecheck__(cls, instance):
        if cls in type(instance).__mro__:
            return True
        if not cls.__dict__.get("_is_checked") or Protocol not in cls.__bases__:
            return False
        for base in cls.__mro__:
            if base is not Protocol and Protocol in base.__bases__:
                for name in list(base.__dict__) + list(base.__dict__.get("__annotations__", {})):
                    if name not in _NOT_PART_OF_A_PROTOCOL and not hasattr(instance, name):
                        return False
        return True


class Protocol(metaclass=_ProtocolMeta):
    def __class_getitem__(cls, item):
        return cls


class TypedDict(dict):
    def __new__(cls, *args, **kwargs):
        return cls if len(args) == 2 and isinstance(args[0], str) else dict(*args, **kwargs)

    def __init_subclass__(cls, **options):
        return None


class TypeVar(_Form):
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, default=None, infer_variance=False):
        self.__name__ = name


class ParamSpec(_Form):
    def __init__(self, name, *, bound=None, covariant=False, contravariant=False, default=None):
        self.__name__ = name
        self.args = self
        self.kwargs = self


class TypeVarTuple(_Form):
    def __init__(self, name, *, default=None):
        self.__name__ = name

    def __iter__(self):
        return iter([self])


class ForwardRef(_Form):
    pass


class SupportsInt:
    pass


class SupportsFloat:
    pass


class SupportsIndex:
    pass


def NewType(name, tp):
    return _returned


def _returned(value):
    return value


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(arg):
    return arg


def runtime_checkable(cls):
    cls._is_checked = True
    return cls


def override(method):
    return method


def assert_type(val, typ):
    return val


def assert_never(arg):
    raise AssertionError("Expected code to be unreachable")


def reveal_type(obj):
    return obj


def dataclass_transform(**options):
    return _returned


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    import _nw
    if not isinstance(obj, type):
        return dict(getattr(obj, "__annotations__", {}))
    hints = {}
    for base in obj.__mro__[::-1]:
        for name in base.__dict__.get("__annotations__", {}):
            hint = base.__annotations__[name]
            if known(hint):
                hint = type(None) if hint is None else _nw.unknown("an annotation that is a text") if isinstance(hint, str) else hint
            hints[name] = hint
    return hints


def get_origin(tp):
    import _nw
    return _nw.unknown("the parts of an annotation")


def get_args(tp):
    import _nw
    return _nw.unknown("the parts of an annotation")


def is_typeddict(tp):
    return isinstance(tp, type) and issubclass(tp, TypedDict)
