"""Questions about live objects."""
import _nw
from types import BuiltinFunctionType, FunctionType, GeneratorType, MethodType, ModuleType


class _Kind:
    def __init__(self, name, value):
        self.name = name
        self.value = value


_KINDS = {name: _Kind(name, i) for i, name in enumerate(("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD"))}
_empty = _nw.absent


class Parameter:
    POSITIONAL_ONLY = _KINDS["POSITIONAL_ONLY"]
    POSITIONAL_OR_KEYWORD = _KINDS["POSITIONAL_OR_KEYWORD"]
    VAR_POSITIONAL = _KINDS["VAR_POSITIONAL"]
    KEYWORD_ONLY = _KINDS["KEYWORD_ONLY"]
    VAR_KEYWORD = _KINDS["VAR_KEYWORD"]
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation

    def replace(self, **changes):
        return Parameter(changes.get("name", self.name), changes.get("kind", self.kind), default=changes.get("default", self.default),
                         annotation=changes.get("annotation", self.annotation))


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    def apply_defaults(self):
        for name in self.signature.parameters:
            parameter = self.signature.parameters[name]
            if name not in self.arguments:
                if parameter.default is not _empty:
                    self.arguments[name] = parameter.default
                elif parameter.kind is Parameter.VAR_POSITIONAL:
                    self.arguments[name] = ()
                elif parameter.kind is Parameter.VAR_KEYWORD:
                    self.arguments[name] = {}


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {parameter.name: parameter for parameter in (parameters or ())}
        self.return_annotation = return_annotation

    def bind(self, *args, **kwargs):
        arguments = {}
        rest = list(args)
        left = dict(kwargs)
        for name in self.parameters:
            kind = self.parameters[name].kind
            if kind is Parameter.VAR_POSITIONAL:
                arguments[name] = tuple(rest)
                rest = []
            elif kind is Parameter.VAR_KEYWORD:
                arguments[name] = left
                left = {}
            elif rest and kind is not Parameter.KEYWORD_ONLY:
                arguments[name] = rest.pop(0)
            elif name in left:
                arguments[name] = left.pop(name)
            elif self.parameters[name].default is _empty:
                raise TypeError("missing a required argument: " + repr(name))
        if rest or left:
            raise TypeError("too many arguments")
        return BoundArguments(self, arguments)

    def bind_partial(self, *args, **kwargs):
        return self.bind(*args, **kwargs)

    def replace(self, *, parameters=None, return_annotation=_empty):
        return Signature(self.parameters.values() if parameters is None else parameters)


def signature(obj, *, follow_wrapped=True, **options):
    while follow_wrapped and hasattr(obj, "__wrapped__"):
        obj = obj.__wrapped__
    return Signature([Parameter(name, _KINDS[kind], default=default, annotation=annotation) for name, kind, default, annotation in _nw.parameters(obj)])


_FullArgSpec = _nw.namedtuple("FullArgSpec", ("args", "varargs", "varkw", "defaults", "kwonlyargs", "kwonlydefaults", "annotations"))


def getfullargspec(func):
    rows = _nw.parameters(func, unwraps=False)
    args = [row[0] for row in rows if row[1].startswith("POSITIONAL")]
    defaults = tuple([row[2] for row in rows if row[1].startswith("POSITIONAL") and row[2] is not _empty])
    stars = [row[0] for row in rows if row[1] == "VAR_POSITIONAL"]
    double = [row[0] for row in rows if row[1] == "VAR_KEYWORD"]
    named = [row[0] for row in rows if row[1] == "KEYWORD_ONLY"]
    named_defaults = {row[0]: row[2] for row in rows if row[1] == "KEYWORD_ONLY" and row[2] is not _empty}
    annotations = {row[0]: row[3] for row in rows if row[3] is not _empty}
    return _FullArgSpec(args, stars[0] if stars else None, double[0] if double else None, defaults or None, named, named_defaults or None, annotations)


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return isinstance(object, FunctionType)


def ismethod(object):
    return isinstance(object, MethodType)


def isbuiltin(object):
    return isinstance(object, BuiltinFunctionType)


def isroutine(object):
    return isinstance(object, (FunctionType, MethodType, BuiltinFunctionType))


def ismodule(object):
    return isinstance(object, ModuleType)


def isgenerator(object):
    return isinstance(object, GeneratorType)


def isgeneratorfunction(obj):
    return False


def iscoroutinefunction(obj):
    return False


def isabstract(object):
    return False


def isdatadescriptor(object):
    return hasattr(type(object), "__set__")


def getmembers(object, predicate=None):
    rows = [(name, getattr(object, name)) for name in dir(object)]
    return [row for row in rows if predicate is None or predicate(row[1])]


def getmro(cls):
    return cls.__mro__


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__"):
        func = func.__wrapped__
    return func


def getdoc(object):
    return _nw.unknown("a docstring")


def getsource(object):
    return _nw.disk_text(object.__file__, True) if hasattr(object, "__file__") else _nw.unknown("a source text")


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    if eval_str:
        return _nw.unknown("annotations that are texts")
    return dict(obj.__dict__.get("__annotations__", {}) if isinstance(obj, type) else getattr(obj, "__annotations__", {}))


class _VariableNames:
    """The names in a function's frame: where those behind the parameters stand is not known."""

    def __init__(self, parameters, others, may_be_captured):
        self._parameters = parameters
        self._others = others
        self._may_be_captured = may_be_captured

    def __contains__(self, name):
        if name in self._parameters:
            return True
        return _nw.unknown("whether a variable is captured") if self._may_be_captured and name in self._others else name in self._others

    def __len__(self):
        return _nw.unknown("the number of a function's variables", True) if self._may_be_captured else len(self._parameters) + len(self._others)

    def __getitem__(self, place):
        last = place.stop if isinstance(place, slice) else place
        inside = last is not None and 0 <= last <= len(self._parameters) - (0 if isinstance(place, slice) else 1)
        return self._parameters[place] if inside and (not isinstance(place, slice) or (place.start or 0) >= 0) else _nw.unknown("the order of a function's variables")

    def __iter__(self):
        return _nw.unknown("the order of a function's variables")

    def index(self, name):
        return self._parameters.index(name) if name in self._parameters else _nw.unknown("the order of a function's variables", True)


def _variable_names(parameters, others, may_be_captured):
    return _VariableNames(tuple(parameters), others, may_be_captured) if others else tuple(parameters)


def getsourcelines(object):
    return _nw.unknown("a source text"), _nw.unknown("the line of a definition")


def getsourcefile(object):
    return getfile(object)


def getfile(object):
    """Of what a package itself defines: the file in which its code stands, whatever it wraps."""
    if isclass(object):
        path = getattr(_nw.modules().get(object.__module__), "__file__", None)
    elif ismethod(object) or isfunction(object):
        path = getattr(object, "__func__", object).__globals__.get("__file__")
    else:
        path = getattr(object, "__file__", None)
    return path if _nw.known(path) and path is not None and _nw.disk_kind(path) == "file" else _nw.unknown("a source file")


def getmodule(object):
    return _nw.unknown("a module")


def stack(context=1):
    return _nw.unknown("the call stack")


def currentframe():
    return _nw.unknown("a frame")
