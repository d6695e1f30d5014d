"""Recurrent layers and their cells."""
from __future__ import annotations

import _nw
from _nw import check, known, layer
from keras.src import activations, constraints, dtypes, initializers, regularizers, rules, state, symbolic, tree
from keras.src.layers.core import Wrapper
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.random import SeedGenerator
from keras.src.variables import Variable

__public__ = "keras.layers"


class _Cell(Layer):
    """One step. States are lists."""

    def _nw_common(self, units, activation, recurrent_activation, use_bias, given):
        check(units > 0, "Received an invalid value for argument `units`, expected a positive integer.", ValueError)
        self.units = units
        self.activation = activations.get(activation)
        if recurrent_activation is not None:
            self.recurrent_activation = activations.get(recurrent_activation)
        self.use_bias = use_bias
        for name in ("kernel_initializer", "recurrent_initializer", "bias_initializer"):
            setattr(self, name, initializers.get(given[name]))
        for name in ("kernel_regularizer", "recurrent_regularizer", "bias_regularizer"):
            setattr(self, name, regularizers.get(given[name]))
        for name in ("kernel_constraint", "recurrent_constraint", "bias_constraint"):
            setattr(self, name, constraints.get(given[name]))
        self.dropout = min(1.0, max(0.0, given["dropout"]))
        self.recurrent_dropout = min(1.0, max(0.0, given["recurrent_dropout"]))
        self.seed = given["seed"]
        self.seed_generator = SeedGenerator(seed=given["seed"])
        self.output_size = units
        config = {"units": units, "activation": activation, "use_bias": use_bias, **given}
        object.__setattr__(self, "_nw_given", config if recurrent_activation is None else {**config, "recurrent_activation": recurrent_activation})

    def get_config(self):
        return {**super().get_config(), **self._nw_given}

    def _nw_weights(self, size, gates):
        self.kernel = self.add_weight(shape=(size, self.units * gates), name="kernel", initializer=self.kernel_initializer,
                                      regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.recurrent_kernel = self.add_weight(shape=(self.units, self.units * gates), name="recurrent_kernel", initializer=self.recurrent_initializer,
                                                regularizer=self.recurrent_regularizer, constraint=self.recurrent_constraint)

    def _nw_step(self, inputs, states, count):
        check(inputs.shape[-1] == self.kernel.shape[0], "The inputs do not have the size of the kernel.", ValueError)
        made = rules.like(inputs, (inputs.shape[0], self.units))
        return made, [rules.like(made) for i in range(count)]

    def get_initial_state(self, batch_size=None):
        from keras.src.ops.numpy import zeros
        sizes = self.state_size if isinstance(self.state_size, list) else [self.state_size]
        return [zeros((batch_size, size), dtype=self.compute_dtype) for size in sizes]



@layer
class SimpleRNNCell(_Cell):
    def __init__(self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs):
        kwargs.pop("implementation", 2)
        super().__init__(**kwargs)
        self._nw_common(units, activation, None, use_bias, {"kernel_initializer": kernel_initializer, "recurrent_initializer": recurrent_initializer, "bias_initializer": bias_initializer, "kernel_regularizer": kernel_regularizer, "recurrent_regularizer": recurrent_regularizer, "bias_regularizer": bias_regularizer, "kernel_constraint": kernel_constraint, "recurrent_constraint": recurrent_constraint, "bias_constraint": bias_constraint, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed})
        self.state_size = self.units

    def build(self, input_shape):
        self._nw_weights(input_shape[-1], 1)
        self.bias = self.add_weight(shape=(self.units,), name="bias", initializer=self.bias_initializer, regularizer=self.bias_regularizer,
                                    constraint=self.bias_constraint) if self.use_bias else None
        self.built = True

    def call(self, sequence, states, training=False) -> Any:
        made, after = self._nw_step(sequence, states, 1)
        return made, after if isinstance(states, (list, tuple)) else after[0]


@layer
class LSTMCell(_Cell):
    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs):
        implementation = kwargs.pop("implementation", 2)
        super().__init__(**kwargs)
        self._nw_common(units, activation, recurrent_activation, use_bias, {"kernel_initializer": kernel_initializer, "recurrent_initializer": recurrent_initializer, "bias_initializer": bias_initializer, "kernel_regularizer": kernel_regularizer, "recurrent_regularizer": recurrent_regularizer, "bias_regularizer": bias_regularizer, "kernel_constraint": kernel_constraint, "recurrent_constraint": recurrent_constraint, "bias_constraint": bias_constraint, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed})
        self.implementation = implementation
        self.unit_forget_bias = unit_forget_bias
        self._nw_given["unit_forget_bias"] = unit_forget_bias
        self.state_size = [self.units, self.units]

    def build(self, input_shape):
        self._nw_weights(input_shape[-1], 4)
        self.bias = self.add_weight(shape=(self.units * 4,), name="bias", initializer=self.bias_initializer, regularizer=self.bias_regularizer,
                                    constraint=self.bias_constraint) if self.use_bias else None
        self.built = True

    def call(self, inputs, states, training=False) -> Any:
        made, after = self._nw_step(inputs, states, 2)
        return made, after


