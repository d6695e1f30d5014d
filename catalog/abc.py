"""Abstract classes: nothing stops them from being built here."""


class ABCMeta(type):
    def register(cls, subclass):
        return subclass


class ABC:
    pass


def abstractmethod(funcobj):
    return funcobj


abstractproperty = property
abstractclassmethod = classmethod
abstractstaticmethod = staticmethod


def get_cache_token():
    return 0


def update_abstractmethods(cls):
    return cls
