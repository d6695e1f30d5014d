"""Abstract classes. Those with methods that are still abstract cannot be built (src/eval/class.c)."""


class ABCMeta(type):
    def register(cls, subclass):
        return subclass


class ABC:
    pass


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
