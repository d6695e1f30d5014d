"""Abstract containers: `isinstance` asks what a value can do. They may be subclassed and subscripted."""
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))


class _Ability(type):
    def __instancecheck__(cls, value):
        known = cls.__dict__.get("_types", None)
        if known is None:
            return _Ability in type(cls).__mro__ and cls in type(value).__mro__
        if isinstance(value, known) or cls in type(value).__mro__:
            return True
        names = cls.__dict__.get("_names", ())
        return len(names) > 0 and all([hasattr(value, name) for name in names])


class _Base(metaclass=_Ability):
    def __class_getitem__(cls, item):
        return cls


class Hashable(_Base):
    _types = (int, float, str, bytes, tuple, frozenset, type(None))
    _names = ("__hash__",)


class Callable(_Base):
    _types = (type(len), type(lambda: None), type)
    _names = ("__call__",)


class Iterable(_Base):
    _types = (list, tuple, str, bytes, dict, set, frozenset, range) + _VIEWS
    _names = ("__iter__",)


class Iterator(Iterable):
    _types = ()
    _names = ("__next__",)


class Generator(Iterator):
    _types = ()
    _names = ("send",)


class Reversible(Iterable):
    _types = (list, tuple, str, dict, range)
    _names = ("__reversed__",)


class Sized(_Base):
    _types = (list, tuple, str, bytes, dict, set, frozenset, range) + _VIEWS
    _names = ("__len__",)


class Container(_Base):
    _types = (list, tuple, str, bytes, dict, set, frozenset, range) + _VIEWS
    _names = ("__contains__",)


class Collection(Sized, Iterable, Container):
    _types = (list, tuple, str, bytes, dict, set, frozenset, range) + _VIEWS
    _names = ("__len__", "__iter__", "__contains__")


class Sequence(Reversible, Collection):
    _types = (list, tuple, str, bytes, range)


class MutableSequence(Sequence):
    _types = (list,)


class ByteString(Sequence):
    _types = (bytes,)


class Set(Collection):
    _types = (set, frozenset)


class MutableSet(Set):
    _types = (set,)


class Mapping(Collection):
    _types = (dict,)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return [key for key in self]

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]


class MutableMapping(Mapping):
    _types = (dict,)

    def update(self, other=(), /, **kwargs):
        for key, value in dict(other, **kwargs).items():
            self[key] = value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key, *default):
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default:
            return default[0]
        raise KeyError(key)


class MappingView(Sized):
    _types = _VIEWS


class KeysView(MappingView):
    _types = (type({}.keys()),)


class ValuesView(MappingView):
    _types = (type({}.values()),)


class ItemsView(MappingView):
    _types = (type({}.items()),)


class Awaitable(_Base):
    _types = ()
    _names = ("__await__",)


class Coroutine(Awaitable):
    _types = ()


class AsyncIterable(_Base):
    _types = ()
    _names = ("__aiter__",)


class AsyncIterator(AsyncIterable):
    _types = ()
    _names = ("__anext__",)


class Buffer(_Base):
    _types = (bytes,)
