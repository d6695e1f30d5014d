"""torch.utils.checkpoint: recomputation changes no result, so calls go through."""
from __future__ import annotations


def checkpoint(function, *args, use_reentrant=None, context_fn=None, determinism_check="default", debug=False,
               early_stop=True, **kwargs) -> Any:
    kwargs.pop("preserve_rng_state", None)
    return function(*args, **kwargs)


def checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs) -> Any:
    for function in functions:
        input = function(input)
    return input


class CheckpointPolicy:
    MUST_SAVE = 0
    PREFER_SAVE = 1
    MUST_RECOMPUTE = 2
    PREFER_RECOMPUTE = 3


def get_device_states(*args) -> Any:
    return [], []


def set_device_states(devices, states, *, device_type=None) -> None:
    return None


def set_checkpoint_early_stop(enable) -> Any:
    from torch import _Mode
    return _Mode()
