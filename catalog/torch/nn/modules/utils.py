"""torch.nn.modules.utils: repeating a number for each axis. A symbol stands for a number."""
from __future__ import annotations

from _nw import known


def _ntuple(n, name="parse"):
    def parse(x):
        if known(x) and hasattr(x, "__iter__"):
            return tuple(x)
        return (x,) * n
    return parse


def _single(x):
    return tuple(x) if known(x) and hasattr(x, "__iter__") else (x,)


def _pair(x):
    return tuple(x) if known(x) and hasattr(x, "__iter__") else (x, x)


def _triple(x):
    return tuple(x) if known(x) and hasattr(x, "__iter__") else (x, x, x)


def _quadruple(x):
    return tuple(x) if known(x) and hasattr(x, "__iter__") else (x, x, x, x)


def _reverse_repeat_tuple(t, n):
    if n == 2 and len(t) == 2:
        return (t[1], t[1], t[0], t[0])
    return tuple([x for x in reversed(t) for _ in range(n)])


def _list_with_default(out_size, defaults):
    if not known(out_size) or isinstance(out_size, int):
        return out_size
    if len(defaults) <= len(out_size):
        raise ValueError("Input dimension should be at least " + str(len(out_size) + 1))
    own = defaults[len(defaults) - len(out_size):]
    return [size if size is not None else default for size, default in zip(out_size, own)]


def consume_prefix_in_state_dict_if_present(state_dict, prefix):
    for key in list(state_dict):
        if key.startswith(prefix):
            state_dict[key[len(prefix):]] = state_dict.pop(key)
