"""Dense layers, embeddings and what has no weights of its own."""
from __future__ import annotations

import _nw
from _nw import check, known, layer, op
from keras.src import activations, constraints, dtypes, initializers, regularizers, rules, symbolic, tree
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer

__public__ = "keras.layers"


@layer(pivot="apply(activation, linear(inputs[..., i], kernel=kernel[i, o], bias=bias[o]))", after="activation")
class Dense(Layer):
    def __init__(self, units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None,
                 quantization_config=None, **kwargs):
        if not isinstance(units, int) or units <= 0:
            raise ValueError("Received an invalid value for `units`, expected a positive integer. Received: units=" + str(units))
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.units = units
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.lora_rank = lora_rank
        if lora_rank is not None:
            _nw.unknown("a layer with lora")
        self.input_spec = InputSpec(min_ndim=2)
        self.supports_masking = True

    def build(self, input_shape):
        size = input_shape[-1]
        if size is None:
            raise ValueError("The last dimension of the inputs to a Dense layer should be defined.")
        self.kernel = self.add_weight(name="kernel", shape=(size, self.units), initializer=self.kernel_initializer, regularizer=self.kernel_regularizer,
                                       constraint=self.kernel_constraint)
        self.bias = self.add_weight(name="bias", shape=(self.units,), initializer=self.bias_initializer, regularizer=self.bias_regularizer,
                                    constraint=self.bias_constraint) if self.use_bias else None
        self.input_spec = InputSpec(min_ndim=2, axes={-1: size})
        self.built = True

    def call(self, inputs, training=None) -> Tensor:
        check(inputs.shape[-1] == self.kernel.shape[0], "expected another size of the last axis", ValueError)
        made = _nw.tensor(tuple(inputs.shape[:-1]) + (self.units,), rules.result_dtype(inputs, self.kernel))
        return _nw.activated(self.activation, made)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation, "use_bias": self.use_bias,
                "kernel_initializer": self.kernel_initializer, "bias_initializer": self.bias_initializer}


@layer(pivot="apply(activation, add(einsum(equation, inputs, kernel), bias)) if bias is not None else apply(activation, einsum(equation, inputs, kernel))", after="activation")
class EinsumDense(Layer):
    def __init__(self, equation, output_shape, activation=None, bias_axes=None, kernel_initializer="glorot_uniform", bias_initializer="zeros",
                 kernel_regularizer=None, bias_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None,
                 gptq_unpacked_column_size=None, quantization_config=None, **kwargs):
        super().__init__(**kwargs)
        self.equation = equation
        self.partial_output_shape = (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self.bias_axes = bias_axes
        self.activation = activations.get(activation)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)

    def build(self, input_shape):
        kernel, bias, full = _einsum_shapes(self.equation, self.bias_axes, list(input_shape), self.partial_output_shape)
        self.full_output_shape = tuple(full)
        self.kernel = self.add_weight(name="kernel", shape=tuple(kernel), initializer=self.kernel_initializer)
        self.bias = self.add_weight(name="bias", shape=tuple(bias), initializer=self.bias_initializer) if bias is not None else None
        self.built = True

    def call(self, inputs, training=None) -> Tensor:
        shape = rules.einsum_shape(self.equation, [inputs.shape, self.kernel.shape])
        return _nw.activated(self.activation, _nw.tensor(shape, rules.result_dtype(inputs, self.kernel)))


def _einsum_shapes(equation, bias_axes, input_shape, output_shape):
    """Shapes of the kernel and the bias, and of the result, from an equation with `...` on one side at most."""
    text = equation.replace(" ", "")
    left, out = text.split("->")
    given, weight = left.split(",")
    sizes = {}
    front = given.startswith("...") or out.startswith("...")
    back = given.endswith("...") or out.endswith("...")
    plain_in, plain_out = given.replace("...", ""), out.replace("...", "")
    extra = len(input_shape) - len(plain_in)
    if not front and not back and extra:
        raise ValueError("The rank of the input does not fit the equation.")
    elided = input_shape[:extra] if front else input_shape[len(plain_in):]
    named = input_shape[extra:] if front else input_shape[:len(plain_in)]
    for letter, size in zip(plain_in, named):
        sizes[letter] = size
    wanted = list(output_shape)
    if len(wanted) == len(plain_out) - 1:
        letters = plain_out[1:]
    elif len(wanted) == len(plain_out):
        letters = plain_out
    else:
        letters = plain_out[len(plain_out) - len(wanted):]
        if front or back:
            letters = plain_out[-len(wanted):]
    for letter, size in zip(letters, wanted):
        if letter in sizes and sizes[letter] is not None and size is not None and size != sizes[letter]:
            raise ValueError("Input shape and output shape do not match at shared dimension.")
        if size is not None or letter not in sizes:
            sizes[letter] = size
    for letter in weight:
        if letter not in sizes:
            raise ValueError("Weight dimension did not have a match in either the input or the output.")
    kernel = [sizes[letter] for letter in weight]
    bias = None
    if bias_axes is not None:
        positions = {}
        for i in range(len(plain_out)):
            positions[plain_out[i]] = i
        first = len(plain_out)
        for letter in bias_axes:
            if letter not in positions:
                raise ValueError("Bias dimension was requested, but is not part of the output.")
            first = min(first, positions[letter])
        bias = [sizes[letter] if letter in bias_axes else 1 for letter in plain_out[first:]]
    result = [sizes[letter] for letter in plain_out]
    return kernel, bias, (list(elided) + result if front else result + list(elided))


