"""torch.nn.attention.flex_attention: attention with a function for scores and masks."""
from __future__ import annotations

from _nw import DType, check, op, tensor


class BlockMask:
    def __init__(self, shape, mask_mod, BLOCK_SIZE):
        self.shape = shape
        self.mask_mod = mask_mod
        self.BLOCK_SIZE = BLOCK_SIZE

    def to(self, device):
        return self


def noop_mask(batch, head, token_q, token_kv) -> Tensor:
    return tensor((), DType("bool"))


def create_block_mask(mask_mod, B, H, Q_LEN, KV_LEN, device=None, BLOCK_SIZE=128, _compile=False) -> Any:
    return BlockMask((1 if B is None else B, 1 if H is None else H, Q_LEN, KV_LEN), mask_mod, BLOCK_SIZE)


@op
def create_mask(mod_fn, B, H, Q_LEN, KV_LEN, device=None) -> Tensor:
    return tensor((1 if B is None else B, 1 if H is None else H, Q_LEN, KV_LEN), DType("bool"))


@op(result="(Tensor, Tensor) if return_lse else Tensor")
def flex_attention(query, key, value, score_mod=None, block_mask=None, scale=None, enable_gqa=False, return_lse=False,
                   kernel_options=None, *, return_aux=None) -> Any:
    check(query.ndim == 4 and key.ndim == 4 and value.ndim == 4, "query, key and value must have 4 dimensions")
    out = tensor(query.shape[:-1] + (value.shape[-1],), like=query)
    if return_lse:
        return out, tensor(query.shape[:-1], DType("float32"), like=query)
    return out
