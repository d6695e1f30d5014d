"""torch.xpu: such a device is not there."""


def is_available():
    return False


def device_count():
    return 0


def empty_cache():
    return None


def synchronize(device=None):
    return None


def current_device():
    return 0


def is_current_stream_capturing():
    raise RuntimeError("Tried to instantiate dummy base class _xpu_isCurrentStreamCapturing")
