from torch.backends.cuda import matmul


def is_built() -> bool:
    return False


def flash_sdp_enabled() -> bool:
    return True


def math_sdp_enabled() -> bool:
    return True


def mem_efficient_sdp_enabled() -> bool:
    return True


def cudnn_sdp_enabled() -> bool:
    return True


def enable_flash_sdp(enabled):
    return None


def enable_math_sdp(enabled):
    return None


def enable_mem_efficient_sdp(enabled):
    return None


def enable_cudnn_sdp(enabled):
    return None


def sdp_kernel(enable_flash=True, enable_math=True, enable_mem_efficient=True, enable_cudnn=True):
    from torch import _Mode
    return _Mode()