@layer
class GRUCell(_Cell):
    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, reset_after=True, seed=None, **kwargs):
        implementation = kwargs.pop("implementation", 2)
        super().__init__(**kwargs)
        self._nw_common(units, activation, recurrent_activation, use_bias, {"kernel_initializer": kernel_initializer, "recurrent_initializer": recurrent_initializer, "bias_initializer": bias_initializer, "kernel_regularizer": kernel_regularizer, "recurrent_regularizer": recurrent_regularizer, "bias_regularizer": bias_regularizer, "kernel_constraint": kernel_constraint, "recurrent_constraint": recurrent_constraint, "bias_constraint": bias_constraint, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed})
        self.implementation = implementation
        self.reset_after = reset_after
        self._nw_given["reset_after"] = reset_after
        self.state_size = self.units

    def build(self, input_shape):
        self._nw_weights(input_shape[-1], 3)
        self.bias = self.add_weight(shape=(2, 3 * self.units) if self.reset_after else (3 * self.units,), name="bias", initializer=self.bias_initializer, regularizer=self.bias_regularizer,
                                    constraint=self.bias_constraint) if self.use_bias else None
        self.built = True

    def call(self, inputs, states, training=False) -> Any:
        made, after = self._nw_step(inputs, states, 1)
        return made, after if isinstance(states, (list, tuple)) else after[0]


def _copy(cell):
    return type(cell).from_config(cell.get_config())


class StackedRNNCells(Layer):
    def __init__(self, cells, **kwargs):
        super().__init__(**kwargs)
        for cell in cells:
            check(hasattr(cell, "call"), "All cells must have a `call` method.", ValueError)
            check(hasattr(cell, "state_size"), "All cells must have a `state_size` attribute.", ValueError)
        self.cells = cells

    def get_config(self):
        return {**super().get_config(), "cells": [_copy(cell) for cell in self.cells]}

    @property
    def state_size(self):
        return [cell.state_size for cell in self.cells]

    @property
    def output_size(self):
        last = self.cells[-1]
        if getattr(last, "output_size", None) is not None:
            return last.output_size
        return last.state_size[0] if isinstance(last.state_size, (list, tuple)) else last.state_size

    def get_initial_state(self, batch_size=None):
        from keras.src.ops.numpy import zeros
        states = []
        for cell in self.cells:
            if getattr(cell, "get_initial_state", None):
                states.append(cell.get_initial_state(batch_size=batch_size))
            elif isinstance(cell.state_size, int):
                states.append(zeros((batch_size, cell.state_size), dtype=self.compute_dtype))
            else:
                states.append([zeros((batch_size, size), dtype=self.compute_dtype) for size in cell.state_size])
        return states

    def build(self, input_shape):
        for cell in self.cells:
            if not cell.built:
                cell.build(input_shape)
                cell.built = True
            if getattr(cell, "output_size", None) is not None:
                size = cell.output_size
            else:
                size = cell.state_size[0] if isinstance(cell.state_size, (list, tuple)) else cell.state_size
            input_shape = (input_shape[0], size)

    def call(self, inputs, states, training=False, **kwargs):
        new_states = []
        for cell, own in zip(self.cells, states):
            is_list = isinstance(own, (list, tuple))
            own = list(own) if is_list else [own]
            if cell._call_has_training_arg:
                kwargs["training"] = training
            inputs, own = cell(inputs, own, **kwargs)
            new_states.append(own[0] if len(own) == 1 and not is_list else own)
        return inputs, new_states[0] if len(new_states) == 1 else new_states


