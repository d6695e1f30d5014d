"""Questions about a GPU; the analysis is of a machine without one."""
import _nw
from torch import BFloat16Tensor, BoolTensor, ByteTensor, CharTensor, DoubleTensor, FloatTensor, HalfTensor, IntTensor, LongTensor, ShortTensor
from torch import _Mode, get_rng_state as _state
from torch.cuda import amp, nccl, nvtx


def is_available() -> bool:
    return False


def is_bf16_supported(including_emulation=True) -> bool:
    return False


def is_initialized() -> bool:
    return False


_initialized = False
default_generators = ()


def init():
    return None


def device_count() -> int:
    return 0


def current_device() -> int:
    return _nw.unknown("which GPU is current")


def set_device(device):
    return None


def get_device_name(device=None) -> str:
    return _nw.unknown("the name of a GPU")


def get_device_capability(device=None):
    return (0, 0)


def get_device_properties(device=None):
    return _nw.unknown("the properties of a GPU")


def synchronize(device=None):
    return None


def empty_cache():
    return None


def ipc_collect():
    return None


def manual_seed(seed):
    return None


def manual_seed_all(seed):
    return None


def seed_all():
    return None


def get_rng_state(device="cuda"):
    return _state()


def set_rng_state(new_state, device="cuda"):
    return None


def get_rng_state_all():
    return []


def set_rng_state_all(new_states):
    return None


def memory_allocated(device=None) -> int:
    return 0


def max_memory_allocated(device=None) -> int:
    return 0


def memory_reserved(device=None) -> int:
    return 0


def max_memory_reserved(device=None) -> int:
    return 0


def reset_peak_memory_stats(device=None):
    return None


def reset_max_memory_allocated(device=None):
    return None


def memory_summary(device=None, abbreviated=False) -> str:
    return ""


def mem_get_info(device=None):
    return (0, 0)


def is_current_stream_capturing() -> bool:
    return False


def device(device):
    return _Mode()


def stream(stream):
    return _Mode()


def current_stream(device=None):
    return Stream()


def default_stream(device=None):
    return Stream()


class Stream:
    def __init__(self, device=None, priority=0, **options):
        self.device = device

    def synchronize(self):
        return None

    def wait_stream(self, stream):
        return None

    def wait_event(self, event):
        return None

    def record_event(self, event=None):
        return None


class Event:
    def __init__(self, enable_timing=False, blocking=False, interprocess=False):
        self.enable_timing = enable_timing

    def record(self, stream=None):
        return None

    def wait(self, stream=None):
        return None

    def synchronize(self):
        return None

    def elapsed_time(self, end_event) -> float:
        return _nw.unknown("a time")


class CUDAGraph:
    def replay(self):
        return None
