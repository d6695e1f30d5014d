from torch import _Mode


def is_available() -> bool:
    return True


def current_device() -> str:
    return "cpu"


def device_count() -> int:
    return 1


def synchronize(device=None):
    return None


def _is_avx2_supported() -> bool:
    return True


def _is_avx512_supported() -> bool:
    return True


def _is_vnni_supported() -> bool:
    return True
