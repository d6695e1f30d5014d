"""TensorFlow's element types, and what does nothing in PyTorch."""

import torch


@value("tensorflow.float16")
def type_float16():
    return torch.float16


@value("tensorflow.bfloat16")
def type_bfloat16():
    return torch.bfloat16


@value("tensorflow.float32")
def type_float32():
    return torch.float32


@value("tensorflow.float64")
def type_float64():
    return torch.float64


@value("tensorflow.int8")
def type_int8():
    return torch.int8


@value("tensorflow.int16")
def type_int16():
    return torch.int16


@value("tensorflow.int32")
def type_int32():
    return torch.int32


@value("tensorflow.int64")
def type_int64():
    return torch.int64


@value("tensorflow.uint8")
def type_uint8():
    return torch.uint8


@value("tensorflow.bool")
def type_bool():
    return torch.bool
