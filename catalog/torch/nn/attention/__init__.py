"""torch.nn.attention: the choice of a kernel changes no result."""
from __future__ import annotations


WARN_FOR_UNFUSED_KERNELS = False


class SDPBackend:
    ERROR = -1
    MATH = 0
    FLASH_ATTENTION = 1
    EFFICIENT_ATTENTION = 2
    CUDNN_ATTENTION = 3
    OVERRIDEABLE = 4


def list_flash_attention_impls() -> Any:
    return []


def current_flash_attention_impl() -> Any:
    return None


def activate_flash_attention_impl(impl) -> None:
    pass


def restore_flash_attention_impl() -> None:
    pass


def register_flash_attention_impl(impl, *, register_fn) -> None:
    pass


class sdpa_kernel:
    def __init__(self, backends, set_priority=False):
        self.backends = backends

    def __enter__(self):
        return None

    def __exit__(self, type, value, trace):
        pass