class _Recurrent(Layer):
    """What all layers around a cell have in common."""

    def _nw_around(self, cell, return_sequences, return_state, go_backwards, stateful, unroll, zero_output_for_mask):
        self.zero_output_for_mask = zero_output_for_mask
        self.cell = cell
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.go_backwards = go_backwards
        self.stateful = stateful
        self.unroll = unroll
        self.supports_masking = True
        self.input_spec = None
        self.states = None
        size = getattr(cell, "state_size", None)
        if size is None:
            raise ValueError("state_size must be specified as property on the RNN cell.")
        self.single_state = isinstance(size, int)
        self.state_size = [size] if isinstance(size, int) else list(size)

    def compute_mask(self, sequences, mask):
        mask = tree.flatten(mask)[0]
        first = mask if self.return_sequences else None
        return [first] + [None for one in self.state_size] if self.return_state else first

    def build(self, sequences_shape, initial_state_shape=None):
        if not self.cell.built:
            self.cell.build((sequences_shape[0],) + tuple(sequences_shape[2:]))
            self.cell.built = True
        if self.stateful and self.states is None:
            if sequences_shape[0] is None:
                raise ValueError("When using `stateful=True` in a RNN, the batch size must be static.")
            with state.name_scope(self.name, caller=self):
                states = [Variable("zeros", shape=(sequences_shape[0], size), trainable=False, dtype=self.variable_dtype, name="rnn_state") for size in self.state_size]
            object.__setattr__(self, "states", states)

    def get_initial_state(self, batch_size):
        made = self.cell.get_initial_state(batch_size=batch_size) if hasattr(self.cell, "get_initial_state") else None
        if made is None:
            from keras.src.ops.numpy import zeros
            return [zeros((batch_size, size), dtype=self.cell.compute_dtype) for size in self.state_size]
        return list(made) if isinstance(made, (list, tuple)) else [made]

    def _nw_zeros(self):
        """What was given beside the parameters of the constructor."""
        return {"zero_output_for_mask": True} if self.zero_output_for_mask else {}

    def reset_state(self):
        pass

    reset_states = reset_state

    def _nw_result(self, sequences):
        check(len(sequences.shape) == 3, "The layer expects sequences.", ValueError)
        check(sequences.shape[-1] == self.cell.kernel.shape[0], "The inputs do not have the size of the kernel.", ValueError)
        batch, units = sequences.shape[0], self.cell.units
        output = rules.like(sequences, (batch, sequences.shape[1], units) if self.return_sequences else (batch, units))
        if not self.return_state:
            return output
        return tuple([output] + [rules.like(sequences, (batch, size)) for size in self.state_size])


