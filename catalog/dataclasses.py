"""Data classes: __init__, comparison and representation made from the annotations."""
import _nw
from functools import partial


class _Missing:
    def __repr__(self):
        return "MISSING"


MISSING = _Missing()
KW_ONLY = _Missing()


class FrozenInstanceError(AttributeError):
    pass


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self._owner = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only

    @property
    def type(self):
        return None if self._owner is None else self._owner.__annotations__[self.name]


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, item):
        return cls(item)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _kind_of(annotation):
    """"class" for class variables, "init" for what only __init__ takes, otherwise "field"."""
    if not _nw.known(annotation):  # list[int] and its like; ClassVar[list[int]] is known
        return "field"
    if isinstance(annotation, InitVar) or annotation is InitVar:
        return "init"
    text = annotation if isinstance(annotation, str) else repr(annotation)
    form = text.split("[")[0].split(".")[-1]
    if form == "ClassVar":
        return "class"
    return "init" if form == "InitVar" and isinstance(annotation, str) else "field"


def _collect(cls, kw_only):
    found = {}
    for base in cls.__mro__[::-1]:
        if base is not cls:
            for item in base.__dict__.get("__dataclass_fields__", {}).values():
                found[item.name] = item
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if name == "_" or (_nw.known(annotation) and annotation is KW_ONLY):  # an annotation may be kept as text
            kw_only = True
            continue
        kind = _kind_of(annotation)
        if kind == "class":
            continue
        value = cls.__dict__.get(name, MISSING)
        item = value if isinstance(value, Field) else field(default=value)
        item.name = name
        item._owner = cls
        item._kind = kind
        if item.kw_only is MISSING:
            item.kw_only = kw_only
        if isinstance(value, Field):
            if item.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, item.default)
        found[name] = item
    return found


def _given(item, positional, keywords):
    """The value of one field in a list, from the arguments or the default; an empty list when there is none."""
    if item.init and not item.kw_only and positional:
        if item.name in keywords:
            raise TypeError("__init__() got multiple values for argument " + repr(item.name))
        return [positional.pop(0)]
    if item.init and item.name in keywords:
        return [keywords.pop(item.name)]
    if item.default_factory is not MISSING:
        return [item.default_factory()]
    if item.default is not MISSING:
        return [item.default]
    if item.init:
        raise TypeError("__init__() missing required argument: " + repr(item.name))
    return []


def _initialise(fields, store, self, *args, **kwargs):
    positional = list(args)
    late = []
    for item in fields:
        given = _given(item, positional, kwargs)
        if item._kind == "init":
            late = late + given
        elif given:
            store(self, item.name, given[0])
    if positional:
        raise TypeError("__init__() takes fewer positional arguments")
    if kwargs:
        raise TypeError("__init__() got an unexpected keyword argument " + repr(list(kwargs)[0]))
    if hasattr(self, "__post_init__"):
        self.__post_init__(*late)


def _values(self):
    return tuple([getattr(self, item.name) for item in fields(self) if item.compare])


def _equal(self, other):
    return type(self) is type(other) and _values(self) == _values(other)


def _represent(self):
    parts = [item.name + "=" + repr(getattr(self, item.name)) for item in fields(self) if item.repr]
    return type(self).__qualname__ + "(" + ", ".join(parts) + ")"


def _frozen(self, name, value):
    raise FrozenInstanceError("cannot assign to field " + repr(name))


def _process(cls, init, repr, eq, order, frozen, kw_only):
    found = _collect(cls, kw_only)
    cls.__dataclass_fields__ = found
    own = cls.__dict__
    if init and "__init__" not in own:
        ordered = list(found.values())
        store = object.__setattr__ if frozen else setattr  # a class's own __setattr__ is asked, but that of a frozen one

        def __init__(self, *args, **kwargs):
            _initialise(ordered, store, self, *args, **kwargs)
        cls.__init__ = __init__
    if repr and "__repr__" not in own:
        cls.__repr__ = _represent
    if eq and "__eq__" not in own:
        cls.__eq__ = _equal
        cls.__hash__ = _hashed if frozen else own.get("__hash__", None)
    if order:
        cls.__lt__ = lambda self, other: _values(self) < _values(other)
        cls.__le__ = lambda self, other: _values(self) <= _values(other)
        cls.__gt__ = lambda self, other: _values(self) > _values(other)
        cls.__ge__ = lambda self, other: _values(self) >= _values(other)
    if frozen:
        cls.__setattr__ = _frozen
    if "__match_args__" not in own:
        cls.__match_args__ = tuple([item.name for item in found.values() if item.init and not item.kw_only])
    return cls


def _hashed(self):
    return hash(_values(self))


def _take_slots(cls):
    """The fields of the class itself become its slots: Python makes the class anew for that, without their defaults."""
    names = [name for name in cls.__dict__.get("__annotations__", {}) if name in cls.__dataclass_fields__]
    for name in names:
        if name in cls.__dict__:
            delattr(cls, name)
    cls.__slots__ = tuple(names)
    _nw.seal(cls)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False,
              weakref_slot=False):
    if cls is None:
        return partial(dataclass, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, kw_only=kw_only, slots=slots)
    _process(cls, init, repr, eq, order, frozen, kw_only)
    if unsafe_hash:
        cls.__hash__ = _hashed
    if slots:
        _take_slots(cls)
    return cls


def fields(class_or_instance):
    return tuple([item for item in class_or_instance.__dataclass_fields__.values() if item._kind == "field"])


def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")


def _plain(value, factory):
    if is_dataclass(value) and not isinstance(value, type):
        return factory([(item.name, _plain(getattr(value, item.name), factory)) for item in fields(value)])
    if isinstance(value, dict):
        return {key: _plain(value[key], factory) for key in value}
    if isinstance(value, list):
        return [_plain(item, factory) for item in value]
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple([_plain(item, factory) for item in value])
    return value


def asdict(obj, *, dict_factory=dict):
    return _plain(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    return tuple_factory([getattr(obj, item.name) for item in fields(obj)])


def replace(obj, /, **changes):
    for item in obj.__dataclass_fields__.values():
        if item.init and item.name not in changes and item._kind == "field":
            changes[item.name] = getattr(obj, item.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    annotations = {}
    body = {} if namespace is None else dict(namespace)
    for item in fields:
        if isinstance(item, str):
            annotations[item] = object
        else:
            annotations[item[0]] = item[1]
            if len(item) == 3:
                body[item[0]] = item[2]
    body["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, body), **options)
