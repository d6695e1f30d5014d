"""Weak references: what they refer to lives on."""


class ref:
    def __init__(self, object, callback=None):
        self.object = object

    def __call__(self):
        return self.object

    def __class_getitem__(cls, item):
        return cls


ReferenceType = ref


def proxy(object, callback=None):
    return object


class WeakKeyDictionary(dict):
    pass


class WeakValueDictionary(dict):
    pass


class WeakSet(set):
    pass


def finalize(obj, func, /, *args, **kwargs):
    return None


class WeakMethod(ref):
    pass
