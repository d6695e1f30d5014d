"""Abstract containers: `isinstance` asks what a value can do. They may be subclassed and subscripted."""
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))


class _Ability(type):
    def __instancecheck__(cls, value):
        known = cls.__dict__.get("_types", None)
        if known is None:
            return _Ability in type(cls).__mro__ and cls in type(value).__mro__
        if isinstance(value, known) or cls in type(value).__mro__:
            return True
        names = () if isinstance(value, cls.__dict__.get("_never", ())) else cls.__dict__.get("_names", ())
        return len(names) > 0 and all([getattr(value, name, None) is not None for name in names])

    def register(cls, other):
        for base in cls.__mro__:
            if "_types" in base.__dict__:
                base._types += (other,)
        return other

    def __subclasscheck__(cls, other):
        known = cls.__dict__.get("_types", ())
        if cls in other.__mro__ or any([base in known for base in other.__mro__]):
            return True
        names = () if other in cls.__dict__.get("_never", ()) else cls.__dict__.get("_names", ())
        return len(names) > 0 and all([getattr(other, name, None) is not None for name in names])


class _Base(metaclass=_Ability):
    def __class_getitem__(cls, item):
        return cls


class Hashable(_Base):
    _types = (int, float, str, bytes, tuple, frozenset, type(None))
    _names = ("__hash__",)
    _never = (list, dict, set, slice)


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

    def __iter__(self):
        at = 0
        while True:
            try:
                item = self[at]
            except IndexError:
                return
            yield item
            at = at + 1

    def __contains__(self, value):
        return any([item is value or item == value for item in self])

    def __reversed__(self):
        return iter([self[i] for i in range(len(self) - 1, -1, -1)])

    def index(self, value, start=0, stop=None):
        items = list(self)
        return items.index(value, start, len(items) if stop is None else stop)

    def count(self, value):
        return list(self).count(value)


class MutableSequence(Sequence):
    _types = (list,)

    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def clear(self):
        while len(self) > 0:
            self.pop()


class ByteString(Sequence):
    _types = (bytes,)


class Set(Collection):
    _types = (set, frozenset, type({}.keys()), type({}.items()))


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

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __hash__ = None


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

    def popitem(self):
        for key in self:
            return key, self.pop(key)
        raise KeyError("popitem(): dictionary is empty")

    def clear(self):
        while len(self) > 0:
            self.popitem()


class MappingView(Sized):
    _types = _VIEWS


class KeysView(MappingView, Set):
    _types = (type({}.keys()),)


class ValuesView(MappingView):
    _types = (type({}.values()),)


class ItemsView(MappingView, Set):
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
