"""Modules of Keras that programs hand on as values: what is called through them is translated at the call."""

import torch
from torch import nn


@value("keras.layers")
@value("tensorflow.keras.layers")
def layers_module():
    return nn


@value("keras.models")
@value("tensorflow.keras.models")
def models_module():
    return nn


@value("keras.backend")
@value("tensorflow.keras.backend")
def backend_module():
    return torch


@value("keras.utils")
@value("tensorflow.keras.utils")
def utils_module():
    return torch


@value("keras")
@value("tensorflow.keras")
def keras_module():
    return torch
