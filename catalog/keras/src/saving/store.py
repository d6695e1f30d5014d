"""Where save_weights() puts each variable: the datasets of a .weights.h5 file."""
from __future__ import annotations

import _nw
from keras.src import state

OTHERS = "others"


def datasets(root):
    """id(variable) -> paths of its datasets, one for each layer that holds it; OTHERS -> those of what is no variable."""
    found = {OTHERS: []}
    _save(root, "", found, {})
    return found


def _join(path, name):
    return path + "/" + name if path else name


def _is_saveable(value):
    from keras.src.layers.layer import Operation
    return isinstance(value, Operation)


def _save(value, path, found, visited):
    if id(value) in visited:
        return
    visited[id(value)] = True
    if hasattr(value, "_trainable_variables") and not _nw.is_catalog(type(value).save_own_variables):
        _save_as_told(value, path, found)
    elif hasattr(value, "_trainable_variables"):
        own = list(value._trainable_variables) + list(value._non_trainable_variables)
        for i in range(len(own)):
            found.setdefault(id(own[i]), []).append(_join(path, "vars/" + str(i)))
    for name, child in _children(value):
        if isinstance(child, (list, tuple, dict)):
            _save_container(child, _join(path, name), found, visited)
        elif _is_saveable(child):
            _save(child, _join(path, name), found, visited)


def _save_as_told(layer, path, found):
    """The layer of a program that says for itself what is stored under which name."""
    own = [id(variable) for variable in list(layer._trainable_variables) + list(layer._non_trainable_variables)]
    stored = {}
    layer.save_own_variables(stored)
    for name, value in stored.items():
        place = _join(path, "vars/" + name)
        if id(value) in own:
            found.setdefault(id(value), []).append(place)
        else:
            found[OTHERS].append(place)


def _name_key(name):
    return "~" + name if name.startswith("_") else name


_USUAL = []


def _usual():
    """Attributes that every layer has: these are not walked."""
    if not _USUAL:
        from keras.src.layers.layer import Layer
        uids = dict(state.uids)
        _USUAL.append(set(dir(Layer())))
        state.uids.clear()
        state.uids.update(uids)
    return _USUAL[0]


_OF_MODELS = ("layers", "inputs", "outputs", "optimizer", "loss")


def _children(value):
    kind = value._obj_type()
    found = []
    if kind in ("Sequential", "Functional"):
        found.append(("layers", value.layers))
    names = _nw.other_names(value, _usual())
    if names is None:
        names = [name for name in set(dir(value)) - _usual() if not name.startswith("__") and not name.startswith("_nw_")]
    if kind == "Functional":
        names = [name for name in names if name not in ("operations", "_operations")]
    if kind == "Sequential":
        names = [name for name in names if name != "_functional"]
    for name in sorted(names, key=_name_key):
        try:
            child = getattr(value, name)
        except Exception:
            continue
        if isinstance(child, (list, tuple, dict)) or _is_saveable(child):
            found.append((name, child))
    return found


def _save_container(container, path, found, visited, depth=0):
    if depth > 20:  # a container that holds itself
        return
    used = {}
    for value in list(container.values()) if isinstance(container, dict) else container:
        if isinstance(value, (list, tuple, dict)):
            _save_container(value, _join(path, _unique("container", used)), found, visited, depth + 1)
        elif _is_saveable(value):
            _save(value, _join(path, _unique(state.snake(type(value).__name__), used)), found, visited)


def _unique(name, used):
    if name in used:
        used[name] += 1
        return name + "_" + str(used[name])
    used[name] = 0
    return name
