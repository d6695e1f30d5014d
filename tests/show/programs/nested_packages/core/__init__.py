"""Lazily found names: a module-level __getattr__, as large packages have."""


def __getattr__(name):
    if name == "Head":
        from .heads import Head
        return Head
    raise AttributeError(name)
