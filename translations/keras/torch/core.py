"""Dense layers, embeddings, activations as layers, and layers that only pass values on."""

import functools

import torch
import torch.nn.functional as F
from torch import nn


@adapter("netwright.activation_function")
def activation_function(identifier):
    """The function of an activation that is given by name."""
    if identifier is None or identifier == "linear":
        return lambda x: x
    if callable(identifier):
        return identifier
    functions = {
        "leaky_relu": functools.partial(F.leaky_relu, negative_slope=0.2), "softmax": functools.partial(F.softmax, dim=-1),
        "log_softmax": functools.partial(F.log_softmax, dim=-1), "glu": functools.partial(F.glu, dim=-1), "exponential": torch.exp,
        "hard_sigmoid": F.hardsigmoid, "hard_silu": F.hardswish, "hard_swish": F.hardswish, "hard_tanh": F.hardtanh,
        "hard_shrink": F.hardshrink, "log_sigmoid": F.logsigmoid, "soft_shrink": F.softshrink, "swish": F.silu, "tanh_shrink": F.tanhshrink,
        "squareplus": lambda x: (x + torch.sqrt(x * x + 4)) / 2,
        "sparse_plus": lambda x: torch.where(x <= -1, torch.zeros_like(x), torch.where(x < 1, (x + 1) ** 2 / 4, x)),
        "sparse_sigmoid": lambda x: torch.clamp((x + 1) / 2, 0, 1), "sigmoid": torch.sigmoid, "tanh": torch.tanh,
    }
    return functions[identifier] if identifier in functions else getattr(F, identifier)


