"""torch.fx._pytree: how containers of a program's own are taken apart by traces, which are not followed here."""
from __future__ import annotations


def register_pytree_flatten_spec(cls, flatten_fn_spec, flatten_fn_exact_match_spec=None):
    return None
