"""torch.nn.attention: the choice of a kernel changes no result."""
from __future__ import annotations


class SDPBackend:
    ERROR = -1
    MATH = 0
    FLASH_ATTENTION = 1
    EFFICIENT_ATTENTION = 2
    CUDNN_ATTENTION = 3
    OVERRIDEABLE = 4


class sdpa_kernel:
    def __init__(self, backends, set_priority=False):
        self.backends = backends

    def __enter__(self):
        return None

    def __exit__(self, type, value, trace):
        pass
