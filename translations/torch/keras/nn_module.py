"""torch.nn.Module: what a class of layers derives from, and what it registers."""

import keras
from keras import layers


@value("torch.nn.Module")
def module():
    return layers.Layer


@translation("torch.nn.Parameter")
def parameter(data=None, requires_grad=True):
    if data is not None:
        return keras.Variable(data, trainable=requires_grad)


@translation("torch.nn.Module.register_parameter")
def register_parameter(self, name, param):
    return setattr(self, name, param)


@translation("torch.nn.Module.register_buffer")
def register_buffer(self, name, tensor, persistent=True):
    if tensor is None or not persistent:
        return setattr(self, name, tensor)
    return setattr(self, name, keras.Variable(tensor, trainable=False, name=name))


@translation("torch.nn.Module.add_module")
def add_module(self, name, module):
    return setattr(self, name, module)


@translation("torch.nn.Module.register_module")
def register_module(self, name, module):
    return setattr(self, name, module)