class RNN(_Recurrent):
    """A cell of the program's own, step by step."""

    def __init__(self, cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, zero_output_for_mask=False, **kwargs):
        if isinstance(cell, (list, tuple)):
            cell = StackedRNNCells(cell)
        if not hasattr(cell, "call"):
            raise ValueError("Argument `cell` should have a `call` method.")
        if not hasattr(cell, "state_size"):
            raise ValueError("The RNN cell should have a `state_size` attribute.")
        super().__init__(**kwargs)
        self._nw_around(cell, return_sequences, return_state, go_backwards, stateful, unroll, zero_output_for_mask)

    def get_config(self):
        return {**super().get_config(), "cell": _copy(self.cell), "return_sequences": self.return_sequences, "return_state": self.return_state,
                "go_backwards": self.go_backwards, "stateful": self.stateful, "unroll": self.unroll, "zero_output_for_mask": self.zero_output_for_mask}

    def call(self, sequences, initial_state=None, mask=None, training=False):
        from keras.src.ops.numpy import stack
        mask = tree.flatten(mask)[0]
        if initial_state is None:
            initial_state = self.states if self.stateful else self.get_initial_state(batch_size=sequences.shape[0])
        if not isinstance(initial_state, (list, tuple)):
            initial_state = [initial_state]
        states = list(initial_state)
        count = sequences.shape[1]
        if not known(count):
            return self._nw_form(sequences)
        kwargs = {"training": training} if self.cell._call_has_training_arg else {}
        outputs = []
        order = list(range(count))
        for i in reversed(order) if self.go_backwards else order:
            output, after = self.cell(sequences[:, i], states, **kwargs)
            after = list(after) if isinstance(after, (list, tuple)) else [after]
            if mask is not None:
                output, after = self._nw_kept(mask[:, i], output, after, outputs, states)
            states = after
            outputs.append(output)
        result = stack(outputs, axis=1) if self.return_sequences else outputs[-1]
        return tuple([result] + list(states)) if self.return_state else result

    def _nw_kept(self, mask, output, after, outputs, states):
        """A place that does not count leaves everything as it was."""
        from keras.src.ops.numpy import expand_dims, where, zeros_like
        keep = expand_dims(mask, -1)
        before = zeros_like(output) if not outputs or self.zero_output_for_mask else outputs[-1]
        return where(keep, output, before), self._nw_where(keep, after, states)

    def _nw_where(self, keep, new, old):
        from keras.src.ops.numpy import where
        if isinstance(new, (list, tuple)):
            return [self._nw_where(keep, a, b) for a, b in zip(new, old)]
        return where(keep, new, old)

    def _nw_form(self, sequences):
        size = getattr(self.cell, "output_size", None)
        if size is None:
            size = self.state_size[0]
        batch = sequences.shape[0]
        output = rules.like(sequences, (batch, sequences.shape[1], size) if self.return_sequences else (batch, size))
        if not self.return_state:
            return output
        return tuple([output] + [rules.like(sequences, (batch, one)) for one in self.state_size])



@layer(pivot="recurrent(sequences[n, l, i], state=initial_state, kind=cell.activation.__name__, kernels=[cell.kernel[i, o]], recurrent_kernels=[cell.recurrent_kernel[i, o]], biases=[cell.bias[o]], recurrent_biases=None, layers=1, directions='backward' if go_backwards else 'forward', dropout=cell.dropout, batch_first=True, returns='sequence' if return_sequences else 'last', with_state=return_state) if mask is None and not stateful and cell.activation.__name__ in ('tanh', 'relu') else None", effects="rng")
class SimpleRNN(_Recurrent):
    def __init__(self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, seed=None, **kwargs):
        kwargs.pop("implementation", None)
        kwargs.pop("time_major", None)
        zero = kwargs.pop("zero_output_for_mask", False)
        given = {"units": units, "activation": activation, "use_bias": use_bias, "kernel_initializer": kernel_initializer, "recurrent_initializer": recurrent_initializer, "bias_initializer": bias_initializer, "kernel_regularizer": kernel_regularizer, "recurrent_regularizer": recurrent_regularizer, "bias_regularizer": bias_regularizer, "kernel_constraint": kernel_constraint, "recurrent_constraint": recurrent_constraint, "bias_constraint": bias_constraint, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed}
        cell = SimpleRNNCell(**given, dtype=kwargs.get("dtype", None), trainable=kwargs.get("trainable", True), name="simple_rnn_cell")
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._nw_around(cell, return_sequences, return_state, go_backwards, stateful, unroll, zero)
        self.input_spec = InputSpec(ndim=3)
        object.__setattr__(self, "_nw_given", given)

    def call(self, sequences, initial_state=None, mask=None, training=False) -> Any:
        return self._nw_result(sequences)

    def get_config(self):
        return {**self._nw_given, "return_sequences": self.return_sequences, "return_state": self.return_state, "go_backwards": self.go_backwards,
                "stateful": self.stateful, "unroll": self.unroll, "name": self.name, "trainable": self.trainable, "dtype": self._dtype_policy, **self._nw_zeros()}

    @property
    def units(self):
        return self.cell.units

    @property
    def activation(self):
        return self.cell.activation

    @property
    def use_bias(self):
        return self.cell.use_bias

    @property
    def dropout(self):
        return self.cell.dropout

    @property
    def recurrent_dropout(self):
        return self.cell.recurrent_dropout


