"""Making a module without running its initialisers."""
from __future__ import annotations


def skip_init(module_cls, *args, **kwargs) -> Any:
    kwargs.pop("device", None)
    return module_cls(*args, **kwargs)
