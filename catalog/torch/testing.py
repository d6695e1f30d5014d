import _nw


def assert_close(actual, expected, *, rtol=None, atol=None, **options):
    return None


def assert_allclose(actual, expected, rtol=None, atol=None, equal_nan=True, msg=""):
    return None


def make_tensor(*shape, dtype, device="cpu", low=None, high=None, requires_grad=False, noncontiguous=False, exclude_zero=False, memory_format=None):
    sizes = tuple(shape[0]) if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape
    return _nw.tensor(sizes, dtype)
