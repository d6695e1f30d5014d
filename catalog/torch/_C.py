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