@layer(pivot="embedding(inputs, table=embeddings[v, d])")
class Embedding(Layer):
    def __init__(self, input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False,
                 weights=None, lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs):
        kwargs.pop("input_length", None)
        super().__init__(**kwargs)
        self.input_dim = input_dim
        self.output_dim = output_dim
        self.embeddings_initializer = initializers.get(embeddings_initializer)
        self.embeddings_regularizer = regularizers.get(embeddings_regularizer)
        self.embeddings_constraint = constraints.get(embeddings_constraint)
        self.mask_zero = mask_zero
        self.supports_masking = mask_zero
        self.autocast = False
        if weights is not None:
            self.build()

    def build(self, input_shape=None):
        if self.built:
            return
        self.embeddings = self.add_weight(shape=(self.input_dim, self.output_dim), initializer=self.embeddings_initializer, name="embeddings",
                                           regularizer=self.embeddings_regularizer, constraint=self.embeddings_constraint)
        self.built = True

    def compute_mask(self, inputs, mask=None):
        if not self.mask_zero:
            return None
        from keras.src.ops.numpy import not_equal
        return not_equal(inputs, 0)

    def call(self, inputs) -> Tensor:
        return _nw.tensor(tuple(inputs.shape) + (self.output_dim,), self.compute_dtype)


@layer(pivot="embedding(inputs, table=embeddings[v, d]) if not reverse else matmul(inputs, transpose(embeddings)) if tie_weights and logit_soft_cap is None else matmul(inputs, reverse_embeddings) if logit_soft_cap is None else multiply(tanh(divide(matmul(inputs, transpose(embeddings) if tie_weights else reverse_embeddings), logit_soft_cap)), logit_soft_cap)")
class ReversibleEmbedding(Embedding):
    def __init__(self, input_dim, output_dim, tie_weights=True, embeddings_initializer="uniform", embeddings_regularizer=None, embeddings_constraint=None,
                 mask_zero=False, reverse_dtype=None, logit_soft_cap=None, **kwargs):
        super().__init__(input_dim, output_dim, embeddings_initializer=embeddings_initializer, embeddings_regularizer=embeddings_regularizer,
                         embeddings_constraint=embeddings_constraint, mask_zero=mask_zero, **kwargs)
        self.tie_weights = tie_weights
        self.reverse_dtype = reverse_dtype
        self.logit_soft_cap = logit_soft_cap

    def build(self, input_shape=None):
        super().build(input_shape)
        if not self.tie_weights:
            self.reverse_embeddings = self.add_weight(shape=(self.output_dim, self.input_dim), initializer=self.embeddings_initializer, name="reverse_embeddings")

    def call(self, inputs, reverse=False) -> Tensor:
        if not reverse:
            return _nw.tensor(tuple(inputs.shape) + (self.output_dim,), self.compute_dtype)
        if self.mask_zero or (self.reverse_dtype is not None and self.reverse_dtype != self.compute_dtype):
            return _nw.unknown("a reversed embedding with masks or in another element type")
        return _nw.tensor(tuple(inputs.shape[:-1]) + (self.input_dim,), rules.result_dtype(inputs, self.embeddings))


@layer(pivot="identity(inputs)")
class Identity(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs) -> Any:
        return inputs


class Lambda(Layer):
    """A function of the program: what it calls are the nodes."""

    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.arguments = arguments or {}
        self.function = function
        self.mask = mask
        self.supports_masking = mask is not None
        self._output_shape = output_shape
        self._already_warned = False
        if callable(function):
            self._nw_takes = [parameter[0] for parameter in _nw.parameters(function)]

    def compute_output_shape(self, input_shape):
        if self._output_shape is None:
            return super().compute_output_shape(input_shape)
        if callable(self._output_shape):
            return self._output_shape(input_shape)
        batch = input_shape[0] if isinstance(input_shape, tuple) else input_shape[0][0]
        return (batch,) + tuple(self._output_shape)

    def call(self, inputs, mask=None, training=None):
        kwargs = dict(self.arguments)
        if "mask" in self._nw_takes:
            kwargs["mask"] = mask
        if "training" in self._nw_takes:
            kwargs["training"] = training
        return self.function(inputs, **kwargs)

    def compute_mask(self, inputs, mask=None):
        return self.mask(inputs, mask) if callable(self.mask) else self.mask


@layer(pivot="where(reduce_any(not_equal(inputs, mask_value), axes=-1, keepdims=True), inputs, 0.0)")
class Masking(Layer):
    def __init__(self, mask_value=0.0, **kwargs):
        super().__init__(**kwargs)
        self.mask_value = mask_value
        self.supports_masking = True
        self._nw_ready()

    def compute_mask(self, inputs, mask=None):
        from keras.src.ops import numpy
        return numpy.any(numpy.not_equal(inputs, self.mask_value), axis=-1)

    def call(self, inputs) -> Tensor:
        return rules.like(inputs)


class Wrapper(Layer):
    def __init__(self, layer, **kwargs):
        check(isinstance(layer, Layer), "Layer supplied to Wrapper isn't a supported layer type.", ValueError)
        super().__init__(**kwargs)
        self.layer = layer

    def build(self, input_shape=None):
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True
        self.built = True
