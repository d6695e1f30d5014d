"""Enumerations: the members are made when the class is."""
from types import DynamicClassAttribute, FunctionType


class _Numbered:
    """What stands for a member's value until the members before it are made: other members of the class may be joined with it."""

    def __or__(self, other):
        return _Joined(lambda a, b: a | b, self, other)

    def __and__(self, other):
        return _Joined(lambda a, b: a & b, self, other)

    def __xor__(self, other):
        return _Joined(lambda a, b: a ^ b, self, other)

    __ror__ = __or__


class auto(_Numbered):
    def __init__(self):
        self.value = None

    def number(self):
        return self.value


class _Joined(_Numbered):
    def __init__(self, rule, a, b):
        self.rule = rule
        self.parts = (a, b)

    def number(self):
        a, b = [part.number() if isinstance(part, _Numbered) else part for part in self.parts]
        return self.rule(a, b)


class member:
    def __init__(self, value):
        self.value = value


class nonmember:
    def __init__(self, value):
        self.value = value


def _is_member(name, value):
    if name[:1] == "_" and name[-1:] == "_" or isinstance(value, nonmember):
        return False
    if isinstance(value, (_Numbered, member)):
        return True
    return not isinstance(value, (FunctionType, property, classmethod, staticmethod)) and not hasattr(type(value), "__get__")


