"""TorchScript: scripting and tracing change no values, so everything here returns what it is given."""
from torch.nn.modules.module import Module as ScriptModule


def _returned(obj):
    return obj


def script(obj=None, optimize=None, _frames_up=0, _rcb=None, example_inputs=None):
    return _returned if obj is None else obj


def script_method(fn):
    return fn


def script_if_tracing(fn):
    return fn


def _script_if_tracing(fn):
    return fn


def _overload_method(fn):
    return fn


def _overload(fn):
    return fn


def trace(func, example_inputs=None, **options):
    return func


def trace_module(mod, inputs=None, **options):
    return mod


def ignore(drop=False, **kwargs):
    return drop if callable(drop) else _returned


def unused(fn):
    return fn


def export(fn):
    return fn


def _drop(fn):
    return fn


def interface(obj):
    return obj


def freeze(mod, preserved_attrs=None, optimize_numerics=True):
    return mod


def optimize_for_inference(mod, other_methods=None):
    return mod


def annotate(the_type, the_value):
    return the_value


def isinstance(obj, target_type):
    import builtins
    return builtins.isinstance(obj, target_type)


def Attribute(value, type):
    return value


def is_scripting() -> bool:
    return False


def is_tracing() -> bool:
    return False


def fork(func, *args, **kwargs):
    return _Future(func(*args, **kwargs))


def wait(future):
    return future.value


class _Future:
    def __init__(self, value):
        self.value = value

    def wait(self):
        return self.value


def save(m, f, _extra_files=None):
    return None


def load(f, map_location=None, _extra_files=None):
    import _nw
    return _nw.unknown("what a file holds")


def enable_onednn_fusion(enabled):
    return None


def set_fusion_strategy(strategy):
    return None


class strict_fusion:
    def __enter__(self):
        return None

    def __exit__(self, kind, value, trace):
        return None


class ScriptFunction:
    pass


class RecursiveScriptModule:
    pass


class _Final:
    def __class_getitem__(cls, item):
        return item


Final = _Final
_script = script
