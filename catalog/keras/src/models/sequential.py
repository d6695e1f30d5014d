"""keras.Sequential."""
from __future__ import annotations

import _nw
from keras.src import symbolic, tree
from keras.src.layers.input_layer import InputLayer
from keras.src.layers.layer import Layer
from keras.src.models.model import Functional, Model

__public__ = "keras"

_OBJECT_SET = object.__setattr__


class Sequential(Model):
    def __init__(self, layers=None, trainable=True, name=None):
        Layer.__init__(self, trainable=trainable, name=name)
        _OBJECT_SET(self, "_functional", None)
        if layers:
            for layer in layers:
                self.add(layer, rebuild=False)
            self._maybe_rebuild()

    def get_config(self):
        return _nw.unknown("the configuration of a model") if type(self) is Sequential else super().get_config()

    def add(self, layer, rebuild=True):
        if not self._layers and getattr(layer, "_input_shape_arg", None) is not None:
            self.add(InputLayer(shape=layer._input_shape_arg))
        if hasattr(layer, "_keras_history"):
            origin = layer._keras_history.operation
            if isinstance(origin, InputLayer):
                layer = origin
        if not isinstance(layer, Layer):
            raise ValueError("Only instances of `keras.Layer` can be added to a Sequential model.")
        for one in self._layers:
            if one.name == layer.name and one is not layer:
                raise ValueError("All layers added to a Sequential model should have unique names. Name '" + layer.name + "' is already the name of a layer in this model.")
        if isinstance(layer, InputLayer) and self._layers and isinstance(self._layers[0], InputLayer):
            raise ValueError("Sequential model '" + self.name + "' has already been configured to use an input shape.")
        self._layers.append(layer)
        if rebuild:
            self._maybe_rebuild()
        else:
            self.built = False
            _OBJECT_SET(self, "_functional", None)

    def pop(self, rebuild=True):
        layer = self._layers.pop()
        self.built = False
        _OBJECT_SET(self, "_functional", None)
        if rebuild:
            self._maybe_rebuild()
        return layer

    def _maybe_rebuild(self):
        self.built = False
        _OBJECT_SET(self, "_functional", None)
        first = self._layers[0]
        if isinstance(first, InputLayer) and len(self._layers) > 1:
            self.build(first.batch_shape)
        elif len(self._layers) > 1 and hasattr(first, "input_shape"):
            self.build(first.input_shape)

    def _lock_state(self):
        pass

    def _obj_type(self):
        return "Sequential"

    def build(self, input_shape=None):
        if not isinstance(input_shape, (list, tuple)) or [one for one in input_shape if one is not None and not isinstance(one, int)]:
            return
        input_shape = tuple(input_shape)
        if not self._layers:
            raise ValueError("Sequential model " + self.name + " cannot be built because it has no layers. Call `model.add(layer)`.")
        if isinstance(self._layers[0], InputLayer):
            if self._layers[0].batch_shape != input_shape:
                raise ValueError("Sequential model '" + self.name + "' has already been configured to use another input shape.")
        else:
            first = InputLayer(batch_shape=input_shape, dtype=self._layers[0].compute_dtype)
            self._layers.insert(0, first)
        inputs = self._layers[0].output
        x = inputs
        for layer in self._layers[1:]:
            try:
                x = layer(x)
            except NotImplementedError:
                return
        _OBJECT_SET(self, "_functional", Functional(inputs=inputs, outputs=x))

    def call(self, inputs, training=None, mask=None, **kwargs):
        if self._functional:
            return self._functional.call(inputs, training=training, mask=mask)
        outputs = inputs
        for layer in self.layers:
            given = {}
            if layer._call_has_mask_arg:
                given["mask"] = mask
            if layer._call_has_training_arg and training is not None:
                given["training"] = training
            outputs = layer(inputs, **given)
            inputs = outputs
            mask = tree.map_structure(lambda x: getattr(x, "_keras_mask", None), outputs)
        return outputs

    @property
    def layers(self):
        layers = self._layers
        return list(layers[1:]) if layers and isinstance(layers[0], InputLayer) else list(layers)

    @layers.setter
    def layers(self, value):
        raise AttributeError("`Sequential.layers` attribute is reserved and should not be used.")

    @property
    def input_shape(self):
        return self._nw_graph("input shape").input_shape

    @property
    def output_shape(self):
        return self._nw_graph("output shape").output_shape

    @property
    def inputs(self):
        return self._nw_graph("inputs").inputs

    @property
    def outputs(self):
        return self._nw_graph("outputs").outputs

    @property
    def input(self):
        return self._nw_graph("input").input

    @property
    def output(self):
        return self._nw_graph("output").output

    def _nw_graph(self, what):
        if self._functional:
            return self._functional
        raise AttributeError("Sequential model '" + self.name + "' has no defined " + what + " yet.")

    @property
    def input_dtype(self):
        if self._layers and isinstance(self._layers[0], InputLayer):
            return self._layers[0].dtype
        return self.compute_dtype