class EnumMeta(type):
    def __init__(cls, name, bases, namespace, **options):
        type.__init__(cls, name, bases, namespace)
        members = {}
        values = {}
        for attribute, value in list(namespace.items()):
            if _is_member(attribute, value):
                made = cls._make_member(attribute, value, values)
                members[attribute] = made
                type.__setattr__(cls, attribute, made)
        if not members:
            for base in bases:
                members = dict(getattr(base, "__members__", {}))
        type.__setattr__(cls, "__members__", members)
        type.__setattr__(cls, "_values_", values)

    def _make_member(cls, name, value, values):
        if isinstance(value, member):
            value = value.value
        if isinstance(value, auto):
            value.value = cls._generate_next_value_(name, 1, len(values), list(values))
        if isinstance(value, _Numbered):
            value = value.number()
        for known in values:
            if known == value and type(known) == type(value):
                return values[known]
        made = cls._new_member(value)
        made._name_ = name
        if not hasattr(made, "_value_"):
            made._value_ = value
        if cls.__init__ is not object.__init__ and cls._calls_init:
            made.__init__(*(value if isinstance(value, tuple) else (value,)))
        try:
            values[made._value_] = made
        except TypeError:
            values[name] = made
        return made

    def _new_member(cls, value):
        if "__new__" in cls.__dict__:
            return cls.__new__(cls, *(value if isinstance(value, tuple) else (value,)))
        if cls._data_type is object:
            return object.__new__(cls)
        return cls._data_type.__new__(cls, *(value if isinstance(value, tuple) else (value,)))

    @property
    def _data_type(cls):
        for base in cls.__mro__:
            if base in (str, int, float, tuple, bytes):
                return base
        return object

    @property
    def _calls_init(cls):
        for base in cls.__mro__:
            if base in (Enum, str, int, float, tuple, bytes, object):
                return False
            if "__init__" in base.__dict__:
                return True
        return False

    def __call__(cls, value, names=None, **options):
        if names is not None:
            return _functional(cls, value, names)
        if isinstance(value, cls):
            return value
        for made in cls._values_.values():
            if made._value_ == value:
                return made
        found = cls._missing_(value)
        if found is None:
            raise ValueError(repr(value) + " is not a valid " + cls.__qualname__)
        return found

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("__members__", {}):
            raise AttributeError("cannot reassign member " + repr(name))
        type.__setattr__(cls, name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("__members__", {}):
            raise AttributeError(repr(cls.__name__) + " cannot delete member " + repr(name) + ".")
        type.__delattr__(cls, name)

    def __iter__(cls):
        return iter(list(cls._values_.values()))

    def __reversed__(cls):
        return iter(list(cls._values_.values())[::-1])

    def __len__(cls):
        return len(cls._values_)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls.__members__[name]

    def __contains__(cls, value):
        for made in cls._values_.values():
            if made is value or made._value_ == value:
                return True
        return False


EnumType = EnumMeta


def _functional(cls, name, names):
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if isinstance(names, dict):
        pairs = list(names.items())
    else:
        pairs = [(item, i + 1) if isinstance(item, str) else tuple(item) for i, item in enumerate(names)]
    return EnumMeta(name, (cls,), dict(pairs))


class Enum(metaclass=EnumMeta):
    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    @classmethod
    def _missing_(cls, value):
        return None

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return (max(last_values) + 1) if last_values else start

    def __str__(self):
        return type(self).__name__ + "." + self._name_

    def __repr__(self):
        return "<" + type(self).__name__ + "." + self._name_ + ": " + repr(self._value_) + ">"

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        return self is other

    def __ne__(self, other):
        return self is not other

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class ReprEnum(Enum):
    def __str__(self):
        return str(self._value_)

    def __format__(self, format_spec):
        return format(self._value_, format_spec)


class IntEnum(int, ReprEnum):
    __str__ = ReprEnum.__str__
    __format__ = ReprEnum.__format__
    __hash__ = int.__hash__
    __eq__ = int.__eq__
    __ne__ = int.__ne__


class StrEnum(str, ReprEnum):
    __str__ = ReprEnum.__str__
    __format__ = ReprEnum.__format__
    __hash__ = str.__hash__
    __eq__ = str.__eq__
    __ne__ = str.__ne__

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class _FlagMeta(EnumMeta):
    """Members that are joined of others are names for them: they are not gone through."""

    def __iter__(cls):
        return iter([made for made in cls._values_.values() if made._value_ > 0 and made._value_ & made._value_ - 1 == 0])

    def __len__(cls):
        return len(list(iter(cls)))

    def __reversed__(cls):
        return iter(list(iter(cls))[::-1])


def _number(value):
    return value._value_ if isinstance(value, Flag) else value


class Flag(Enum, metaclass=_FlagMeta):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        highest = max(last_values) if last_values else 0
        made = start
        while made <= highest:
            made = made * 2
        return made

    @classmethod
    def _missing_(cls, value):
        everything = 0
        for made in cls._values_.values():
            everything = everything | made._value_
        keeps = issubclass(cls, int)
        if value < 0:
            return cls(max(2 ** everything.bit_length(), 2 ** value.bit_length()) + value if keeps else everything & value)
        rest = value & ~everything
        if rest and not keeps:
            raise ValueError(repr(value) + " is not a valid " + cls.__qualname__)
        made = cls._new_member(value)
        names = [one._name_ for one in cls if one._value_ & value]
        made._name_ = "|".join(names + [str(rest)] if names and rest else names) or None
        made._value_ = value
        return made

    def __or__(self, other):
        return type(self)(self._value_ | _number(other))

    def __and__(self, other):
        return type(self)(self._value_ & _number(other))

    def __xor__(self, other):
        return type(self)(self._value_ ^ _number(other))

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        return type(self)(~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return iter([made for made in type(self) if made._value_ & self._value_])

    def __len__(self):
        return len(list(iter(self)))

    def __bool__(self):
        return self._value_ != 0

    def __eq__(self, other):
        return isinstance(other, Flag) and self._value_ == other._value_

    def __hash__(self):
        return hash(self._value_)

    def __str__(self):
        return type(self).__name__ + "." + self._name_ if self._name_ else type(self).__name__ + "(" + repr(self._value_) + ")"

    def __repr__(self):
        return "<" + type(self).__name__ + "." + self._name_ + ": " + repr(self._value_) + ">" if self._name_ else "<" + str(self)[:-1].replace("(", ": ") + ">"


class IntFlag(int, Flag):
    __or__ = __ror__ = Flag.__or__
    __and__ = __rand__ = Flag.__and__
    __xor__ = __rxor__ = Flag.__xor__
    __invert__ = Flag.__invert__
    __bool__ = Flag.__bool__
    __repr__ = Flag.__repr__
    __hash__ = int.__hash__
    __eq__ = int.__eq__
    __ne__ = int.__ne__

    def __str__(self):
        return str(self._value_)

    def __format__(self, format_spec):
        return format(self._value_, format_spec)


def unique(enumeration):
    return enumeration


def global_enum(cls):
    return cls
