"""Functions on functions."""
import _nw
from _nw import partial

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        if not _nw.known(wrapped) or hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def reduce(function, sequence, *initial):
    items = list(sequence)
    if initial:
        value = initial[0]
    else:
        if not items:
            raise TypeError("reduce() of empty iterable with no initial value")
        value = items[0]
        items = items[1:]
    for item in items:
        value = function(value, item)
    return value


def _cached(function, most=None):
    made = function if most == 0 else _nw.remembering(function, most)
    if made is not function:
        made.__wrapped__ = function
        made.cache_clear = lambda: _nw.forget(made)
        made.cache_info = lambda: _nw.unknown("how often a cache was asked")
    return made


def lru_cache(maxsize=128, typed=False):
    return _cached(maxsize, 128) if callable(maxsize) else partial(_cached, most=maxsize)


def cache(user_function, /):
    return _cached(user_function)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        values = instance.__dict__
        if self.attrname not in values:
            values[self.attrname] = self.func(instance)
        return values[self.attrname]


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        if obj is None:
            return partial(self.func, *self.args, **self.keywords)
        return partial(self.func, obj, *self.args, **self.keywords)


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        return partial(self._call, obj)

    def _call(self, obj, argument, *args, **kwargs):
        return self.dispatcher.dispatch_value(argument)(obj, argument, *args, **kwargs)


class singledispatch:
    def __init__(self, func):
        self.func = func
        self.registry = {}

    def register(self, cls, func=None):
        if func is None and isinstance(cls, type):
            return partial(self.register, cls)
        if func is None:
            func = cls
            cls = [row[3] for row in _nw.parameters(func) if row[3] is not _nw.absent][0]
        self.registry[cls] = func
        return func

    def dispatch(self, cls):
        for base in cls.__mro__:
            if base in self.registry:
                return self.registry[base]
        return self.func

    def dispatch_value(self, argument):
        return self.dispatch(type(argument))

    def __call__(self, *args, **kwargs):
        return self.dispatch_value(args[0])(*args, **kwargs)


def total_ordering(cls):
    own = cls.__dict__
    if "__lt__" in own:
        cls.__gt__ = lambda self, other: not (self < other or self == other)
        cls.__le__ = lambda self, other: self < other or self == other
        cls.__ge__ = lambda self, other: not self < other
    elif "__gt__" in own:
        cls.__lt__ = lambda self, other: not (self > other or self == other)
        cls.__ge__ = lambda self, other: self > other or self == other
        cls.__le__ = lambda self, other: not self > other
    elif "__le__" in own:
        cls.__ge__ = lambda self, other: not self <= other or self == other
        cls.__lt__ = lambda self, other: self <= other and not self == other
        cls.__gt__ = lambda self, other: not self <= other
    elif "__ge__" in own:
        cls.__le__ = lambda self, other: not self >= other or self == other
        cls.__gt__ = lambda self, other: self >= other and not self == other
        cls.__lt__ = lambda self, other: not self >= other
    return cls


class _Key:
    def __init__(self, compare, obj):
        self.compare = compare
        self.obj = obj

    def __lt__(self, other):
        return self.compare(self.obj, other.obj) < 0


def cmp_to_key(mycmp):
    return partial(_Key, mycmp)
