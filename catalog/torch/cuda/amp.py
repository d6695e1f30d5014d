from torch import autocast as _autocast
from torch.amp import GradScaler, custom_bwd, custom_fwd


def autocast(enabled=True, dtype=None, cache_enabled=True):
    return _autocast("cuda", dtype, enabled, cache_enabled)