@layer(pivot="recurrent(sequences[n, l, i], state=initial_state, kind='lstm', kernels=[gates(cell.kernel[i, o], o, order='ifgo')], recurrent_kernels=[gates(cell.recurrent_kernel[i, o], o, order='ifgo')], biases=[gates(cell.bias[o], o, order='ifgo')], recurrent_biases=None, layers=1, directions='backward' if go_backwards else 'forward', dropout=cell.dropout, batch_first=True, returns='sequence' if return_sequences else 'last', with_state=return_state) if mask is None and not stateful and cell.activation.__name__ == 'tanh' and cell.recurrent_activation.__name__ == 'sigmoid' else None", effects="rng")
class LSTM(_Recurrent):
    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, use_cudnn="auto", **kwargs):
        kwargs.pop("implementation", None)
        kwargs.pop("time_major", None)
        zero = kwargs.pop("zero_output_for_mask", False)
        given = {"units": units, "activation": activation, "recurrent_activation": recurrent_activation, "use_bias": use_bias, "kernel_initializer": kernel_initializer, "recurrent_initializer": recurrent_initializer, "bias_initializer": bias_initializer, "unit_forget_bias": unit_forget_bias, "kernel_regularizer": kernel_regularizer, "recurrent_regularizer": recurrent_regularizer, "bias_regularizer": bias_regularizer, "kernel_constraint": kernel_constraint, "recurrent_constraint": recurrent_constraint, "bias_constraint": bias_constraint, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed}
        cell = LSTMCell(**given, dtype=kwargs.get("dtype", None), trainable=kwargs.get("trainable", True), name="lstm_cell")
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._nw_around(cell, return_sequences, return_state, go_backwards, stateful, unroll, zero)
        self.input_spec = InputSpec(ndim=3)
        object.__setattr__(self, "_nw_given", given)

    def call(self, sequences, initial_state=None, mask=None, training=False) -> Any:
        return self._nw_result(sequences)

    def get_config(self):
        return {**self._nw_given, "return_sequences": self.return_sequences, "return_state": self.return_state, "go_backwards": self.go_backwards,
                "stateful": self.stateful, "unroll": self.unroll, "name": self.name, "trainable": self.trainable, "dtype": self._dtype_policy, **self._nw_zeros()}

    @property
    def units(self):
        return self.cell.units

    @property
    def activation(self):
        return self.cell.activation

    @property
    def use_bias(self):
        return self.cell.use_bias

    @property
    def dropout(self):
        return self.cell.dropout

    @property
    def recurrent_dropout(self):
        return self.cell.recurrent_dropout


