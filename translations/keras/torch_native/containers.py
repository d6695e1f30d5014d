"""Sequential models and what stands in them."""

from torch import nn


@translation("keras.Sequential")
def sequential(layers=None, trainable=True, name=None):
    if trainable:
        return nn.Sequential(*layers)


@translation("keras.Sequential.add")
def sequential_add(self, layer, rebuild=True):
    if is_input(layer):
        return ()
    return either(self.append(one(layer)), self.extend([*layer]))


@translation("keras.Input")
@translation("keras.layers.Input")
def native_input(shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, name=None, tensor=None, optional=False):
    return ()


@translation("keras.layers.InputLayer")
def native_input_layer(shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, input_tensor=None, optional=False, name=None, **kwargs):
    return ()