@adapter("keras.layers.Dense")
class Dense(Layer):
    """A linear map of the last axis; the weight is [units, inputs]."""

    def __init__(self, units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
                 kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None,
                 lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.units = units
        self.activation = activation_function(activation)
        self.use_bias = use_bias
        self.kernel_initializer = kernel_initializer
        self.bias_initializer = bias_initializer

    def build(self, input_shape):
        self.weight = self.add_weight((self.units, input_shape[-1]), self.kernel_initializer)
        self.bias = self.add_weight((self.units,), self.bias_initializer) if self.use_bias else None
        self.built = True

    @property
    def kernel(self):
        return self.weight.T

    def call(self, inputs, training=None):
        return self.activation(F.linear(inputs, self.weight, self.bias))


@adapter("keras.layers.EinsumDense")
class EinsumDense(Layer):
    """An einsum of the input and a kernel."""

    def __init__(self, equation, output_shape, activation=None, bias_axes=None, kernel_initializer="glorot_uniform", bias_initializer="zeros",
                 kernel_regularizer=None, bias_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None,
                 gptq_unpacked_column_size=None, quantization_config=None, **kwargs):
        super().__init__(**kwargs)
        self.equation = equation.replace(" ", "")
        self.partial_output_shape = (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self.activation = activation_function(activation)
        self.bias_axes = bias_axes
        self.kernel_initializer = kernel_initializer
        self.bias_initializer = bias_initializer

    def build(self, input_shape):
        left, result = self.equation.split("->")
        left, weight = left.split(",")
        given = list(input_shape)
        count = len(given) - len(left.replace("...", ""))
        first = given[:len(given) - len(left.split("...")[-1])] if "..." in left else given
        sizes = dict(zip(left.split("...")[0], first))
        if "..." in left and len(left.split("...")[-1]) > 0:
            sizes.update(zip(left.split("...")[-1], given[-len(left.split("...")[-1]):]))
        letters = result.replace("...", "")
        wanted = [None] * len(letters)
        start = 1 if "..." not in result else (1 if len(result.split("...")[0]) > 0 else 0)
        shape = self.partial_output_shape
        if "..." in result:
            shape = shape[-len(letters):] if len(letters) <= len(shape) else shape
            wanted[len(letters) - len(shape):] = shape
        else:
            wanted[start:] = shape
        for letter, size in zip(letters, wanted):
            if size is not None:
                sizes.setdefault(letter, size)
        self.kernel = self.add_weight([sizes[letter] for letter in weight], self.kernel_initializer)
        self.bias = None
        if self.bias_axes:
            shape = [sizes[letter] if letter in self.bias_axes else 1 for letter in letters]
            while len(shape) > 0 and shape[0] == 1 and letters[len(letters) - len(shape)] not in self.bias_axes:
                shape = shape[1:]
            self.bias = self.add_weight(shape, self.bias_initializer)
        self.built = True

    def call(self, inputs, training=None):
        output = torch.einsum(self.equation, inputs, self.kernel)
        if self.bias is not None:
            output = output + self.bias
        return self.activation(output)


@adapter("keras.layers.Embedding")
class Embedding(Layer):
    """A table of vectors."""

    def __init__(self, input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, embeddings_constraint=None,
                 mask_zero=False, weights=None, lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs):
        super().__init__(**kwargs)
        self.input_dim = input_dim
        self.output_dim = output_dim
        self.mask_zero = mask_zero
        self.embeddings = self.add_weight((input_dim, output_dim), embeddings_initializer)
        self.supports_masking = mask_zero

    def compute_mask(self, inputs, previous_mask=None):
        return inputs != 0 if self.mask_zero else None

    def call(self, inputs):
        return F.embedding(inputs.long(), self.embeddings)


@adapter("keras.layers.ReversibleEmbedding")
class ReversibleEmbedding(Embedding):
    """A table of vectors that also gives the scores of all of them."""

    def __init__(self, input_dim, output_dim, tie_weights=True, embeddings_initializer="uniform", embeddings_regularizer=None,
                 embeddings_constraint=None, mask_zero=False, reverse_dtype=None, logit_soft_cap=None, **kwargs):
        super().__init__(input_dim, output_dim, embeddings_initializer, mask_zero=mask_zero, **kwargs)
        self.logit_soft_cap = logit_soft_cap
        self.reverse_embeddings = None if tie_weights else self.add_weight((output_dim, input_dim), embeddings_initializer)

    def call(self, inputs, reverse=False):
        if not reverse:
            return F.embedding(inputs.long(), self.embeddings)
        x = torch.matmul(inputs, self.embeddings.transpose(0, 1) if self.reverse_embeddings is None else self.reverse_embeddings)
        return x if self.logit_soft_cap is None else torch.tanh(x / self.logit_soft_cap) * self.logit_soft_cap


@adapter("keras.layers.Identity")
class Identity(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs):
        return inputs


@adapter("keras.layers.Masking")
class Masking(Layer):
    """Places where all features have one value do not count."""

    def __init__(self, mask_value=0.0, **kwargs):
        super().__init__(**kwargs)
        self.mask_value = mask_value
        self.supports_masking = True

    def compute_mask(self, inputs, previous_mask=None):
        return torch.any(inputs != self.mask_value, -1)

    def call(self, inputs):
        return torch.where(torch.any(inputs != self.mask_value, -1, keepdim=True), inputs, torch.zeros_like(inputs))


@adapter("keras.layers.Lambda")
class Lambda(Layer):
    """A function as a layer."""

    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.function = function
        self.arguments = arguments or {}
        self.mask = mask
        self.supports_masking = mask is not None

    def compute_mask(self, inputs, previous_mask=None):
        return self.mask(inputs, previous_mask) if callable(self.mask) else self.mask

    def call(self, inputs, mask=None, training=None):
        return self.function(inputs, **self.arguments)


@adapter("keras.layers.Activation")
class Activation(Layer):
    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.activation = activation_function(activation)

    def call(self, inputs):
        return self.activation(inputs)


@adapter("keras.layers.ReLU")
class ReLU(Layer):
    """max(x, 0) with a slope below the threshold and an upper bound."""

    def __init__(self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.max_value = max_value
        self.negative_slope = negative_slope
        self.threshold = threshold

    def call(self, inputs):
        return relu_activation(inputs, self.negative_slope, self.max_value, self.threshold)


@adapter("keras.layers.LeakyReLU")
class LeakyReLU(Layer):
    def __init__(self, negative_slope=0.3, **kwargs):
        super().__init__(name=kwargs.get("name"))
        self.supports_masking = True
        self.negative_slope = kwargs.get("alpha", negative_slope)

    def call(self, inputs):
        return F.leaky_relu(inputs, self.negative_slope)


@adapter("keras.layers.ELU")
class ELU(Layer):
    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.alpha = alpha

    def call(self, inputs):
        return F.elu(inputs, self.alpha)


@adapter("keras.layers.Softmax")
class Softmax(Layer):
    """Softmax along an axis or several; a mask keeps what is true."""

    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.axis = axis

    def call(self, inputs, mask=None):
        if mask is not None:
            mask = mask if mask.dtype == torch.bool else mask > 0.5
            inputs = torch.where(mask, inputs, torch.full_like(inputs, -1e9))
        if isinstance(self.axis, (list, tuple)) and len(self.axis) > 1:
            outputs = torch.exp(inputs - torch.logsumexp(inputs, tuple(self.axis), keepdim=True))
        else:
            outputs = F.softmax(inputs, dim=self.axis[0] if isinstance(self.axis, (list, tuple)) else self.axis)
        return outputs if mask is None else torch.where(mask, outputs, torch.zeros_like(outputs))


@adapter("keras.layers.PReLU")
class PReLU(Layer):
    """A slope below zero that is learnt, one for each place but those along shared axes."""

    def __init__(self, alpha_initializer="Zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.alpha_initializer = alpha_initializer
        self.shared_axes = [shared_axes] if isinstance(shared_axes, int) else list(shared_axes or [])

    def build(self, input_shape):
        shape = [1 if axis in self.shared_axes else size for axis, size in enumerate(input_shape)]
        self.alpha = self.add_weight(shape[1:], self.alpha_initializer)
        self.built = True

    def call(self, inputs):
        return F.relu(inputs) - self.alpha * F.relu(-inputs)
