"""The helpers of this folder are plain modules; the frameworks are needed by all tests here."""

import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(__file__))
pytest.importorskip("torch")
pytest.importorskip("keras")

import numbers_alike  # noqa: E402,F401  (chooses the backend of Keras before any test imports it)
import keras_side  # noqa: E402
import program  # noqa: E402


@pytest.fixture(autouse=True)
def numbers(seed_of_test):
    """The numbers that the helpers draw are those of the test alone."""
    keras_side.start_numbers(seed_of_test)
    program.start_numbers(seed_of_test)
