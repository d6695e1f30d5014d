"""Weights in files: unknown."""
import _nw
from safetensors import torch


def safe_open(*args, **kwargs):
    return _nw.outside("what a file holds")
