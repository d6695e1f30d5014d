"""Abstract classes. Those with methods that are still abstract cannot be built (src/eval/class.c)."""


def _register(cls, subclass):
    """Counts as a subclass of the class and of the abstract ones above it (src/eval/native_class.c)."""
    for base in cls.__mro__:
        if base is not ABC and (isinstance(base, ABCMeta) or issubclass(base, ABC)):
            base._abc_registry = base.__dict__.get("_abc_registry", []) + [subclass]
    return subclass


class ABCMeta(type):
    register = _register


class ABC:
    register = classmethod(_register)


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


abstractproperty = property
abstractclassmethod = classmethod
abstractstaticmethod = staticmethod


def get_cache_token():
    return 0


def update_abstractmethods(cls):
    return cls
