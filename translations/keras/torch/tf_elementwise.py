"""TensorFlow on each element, inside of Keras code."""

import torch
import torch.nn.functional as F


@translation("tensorflow.exp")
def native_tf_exp(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.exp(x)


@adapter("tensorflow.exp")
def tf_exp(x, name=None):
    return torch.exp(tensor_of(x))


@translation("tensorflow.log")
def native_tf_log(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.log(x)


@adapter("tensorflow.log")
def tf_log(x, name=None):
    return torch.log(tensor_of(x))


@translation("tensorflow.sqrt")
def native_tf_sqrt(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sqrt(x)


@adapter("tensorflow.sqrt")
def tf_sqrt(x, name=None):
    return torch.sqrt(tensor_of(x))


@translation("tensorflow.sin")
def native_tf_sin(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sin(x)


@adapter("tensorflow.sin")
def tf_sin(x, name=None):
    return torch.sin(tensor_of(x))


@translation("tensorflow.cos")
def native_tf_cos(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.cos(x)


@adapter("tensorflow.cos")
def tf_cos(x, name=None):
    return torch.cos(tensor_of(x))


@translation("tensorflow.tan")
def native_tf_tan(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.tan(x)


@adapter("tensorflow.tan")
def tf_tan(x, name=None):
    return torch.tan(tensor_of(x))


@translation("tensorflow.asin")
def native_tf_asin(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arcsin(x)


@adapter("tensorflow.asin")
def tf_asin(x, name=None):
    return torch.arcsin(tensor_of(x))


@translation("tensorflow.acos")
def native_tf_acos(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arccos(x)


@adapter("tensorflow.acos")
def tf_acos(x, name=None):
    return torch.arccos(tensor_of(x))


@translation("tensorflow.atan")
def native_tf_atan(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arctan(x)


@adapter("tensorflow.atan")
def tf_atan(x, name=None):
    return torch.arctan(tensor_of(x))


@translation("tensorflow.sinh")
def native_tf_sinh(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sinh(x)


@adapter("tensorflow.sinh")
def tf_sinh(x, name=None):
    return torch.sinh(tensor_of(x))


@translation("tensorflow.cosh")
def native_tf_cosh(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.cosh(x)


@adapter("tensorflow.cosh")
def tf_cosh(x, name=None):
    return torch.cosh(tensor_of(x))


@translation("tensorflow.tanh")
def native_tf_tanh(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.tanh(x)


@adapter("tensorflow.tanh")
def tf_tanh(x, name=None):
    return torch.tanh(tensor_of(x))


@translation("tensorflow.sigmoid")
def native_tf_sigmoid(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sigmoid(x)


@adapter("tensorflow.sigmoid")
def tf_sigmoid(x, name=None):
    return torch.sigmoid(tensor_of(x))


@translation("tensorflow.floor")
def native_tf_floor(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.floor(x)


@adapter("tensorflow.floor")
def tf_floor(x, name=None):
    return torch.floor(tensor_of(x))


@translation("tensorflow.abs")
def native_tf_abs(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.abs(x)


@adapter("tensorflow.abs")
def tf_abs(x, name=None):
    return torch.abs(tensor_of(x))


@translation("tensorflow.negative")
def native_tf_negative(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.neg(x)


@adapter("tensorflow.negative")
def tf_negative(x, name=None):
    return torch.neg(tensor_of(x))


@translation("tensorflow.sign")
def native_tf_sign(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sign(x)


@adapter("tensorflow.sign")
def tf_sign(x, name=None):
    return torch.sign(tensor_of(x))


@translation("tensorflow.square")
def native_tf_square(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.square(x)


@adapter("tensorflow.square")
def tf_square(x, name=None):
    return torch.square(tensor_of(x))


@translation("tensorflow.logical_not")
def native_tf_logical_not(x, name=None):
    if is_tensor(x):
        return torch.logical_not(x)


@adapter("tensorflow.logical_not")
def tf_logical_not(x, name=None):
    return torch.logical_not(tensor_of(x))


@translation("tensorflow.round")
def native_tf_round(x, name=None):
    if is_tensor(x):
        return torch.round(x)


@adapter("tensorflow.round")
def tf_round(x, name=None):
    return torch.round(x)


@translation("tensorflow.math.expm1")
def native_tf_math_expm1(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.expm1(x)


@adapter("tensorflow.math.expm1")
def tf_expm1(x, name=None):
    return torch.expm1(tensor_of(x))


@translation("tensorflow.math.log1p")
def native_tf_math_log1p(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.log1p(x)


@adapter("tensorflow.math.log1p")
def tf_log1p(x, name=None):
    return torch.log1p(tensor_of(x))


@translation("tensorflow.math.rsqrt")
def native_tf_math_rsqrt(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.rsqrt(x)


@adapter("tensorflow.math.rsqrt")
def tf_rsqrt(x, name=None):
    return torch.rsqrt(tensor_of(x))


@translation("tensorflow.math.reciprocal")
def native_tf_math_reciprocal(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.reciprocal(x)


@adapter("tensorflow.math.reciprocal")
def tf_reciprocal(x, name=None):
    return torch.reciprocal(tensor_of(x))


@translation("tensorflow.math.erf")
def native_tf_math_erf(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.erf(x)


@adapter("tensorflow.math.erf")
def tf_erf(x, name=None):
    return torch.erf(tensor_of(x))


@translation("tensorflow.math.erfc")
def native_tf_math_erfc(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.erfc(x)


@adapter("tensorflow.math.erfc")
def tf_erfc(x, name=None):
    return torch.erfc(tensor_of(x))


@translation("tensorflow.math.erfinv")
def native_tf_math_erfinv(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.erfinv(x)


@adapter("tensorflow.math.erfinv")
def tf_erfinv(x, name=None):
    return torch.erfinv(tensor_of(x))


@translation("tensorflow.math.ceil")
def native_tf_math_ceil(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.ceil(x)


@adapter("tensorflow.math.ceil")
def tf_ceil(x, name=None):
    return torch.ceil(tensor_of(x))


@translation("tensorflow.math.lgamma")
def native_tf_math_lgamma(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.lgamma(x)


@adapter("tensorflow.math.lgamma")
def tf_lgamma(x, name=None):
    return torch.lgamma(tensor_of(x))


@translation("tensorflow.math.digamma")
def native_tf_math_digamma(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.digamma(x)


@adapter("tensorflow.math.digamma")
def tf_digamma(x, name=None):
    return torch.digamma(tensor_of(x))


@translation("tensorflow.math.asinh")
def native_tf_math_asinh(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arcsinh(x)


@adapter("tensorflow.math.asinh")
def tf_asinh(x, name=None):
    return torch.arcsinh(tensor_of(x))


@translation("tensorflow.math.acosh")
def native_tf_math_acosh(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arccosh(x)


@adapter("tensorflow.math.acosh")
def tf_acosh(x, name=None):
    return torch.arccosh(tensor_of(x))


@translation("tensorflow.math.atanh")
def native_tf_math_atanh(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arctanh(x)


@adapter("tensorflow.math.atanh")
def tf_atanh(x, name=None):
    return torch.arctanh(tensor_of(x))


@translation("tensorflow.math.rint")
def native_tf_math_rint(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.round(x)


@adapter("tensorflow.math.rint")
def tf_rint(x, name=None):
    return torch.round(tensor_of(x))


@translation("tensorflow.math.is_nan")
def native_tf_math_is_nan(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.isnan(x)


@adapter("tensorflow.math.is_nan")
def tf_is_nan(x, name=None):
    return torch.isnan(tensor_of(x))


@translation("tensorflow.math.is_inf")
def native_tf_math_is_inf(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.isinf(x)


@adapter("tensorflow.math.is_inf")
def tf_is_inf(x, name=None):
    return torch.isinf(tensor_of(x))


@translation("tensorflow.math.is_finite")
def native_tf_math_is_finite(x, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.isfinite(x)


@adapter("tensorflow.math.is_finite")
def tf_is_finite(x, name=None):
    return torch.isfinite(tensor_of(x))


@translation("tensorflow.math.log_sigmoid")
def native_tf_math_log_sigmoid(x, name=None):
    if is_tensor(x):
        return F.logsigmoid(x)


@adapter("tensorflow.math.log_sigmoid")
def tf_log_sigmoid(x, name=None):
    return F.logsigmoid(x)


@translation("tensorflow.math.softplus")
def native_tf_math_softplus(features, name=None):
    if is_tensor(features):
        return F.softplus(features)


@adapter("tensorflow.math.softplus")
def tf_softplus(features, name=None):
    return F.softplus(features)


@translation("tensorflow.math.softsign")
def native_tf_math_softsign(features, name=None):
    if is_tensor(features):
        return F.softsign(features)


@adapter("tensorflow.math.softsign")
def tf_softsign(features, name=None):
    return F.softsign(features)


@translation("tensorflow.add")
def native_tf_add(x, y, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return x + y


@adapter("tensorflow.add")
def tf_add(x, y, name=None):
    return tensor_of(x) + y


@translation("tensorflow.subtract")
def native_tf_subtract(x, y, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return x - y


@adapter("tensorflow.subtract")
def tf_subtract(x, y, name=None):
    return tensor_of(x) - y


@translation("tensorflow.multiply")
def native_tf_multiply(x, y, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return x * y


@adapter("tensorflow.multiply")
def tf_multiply(x, y, name=None):
    return tensor_of(x) * y


@translation("tensorflow.pow")
def native_tf_pow(x, y, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return x ** y


@adapter("tensorflow.pow")
def tf_pow(x, y, name=None):
    return tensor_of(x) ** y


@translation("tensorflow.truediv")
def native_tf_truediv(x, y, name=None):
    if is_tensor(x) and dtype(x) == "float32":
        return x / y


@adapter("tensorflow.truediv")
def tf_truediv(x, y, name=None):
    return tensor_of(x) / y


@translation("tensorflow.maximum")
def native_tf_maximum(x, y, name=None):
    if is_tensor(x) and is_tensor(y) and rank(x) and rank(y):
        return torch.maximum(x, y)


@adapter("tensorflow.maximum")
def tf_maximum(x, y, name=None):
    return torch.maximum(*like_tensors(x, y))


@translation("tensorflow.minimum")
def native_tf_minimum(x, y, name=None):
    if is_tensor(x) and is_tensor(y) and rank(x) and rank(y):
        return torch.minimum(x, y)


@adapter("tensorflow.minimum")
def tf_minimum(x, y, name=None):
    return torch.minimum(*like_tensors(x, y))


@translation("tensorflow.logical_and")
def native_tf_logical_and(x, y, name=None):
    if is_tensor(x) and is_tensor(y):
        return torch.logical_and(x, y)


@adapter("tensorflow.logical_and")
def tf_logical_and(x, y, name=None):
    return torch.logical_and(*like_tensors(x, y))


@translation("tensorflow.logical_or")
def native_tf_logical_or(x, y, name=None):
    if is_tensor(x) and is_tensor(y):
        return torch.logical_or(x, y)


@adapter("tensorflow.logical_or")
def tf_logical_or(x, y, name=None):
    return torch.logical_or(*like_tensors(x, y))


@translation("tensorflow.logical_xor")
def native_tf_logical_xor(x, y, name=None):
    if is_tensor(x) and is_tensor(y):
        return torch.logical_xor(x, y)


@adapter("tensorflow.logical_xor")
def tf_logical_xor(x, y, name=None):
    return torch.logical_xor(*like_tensors(x, y))


@translation("tensorflow.equal")
def native_tf_equal(x, y, name=None):
    if is_tensor(x):
        return x == y


@adapter("tensorflow.equal")
def tf_equal(x, y, name=None):
    return tensor_of(x) == y


@translation("tensorflow.not_equal")
def native_tf_not_equal(x, y, name=None):
    if is_tensor(x):
        return x != y


@adapter("tensorflow.not_equal")
def tf_not_equal(x, y, name=None):
    return tensor_of(x) != y


@translation("tensorflow.less")
def native_tf_less(x, y, name=None):
    if is_tensor(x):
        return x < y


@adapter("tensorflow.less")
def tf_less(x, y, name=None):
    return tensor_of(x) < y


@translation("tensorflow.less_equal")
def native_tf_less_equal(x, y, name=None):
    if is_tensor(x):
        return x <= y


@adapter("tensorflow.less_equal")
def tf_less_equal(x, y, name=None):
    return tensor_of(x) <= y


@translation("tensorflow.greater")
def native_tf_greater(x, y, name=None):
    if is_tensor(x):
        return x > y


@adapter("tensorflow.greater")
def tf_greater(x, y, name=None):
    return tensor_of(x) > y


@translation("tensorflow.greater_equal")
def native_tf_greater_equal(x, y, name=None):
    if is_tensor(x):
        return x >= y


@adapter("tensorflow.greater_equal")
def tf_greater_equal(x, y, name=None):
    return tensor_of(x) >= y


@adapter("tensorflow.math.floordiv")
def tf_floordiv(x, y, name=None):
    return torch.floor_divide(tensor_of(x), y)


@adapter("tensorflow.math.floormod")
@adapter("tensorflow.math.mod")
def tf_mod(x, y, name=None):
    return torch.remainder(tensor_of(x), y)


@adapter("tensorflow.math.atan2")
def tf_atan2(y, x, name=None):
    return torch.arctan2(*like_tensors(y, x))


@translation("tensorflow.math.squared_difference")
def native_tf_math_squared_difference(x, y, name=None):
    if is_tensor(x):
        return torch.square(x - y)


@adapter("tensorflow.math.squared_difference")
def tf_squared_difference(x, y, name=None):
    return torch.square(tensor_of(x) - y)


@adapter("tensorflow.divide_no_nan")
def tf_divide_no_nan(x, y, name=None):
    return divide_no_nan(x, y)


@adapter("tensorflow.add_n")
def tf_add_n(inputs, name=None):
    output = inputs[0]
    for x in inputs[1:]:
        output = output + x
    return output


@translation("tensorflow.clip_by_value")
def native_tf_clip_by_value(t, clip_value_min, clip_value_max, name=None):
    if is_tensor(t) and not is_tensor(clip_value_min) and not is_tensor(clip_value_max):
        return torch.clamp(t, clip_value_min, clip_value_max)


@adapter("tensorflow.clip_by_value")
def tf_clip_by_value(t, clip_value_min, clip_value_max, name=None):
    return clip(t, clip_value_min, clip_value_max)


@adapter("tensorflow.where")
def tf_where(condition, x=None, y=None, name=None):
    return choose(condition, x, y)


@adapter("tensorflow.cast")
def tf_cast(x, dtype, name=None):
    return tensor_of(x).to(torch_dtype(dtype))


@translation("tensorflow.identity")
def native_tf_identity(input, name=None):
    if is_tensor(input):
        return input


@adapter("tensorflow.identity")
def tf_identity(input, name=None):
    return input


@translation("tensorflow.stop_gradient")
def native_tf_stop_gradient(input, name=None):
    if is_tensor(input):
        return input.detach()


@adapter("tensorflow.stop_gradient")
def tf_stop_gradient(input, name=None):
    return input.detach()


@adapter("tensorflow.convert_to_tensor")
def tf_convert_to_tensor(value, dtype=None, dtype_hint=None, name=None):
    return tensor_of(value) if dtype is None else tensor_of(value).to(torch_dtype(dtype))


@adapter("tensorflow.constant")
def tf_constant(value, dtype=None, shape=None, name="Const"):
    x = tensor_of(value) if dtype is None else tensor_of(value).to(torch_dtype(dtype))
    return x if shape is None else torch.broadcast_to(x, tuple(shape)) if x.numel() == 1 else torch.reshape(x, tuple(shape))


@translation("tensorflow.nn.relu")
def native_tf_nn_relu(features, name=None):
    if is_tensor(features):
        return F.relu(features)


@adapter("tensorflow.nn.relu")
def tf_relu(features, name=None):
    return F.relu(features)


@translation("tensorflow.nn.relu6")
def native_tf_nn_relu6(features, name=None):
    if is_tensor(features):
        return F.relu6(features)


@adapter("tensorflow.nn.relu6")
def tf_relu6(features, name=None):
    return F.relu6(features)


@translation("tensorflow.nn.elu")
def native_tf_nn_elu(features, name=None):
    if is_tensor(features):
        return F.elu(features)


@adapter("tensorflow.nn.elu")
def tf_elu(features, name=None):
    return F.elu(features)


@translation("tensorflow.nn.selu")
def native_tf_nn_selu(features, name=None):
    if is_tensor(features):
        return F.selu(features)


@adapter("tensorflow.nn.selu")
def tf_selu(features, name=None):
    return F.selu(features)


@translation("tensorflow.nn.silu")
def native_tf_nn_silu(features, beta=1.0):
    if is_tensor(features) and beta == 1.0:
        return F.silu(features)


@adapter("tensorflow.nn.silu")
def tf_silu(features, beta=1.0):
    return F.silu(features) if beta == 1.0 else features * torch.sigmoid(beta * features)


@translation("tensorflow.nn.leaky_relu")
def native_tf_nn_leaky_relu(features, alpha=0.2, name=None):
    if is_tensor(features):
        return F.leaky_relu(features, alpha)


@adapter("tensorflow.nn.leaky_relu")
def tf_leaky_relu(features, alpha=0.2, name=None):
    return F.leaky_relu(features, alpha)


@translation("tensorflow.nn.gelu")
def native_tf_nn_gelu(features, approximate=False, name=None):
    if is_tensor(features):
        return F.gelu(features, approximate="tanh" if approximate else "none")


@adapter("tensorflow.nn.gelu")
def tf_gelu(features, approximate=False, name=None):
    return F.gelu(features, approximate="tanh" if approximate else "none")


@translation("tensorflow.math.softmax")
def native_tf_math_softmax(logits, axis=None, name=None):
    if is_tensor(logits) and axis is not None:
        return F.softmax(logits, dim=axis)


@adapter("tensorflow.math.softmax")
def tf_softmax(logits, axis=None, name=None):
    return F.softmax(logits, dim=-1 if axis is None else axis)


@translation("tensorflow.math.log_softmax")
def native_tf_math_log_softmax(logits, axis=None, name=None):
    if is_tensor(logits) and axis is not None:
        return F.log_softmax(logits, dim=axis)


@adapter("tensorflow.math.log_softmax")
def tf_log_softmax(logits, axis=None, name=None):
    return F.log_softmax(logits, dim=-1 if axis is None else axis)


@adapter("tensorflow.nn.dropout")
def tf_dropout(x, rate, noise_shape=None, seed=None, name=None):
    if noise_shape is not None:
        raise NotImplementedError("A shape of the noise.")
    return F.dropout(x, rate)


@adapter("tensorflow.nn.bias_add")
def tf_bias_add(value, bias, data_format=None, name=None):
    if data_format is not None and data_format.startswith("NC"):
        return value + torch.reshape(bias, (-1, *[1] * (value.ndim - 2)))
    return value + bias
