"""Context managers."""
import _nw
from functools import update_wrapper


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None


def _within(func, manager):
    """The function, each call of it inside of what `manager()` gives."""
    if not _nw.runs_all():
        return func

    def inner(*args, **kwds):
        with manager():
            return func(*args, **kwds)

    return update_wrapper(inner, func)


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        return _within(func, self._recreate_cm)


class _GeneratorContext:
    def __init__(self, function, args, kwargs):
        self.function = function
        self.args = args
        self.kwargs = kwargs
        self.generator = function(*args, **kwargs)

    # The statement `with` runs the generator hand in hand with its body and asks neither of these.
    def __enter__(self):
        entered = next(self.generator)
        _nw.check_context_manager(self.function, self.generator)
        return entered

    def __exit__(self, kind, value, trace):
        if kind is None:
            next(self.generator, None)
            return False
        try:
            self.generator.throw(value)
        except StopIteration as stop:
            return stop is not value
        except BaseException as error:
            if error is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")

    def __call__(self, func):
        return _within(func, lambda: _GeneratorContext(self.function, self.args, self.kwargs))


class _Maker:
    def __init__(self, function):
        self.function = function
        self.__wrapped__ = function
        self.__name__ = function.__name__

    def __call__(self, *args, **kwargs):
        return _GeneratorContext(self.function, args, kwargs)

    def __get__(self, instance, owner=None):
        return self if instance is None else _Bound(self.function, instance)


class _Bound:
    def __init__(self, function, instance):
        self.function = function
        self.instance = instance

    def __call__(self, *args, **kwargs):
        return _GeneratorContext(self.function, (self.instance,) + args, kwargs)


def contextmanager(func):
    return _Maker(func)


def asynccontextmanager(func):
    return _Maker(func)


class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, kind, value, trace):
        return None


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, kind, value, trace):
        self.thing.close()


class suppress:
    def __init__(self, *exceptions):
        self.exceptions = exceptions

    def __enter__(self):
        return None

    def __exit__(self, kind, value, trace):
        return kind is not None and issubclass(kind, self.exceptions)


class _Redirect:
    def __init__(self, new_target):
        self.new_target = new_target

    def __enter__(self):
        return self.new_target

    def __exit__(self, kind, value, trace):
        return None


class redirect_stdout(_Redirect):
    pass


class redirect_stderr(_Redirect):
    pass


class ExitStack:
    def __init__(self):
        self._exits = []

    def enter_context(self, cm):
        result = cm.__enter__()
        self._exits.append(cm.__exit__)
        return result

    def push(self, exit):
        self._exits.append(exit.__exit__ if hasattr(exit, "__exit__") else exit)
        return exit

    def callback(self, callback, /, *args, **kwds):
        self._exits.append(lambda kind, value, trace: callback(*args, **kwds) and None)
        return callback

    def pop_all(self):
        made = ExitStack()
        made._exits = self._exits
        self._exits = []
        return made

    def close(self):
        self.__exit__(None, None, None)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        swallowed = False
        exits = self._exits[::-1]
        self._exits = []
        for leave in exits:
            if leave(kind, value, trace) and kind is not None:
                swallowed = True
                kind = value = trace = None
        return swallowed
