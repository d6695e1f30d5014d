"""Memory formats: strides are not followed."""
from __future__ import annotations


def convert_conv2d_weight_memory_format(module, memory_format) -> Any:
    return module


def convert_conv3d_weight_memory_format(module, memory_format) -> Any:
    return module
