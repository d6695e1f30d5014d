"""Weights in files: unknown."""
import _nw
from safetensors import torch


def safe_open(*args, **kwargs):
    return _nw.unknown("what a file holds")