@layer(pivot="recurrent(sequences[n, l, i], state=initial_state, kind='gru', reset='after', kernels=[gates(cell.kernel[i, o], o, order='zrn')], recurrent_kernels=[gates(cell.recurrent_kernel[i, o], o, order='zrn')], biases=[gates(cell.bias[k, o], o, order='zrn')], recurrent_biases=None, layers=1, directions='backward' if go_backwards else 'forward', dropout=cell.dropout, batch_first=True, returns='sequence' if return_sequences else 'last', with_state=return_state) if mask is None and not stateful and cell.reset_after and cell.activation.__name__ == 'tanh' and cell.recurrent_activation.__name__ == 'sigmoid' else None", effects="rng")
class GRU(_Recurrent):
    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, reset_after=True, use_cudnn="auto", **kwargs):
        kwargs.pop("implementation", None)
        kwargs.pop("time_major", None)
        zero = kwargs.pop("zero_output_for_mask", False)
        given = {"units": units, "activation": activation, "recurrent_activation": recurrent_activation, "use_bias": use_bias, "kernel_initializer": kernel_initializer, "recurrent_initializer": recurrent_initializer, "bias_initializer": bias_initializer, "kernel_regularizer": kernel_regularizer, "recurrent_regularizer": recurrent_regularizer, "bias_regularizer": bias_regularizer, "kernel_constraint": kernel_constraint, "recurrent_constraint": recurrent_constraint, "bias_constraint": bias_constraint, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed, "reset_after": reset_after}
        cell = GRUCell(**given, dtype=kwargs.get("dtype", None), trainable=kwargs.get("trainable", True), name="gru_cell")
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._nw_around(cell, return_sequences, return_state, go_backwards, stateful, unroll, zero)
        self.input_spec = InputSpec(ndim=3)
        object.__setattr__(self, "_nw_given", given)

    def call(self, sequences, initial_state=None, mask=None, training=False) -> Any:
        return self._nw_result(sequences)

    def get_config(self):
        return {**self._nw_given, "return_sequences": self.return_sequences, "return_state": self.return_state, "go_backwards": self.go_backwards,
                "stateful": self.stateful, "unroll": self.unroll, "name": self.name, "trainable": self.trainable, "dtype": self._dtype_policy, **self._nw_zeros()}

    @property
    def units(self):
        return self.cell.units

    @property
    def activation(self):
        return self.cell.activation

    @property
    def use_bias(self):
        return self.cell.use_bias

    @property
    def dropout(self):
        return self.cell.dropout

    @property
    def recurrent_dropout(self):
        return self.cell.recurrent_dropout


class Bidirectional(Layer):
    def __init__(self, layer, merge_mode="concat", weights=None, backward_layer=None, **kwargs):
        if not isinstance(layer, Layer):
            raise ValueError("Please initialize `Bidirectional` layer with a `keras.layers.Layer` instance.")
        if backward_layer is not None and not isinstance(backward_layer, Layer):
            raise ValueError("`backward_layer` need to be a `keras.layers.Layer` instance.")
        if merge_mode not in ("sum", "mul", "ave", "concat", None):
            raise ValueError("Invalid merge mode.")
        super().__init__(**kwargs)
        self.forward_layer = _again(layer, "forward_", {})
        self.backward_layer = _again(layer, "backward_", {"go_backwards": True}) if backward_layer is None else backward_layer
        if self.forward_layer.go_backwards == self.backward_layer.go_backwards:
            raise ValueError("Forward layer and backward layer should have different `go_backwards` value.")
        self.merge_mode = merge_mode
        self.stateful = layer.stateful
        self.return_sequences = layer.return_sequences
        self.return_state = layer.return_state
        for one in (self.forward_layer, self.backward_layer):
            if getattr(one, "zero_output_for_mask", None) is not None:
                one.zero_output_for_mask = one.return_sequences
        self.supports_masking = True
        self.input_spec = layer.input_spec

    def build(self, sequences_shape, initial_state_shape=None):
        if not self.forward_layer.built:
            self.forward_layer.build(sequences_shape)
        if not self.backward_layer.built:
            self.backward_layer.build(sequences_shape)
        self.built = True

    def compute_mask(self, sequences, mask):
        mask = tree.flatten(mask)[0]
        first = (mask if self.merge_mode else [mask, mask]) if self.return_sequences else (None if self.merge_mode else [None, None])
        return first

    def call(self, sequences, initial_state=None, mask=None, training=None):
        from keras.src.ops import numpy
        kwargs = {}
        if self.forward_layer._call_has_training_arg:
            kwargs["training"] = training
        if self.forward_layer._call_has_mask_arg:
            kwargs["mask"] = mask
        if initial_state is not None:
            half = len(initial_state) // 2
            y = self.forward_layer(sequences, initial_state=initial_state[:half], **kwargs)
            y_rev = self.backward_layer(sequences, initial_state=initial_state[half:], **kwargs)
        else:
            y = self.forward_layer(sequences, **kwargs)
            y_rev = self.backward_layer(sequences, **kwargs)
        states = None
        if self.return_state:
            states = tuple(list(y[1:]) + list(y_rev[1:]))
            y, y_rev = y[0], y_rev[0]
        if self.return_sequences:
            y_rev = numpy.flip(y_rev, axis=1)
        if self.merge_mode == "concat":
            output = numpy.concatenate([y, y_rev], axis=-1)
        elif self.merge_mode == "sum":
            output = y + y_rev
        elif self.merge_mode == "ave":
            output = (y + y_rev) / 2
        elif self.merge_mode == "mul":
            output = y * y_rev
        else:
            output = (y, y_rev)
        if self.return_state:
            return tuple(list(output) + list(states)) if self.merge_mode is None else tuple([output] + list(states))
        return output


