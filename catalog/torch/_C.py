"""The few private names that model code calls."""


def _log_api_usage_once(name):
    return None


def _get_tracing_state():
    return None


def _is_tracing():
    return False


def _has_mps():
    return False


def _jit_set_profiling_executor(enabled):
    return enabled


def _jit_set_profiling_mode(enabled):
    return enabled


def _jit_override_can_fuse_on_gpu(enabled):
    return None


def _jit_override_can_fuse_on_cpu(enabled):
    return None


def _jit_set_texpr_fuser_enabled(enabled):
    return None


def _set_default_tensor_type(type):
    return None


def _cuda_isCurrentStreamCapturing():
    return False


class DispatchKey:
    """Keys of the dispatcher; only their names are used."""

    AutocastCPU = "AutocastCPU"
    AutocastCUDA = "AutocastCUDA"
    AutocastXPU = "AutocastXPU"
    AutogradCPU = "AutogradCPU"
    AutogradCUDA = "AutogradCUDA"
    CPU = "CPU"
    CUDA = "CUDA"
    Meta = "Meta"


class DispatchKeySet:
    def __init__(self, *keys):
        self.keys = keys

    def __or__(self, other):
        return DispatchKeySet(*self.keys, *other.keys)


class _ExcludeDispatchKeyGuard:
    def __init__(self, keys):
        self.keys = keys

    def __enter__(self):
        return None

    def __exit__(self, type, value, trace):
        pass


class DisableTorchFunctionSubclass:
    def __enter__(self):
        return None

    def __exit__(self, type, value, trace):
        pass


def _are_functorch_transforms_active():
    return False


def _get_privateuse1_backend_name():
    return "privateuseone"


def _jit_can_fuse_on_cpu():
    return False


def _jit_can_fuse_on_gpu():
    return False


def _jit_set_nvfuser_enabled(enabled):
    return None


def _jit_set_nvfuser_guard_mode(enabled):
    return None


class TensorType:
    """A type of the script compiler; only named in annotations."""
