"""The helpers of this folder are plain modules; the frameworks are needed by all tests here."""

import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(__file__))
pytest.importorskip("torch")
pytest.importorskip("keras")

import numbers_alike  # noqa: E402,F401  (chooses the backend of Keras before any test imports it)