def _again(layer, prefix, changes):
    """Another layer of the same configuration."""
    config = dict(layer.get_config())
    name = layer.name
    config["name"] = prefix + (name[len(prefix):] if name.startswith(prefix) else name)
    for key in changes:
        config[key] = changes[key]
    return type(layer).from_config(config)


class TimeDistributed(Wrapper):
    def __init__(self, layer, **kwargs):
        if not isinstance(layer, Layer):
            raise ValueError("Please initialize `TimeDistributed` layer with a `keras.layers.Layer` instance.")
        super().__init__(layer, **kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        if not isinstance(input_shape, (tuple, list)) or len(input_shape) < 3:
            raise ValueError("`TimeDistributed` Layer should be passed an `input_shape` with at least 3 dimensions.")
        super().build((input_shape[0],) + tuple(input_shape[2:]))

    def call(self, inputs, training=None, mask=None):
        from keras.src.ops import numpy
        count = inputs.shape[1]
        kwargs = {"training": training} if self.layer._call_has_training_arg else {}
        if not known(count):  # one step stands for all of them
            made = self.layer.call(inputs[:, 0], **kwargs)
            return _nw.tensor((made.shape[0], count) + tuple(made.shape[1:]), made.dtype)
        parts = [self.layer.call(inputs[:, i], **kwargs) for i in range(count)]
        return numpy.stack(parts, axis=1)


class ConvLSTM(_Recurrent):
    def get_config(self):
        return {**self._nw_given, "name": self.name, "trainable": self.trainable, "dtype": self._dtype_policy}



@layer(effects="rng")
class ConvLSTM1D(ConvLSTM):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh", recurrent_activation="sigmoid",
                 use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True,
                 kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False,
                 go_backwards=False, stateful=False, **kwargs):
        cell = _ConvLSTMCell(1, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, use_bias, seed, kwargs)
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._nw_around(cell, return_sequences, return_state, go_backwards, stateful, False, False)
        self.input_spec = InputSpec(ndim=4)
        object.__setattr__(self, "_nw_given", {"filters": filters, "kernel_size": kernel_size, "strides": strides, "padding": padding, "data_format": data_format, "dilation_rate": dilation_rate, "activation": activation, "recurrent_activation": recurrent_activation, "use_bias": use_bias, "unit_forget_bias": unit_forget_bias, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed, "return_sequences": return_sequences, "return_state": return_state, "go_backwards": go_backwards, "stateful": stateful})

    def call(self, sequences, initial_state=None, mask=None, training=False) -> Any:
        cell = self.cell
        shape = (sequences.shape[0],) + tuple(sequences.shape[2:])
        sizes = rules.windows(shape, cell.kernel_size, cell.strides, cell.dilation_rate, cell.padding, cell.data_format)
        one = rules.arranged(shape[0], sizes, cell.filters, cell.data_format)
        output = rules.like(sequences, (one[0], sequences.shape[1]) + tuple(one[1:]) if self.return_sequences else one)
        return (output, rules.like(sequences, one), rules.like(sequences, one)) if self.return_state else output


