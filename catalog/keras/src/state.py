"""What Keras keeps for the whole program: names that were given, open name scopes, the call that runs, settings."""
from __future__ import annotations

import re

uids = {}
scopes = []          # open name scopes, the innermost last
context = [None]     # what the running outermost call hands on to layers: a dict, or None
alone = [False]      # classes are looked at alone, with symbols for what is not known
blind = [False]      # a layer of Keras was called before its weights could be made
lost = []            # outputs of functional models that are not known: what lies behind them has no layers here
settings = {"floatx": "float32", "epsilon": 1e-07, "image_data_format": "channels_last", "dtype_policy": None}


def snake_case(name):
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


_SNAKES = {}


def snake(name):
    if name not in _SNAKES:
        _SNAKES[name] = snake_case(name)
    return _SNAKES[name]


def unique(name):
    given = uids.get(name, 0)
    uids[name] = given + 1
    return name if given == 0 else name + "_" + str(given)


def auto_name(class_name):
    return unique(snake(class_name))


def get_uid(prefix=""):
    uids[prefix] = uids.get(prefix, 0) + 1
    return uids[prefix]


def reset_uids():
    uids.clear()


def start_afresh():
    """Before each class that is looked at alone."""
    uids.clear()
    scopes.clear()
    context[0] = None
    blind[0] = False
    lost.clear()
    alone[0] = True


def current_path():
    parts = []
    for scope in scopes:
        if scope.override is not None:
            parts = [part for part in scope.override.split("/") if part]
        parts.append(scope.name)
    return "/".join(parts)


class name_scope:
    def __init__(self, name, caller=None, deduplicate=True, override_parent=None):
        if not isinstance(name, str) or "/" in name:
            raise ValueError("Argument `name` must be a string and cannot contain character `/`.")
        self.name = name
        self.caller = caller
        self.deduplicate = deduplicate
        self.override = override_parent
        if override_parent is None and deduplicate and caller is not None and getattr(caller, "_parent_path", None) is not None:
            self.override = caller._parent_path
        self.entered = False

    def __enter__(self):
        if self.deduplicate and scopes and self.caller is not None:
            last = scopes[-1]
            if last.caller is self.caller and last.name == self.name:
                return self
        scopes.append(self)
        self.entered = True
        return self

    def __exit__(self, *args, **kwargs):
        if self.entered and scopes:
            scopes.pop()


def data_format(value):
    if value is None:
        return settings["image_data_format"]
    text = str(value).lower()
    if text not in ("channels_first", "channels_last"):
        raise ValueError("The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: " + str(value))
    return text
