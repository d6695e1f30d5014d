"""Types of Python's own objects."""

class _Probe:
    def method(self):
        return None


def _generator():
    yield None


FunctionType = type(_generator)
LambdaType = FunctionType
GeneratorType = type(_generator())
MethodType = type(_Probe().method)
BuiltinFunctionType = type(len)
BuiltinMethodType = type([].append)
NoneType = type(None)
EllipsisType = type(Ellipsis)
CodeType = type(None)
TracebackType = type(None)
FrameType = type(None)
CoroutineType = GeneratorType


class ModuleType:
    def __init__(self, name, doc=None):
        self.__name__ = name


class SimpleNamespace:
    def __init__(self, /, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__

    def __repr__(self):
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        return name + "(" + ", ".join([key + "=" + repr(self.__dict__[key]) for key in self.__dict__]) + ")"


def MappingProxyType(mapping):
    return mapping


class GenericAlias:
    pass


class UnionType:
    pass


class DynamicClassAttribute(property):
    pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    namespace = {}
    if exec_body is not None:
        exec_body(namespace)
    return type(name, bases, namespace)


def coroutine(func):
    return func