@layer(effects="rng")
class ConvLSTM2D(ConvLSTM):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh", recurrent_activation="sigmoid",
                 use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True,
                 kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False,
                 go_backwards=False, stateful=False, **kwargs):
        cell = _ConvLSTMCell(2, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, use_bias, seed, kwargs)
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._nw_around(cell, return_sequences, return_state, go_backwards, stateful, False, False)
        self.input_spec = InputSpec(ndim=5)
        object.__setattr__(self, "_nw_given", {"filters": filters, "kernel_size": kernel_size, "strides": strides, "padding": padding, "data_format": data_format, "dilation_rate": dilation_rate, "activation": activation, "recurrent_activation": recurrent_activation, "use_bias": use_bias, "unit_forget_bias": unit_forget_bias, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed, "return_sequences": return_sequences, "return_state": return_state, "go_backwards": go_backwards, "stateful": stateful})

    def call(self, sequences, initial_state=None, mask=None, training=False) -> Any:
        cell = self.cell
        shape = (sequences.shape[0],) + tuple(sequences.shape[2:])
        sizes = rules.windows(shape, cell.kernel_size, cell.strides, cell.dilation_rate, cell.padding, cell.data_format)
        one = rules.arranged(shape[0], sizes, cell.filters, cell.data_format)
        output = rules.like(sequences, (one[0], sequences.shape[1]) + tuple(one[1:]) if self.return_sequences else one)
        return (output, rules.like(sequences, one), rules.like(sequences, one)) if self.return_state else output


@layer(effects="rng")
class ConvLSTM3D(ConvLSTM):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh", recurrent_activation="sigmoid",
                 use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True,
                 kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False,
                 go_backwards=False, stateful=False, **kwargs):
        cell = _ConvLSTMCell(3, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, use_bias, seed, kwargs)
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self._nw_around(cell, return_sequences, return_state, go_backwards, stateful, False, False)
        self.input_spec = InputSpec(ndim=6)
        object.__setattr__(self, "_nw_given", {"filters": filters, "kernel_size": kernel_size, "strides": strides, "padding": padding, "data_format": data_format, "dilation_rate": dilation_rate, "activation": activation, "recurrent_activation": recurrent_activation, "use_bias": use_bias, "unit_forget_bias": unit_forget_bias, "dropout": dropout, "recurrent_dropout": recurrent_dropout, "seed": seed, "return_sequences": return_sequences, "return_state": return_state, "go_backwards": go_backwards, "stateful": stateful})

    def call(self, sequences, initial_state=None, mask=None, training=False) -> Any:
        cell = self.cell
        shape = (sequences.shape[0],) + tuple(sequences.shape[2:])
        sizes = rules.windows(shape, cell.kernel_size, cell.strides, cell.dilation_rate, cell.padding, cell.data_format)
        one = rules.arranged(shape[0], sizes, cell.filters, cell.data_format)
        output = rules.like(sequences, (one[0], sequences.shape[1]) + tuple(one[1:]) if self.return_sequences else one)
        return (output, rules.like(sequences, one), rules.like(sequences, one)) if self.return_state else output


@layer
class _ConvLSTMCell(Layer):
    def __init__(self, rank, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, use_bias, seed, around):
        super().__init__(dtype=around.get("dtype", None), name="conv_lstm_cell")
        self.seed_generator = SeedGenerator(seed=seed)
        self.filters = filters
        self.kernel_size = rules.numbers(kernel_size, rank)
        self.strides = rules.numbers(strides, rank)
        self.padding = padding.lower()
        self.data_format = state.data_format(data_format)
        self.dilation_rate = rules.numbers(dilation_rate, rank)
        self.activation = activations.get(activation)
        self.recurrent_activation = activations.get(recurrent_activation)
        self.use_bias = use_bias
        self.state_size = [filters, filters]

    def build(self, input_shape):
        size = rules.channels(input_shape, self.data_format)
        self.kernel = self.add_weight(shape=self.kernel_size + (size, self.filters * 4), name="kernel")
        self.recurrent_kernel = self.add_weight(shape=self.kernel_size + (self.filters, self.filters * 4), name="recurrent_kernel")
        self.bias = self.add_weight(shape=(self.filters * 4,), name="bias") if self.use_bias else None

    def call(self, inputs, states, training=False) -> Any:
        return _nw.unknown("one step of a convolutional LSTM")
