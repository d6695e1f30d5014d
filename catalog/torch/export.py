"""torch.export: not modelled; marks of dynamic sizes change nothing."""
import _nw


def export(mod, args, kwargs=None, *, dynamic_shapes=None, strict=False, preserve_module_call_signature=(), prefer_deferred_runtime_asserts_over_guards=False):
    return _nw.unknown("an exported program")


def Dim(name, *, min=None, max=None):
    return _nw.unknown("a size for export")
