"""Elementwise functions of tensors: arithmetic, comparisons, logic, mathematical functions.

PyTorch computes functions with real values of integers in float32; where Keras keeps or refuses integers a cast is written. Arithmetic of two
truth values is logic. Functions with `out=` write into another tensor and are not translated.
"""
import math

import keras
from keras import ops

FLOATING = ("float16", "bfloat16", "float32", "float64")
HALF = ("float16", "bfloat16")  # numbers beside such tensors are rounded to them by the target, not by PyTorch
COMPLEX = ("complex64", "complex128")
INTEGRAL = ("uint8", "int8", "int16", "int32", "int64")

# ---------------------------------------------------------------- one argument, a floating point result

@translation("torch.exp")
def exp(input, *, out=None):
    if out is None and dtype(input) in FLOATING + COMPLEX:
        return ops.exp(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.exp(ops.cast(input, "float32"))

@translation("torch.exp_")
def exp_(input):
    return ops.exp(input)

@translation("torch.exp2")
def exp2(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.exp2(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.exp2(ops.cast(input, "float32"))

@translation("torch.exp2_")
def exp2_(input):
    return ops.exp2(input)

@translation("torch.expm1")
def expm1(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.expm1(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.expm1(ops.cast(input, "float32"))

@translation("torch.expm1_")
def expm1_(input):
    return ops.expm1(input)

@translation("torch.log")
def log(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.log(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.log(ops.cast(input, "float32"))

@translation("torch.log_")
def log_(input):
    return ops.log(input)

@translation("torch.log2")
def log2(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.log2(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.log2(ops.cast(input, "float32"))

@translation("torch.log2_")
def log2_(input):
    return ops.log2(input)

@translation("torch.log10")
def log10(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.log10(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.log10(ops.cast(input, "float32"))

@translation("torch.log10_")
def log10_(input):
    return ops.log10(input)

@translation("torch.log1p")
def log1p(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.log1p(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.log1p(ops.cast(input, "float32"))

@translation("torch.log1p_")
def log1p_(input):
    return ops.log1p(input)

@translation("torch.sqrt")
def sqrt(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.sqrt(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.sqrt(ops.cast(input, "float32"))

@translation("torch.sqrt_")
def sqrt_(input):
    return ops.sqrt(input)

@translation("torch.rsqrt")
def rsqrt(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.rsqrt(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.rsqrt(ops.cast(input, "float32"))

@translation("torch.rsqrt_")
def rsqrt_(input):
    return ops.rsqrt(input)

@translation("torch.reciprocal")
def reciprocal(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.reciprocal(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.reciprocal(ops.cast(input, "float32"))

@translation("torch.reciprocal_")
def reciprocal_(input):
    return ops.reciprocal(input)

@translation("torch.sin")
def sin(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.sin(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.sin(ops.cast(input, "float32"))

@translation("torch.sin_")
def sin_(input):
    return ops.sin(input)

@translation("torch.cos")
def cos(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.cos(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.cos(ops.cast(input, "float32"))

@translation("torch.cos_")
def cos_(input):
    return ops.cos(input)

@translation("torch.tan")
def tan(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.tan(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.tan(ops.cast(input, "float32"))

@translation("torch.tan_")
def tan_(input):
    return ops.tan(input)

@translation("torch.asin")
def asin(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.arcsin(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.arcsin(ops.cast(input, "float32"))

@translation("torch.asin_")
def asin_(input):
    return ops.arcsin(input)

@translation("torch.acos")
def acos(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.arccos(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.arccos(ops.cast(input, "float32"))

@translation("torch.acos_")
def acos_(input):
    return ops.arccos(input)

@translation("torch.atan")
def atan(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.arctan(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.arctan(ops.cast(input, "float32"))

@translation("torch.atan_")
def atan_(input):
    return ops.arctan(input)

@translation("torch.sinh")
def sinh(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.sinh(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.sinh(ops.cast(input, "float32"))

@translation("torch.sinh_")
def sinh_(input):
    return ops.sinh(input)

@translation("torch.cosh")
def cosh(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.cosh(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.cosh(ops.cast(input, "float32"))

@translation("torch.cosh_")
def cosh_(input):
    return ops.cosh(input)

@translation("torch.tanh")
def tanh(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.tanh(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.tanh(ops.cast(input, "float32"))

@translation("torch.tanh_")
def tanh_(input):
    return ops.tanh(input)

@adapter("torch.asinh")
def asinh(input):
    """The inverse of sinh."""
    return ops.arcsinh(input if "float" in ops.dtype(input) else ops.cast(input, "float32"))

@translation("torch.asinh_")
def asinh_(input):
    return ops.arcsinh(input)

@adapter("torch.acosh")
def acosh(input):
    """The inverse of cosh."""
    return ops.arccosh(input if "float" in ops.dtype(input) else ops.cast(input, "float32"))

@translation("torch.acosh_")
def acosh_(input):
    return ops.arccosh(input)

@adapter("torch.atanh")
def atanh(input):
    """The inverse of tanh."""
    return ops.arctanh(input if "float" in ops.dtype(input) else ops.cast(input, "float32"))

@translation("torch.atanh_")
def atanh_(input):
    return ops.arctanh(input)

@translation("torch.sigmoid")
def sigmoid(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.sigmoid(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.sigmoid(ops.cast(input, "float32"))

@translation("torch.sigmoid_")
def sigmoid_(input):
    return ops.sigmoid(input)

@translation("torch.erf")
def erf(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.erf(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.erf(ops.cast(input, "float32"))

@translation("torch.erf_")
def erf_(input):
    return ops.erf(input)

@translation("torch.erfc")
def erfc(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.erfc(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.erfc(ops.cast(input, "float32"))

@translation("torch.erfc_")
def erfc_(input):
    return ops.erfc(input)

@translation("torch.erfinv")
def erfinv(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.erfinv(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.erfinv(ops.cast(input, "float32"))

@translation("torch.Tensor.erfinv_")
def erfinv_(self):
    return ops.erfinv(self)

@translation("torch.sinc")
def sinc(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.sinc(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.sinc(ops.cast(input, "float32"))

@translation("torch.sinc_")
def sinc_(input):
    return ops.sinc(input)

@translation("torch.deg2rad")
def deg2rad(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.deg2rad(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.deg2rad(ops.cast(input, "float32"))

@translation("torch.deg2rad_")
def deg2rad_(input):
    return ops.deg2rad(input)

@translation("torch.rad2deg")
def rad2deg(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.rad2deg(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.rad2deg(ops.cast(input, "float32"))

@translation("torch.rad2deg_")
def rad2deg_(input):
    return ops.rad2deg(input)

@translation("torch.i0")
def i0(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.i0(input)
    if out is None and dtype(input) in INTEGRAL + ("bool",):
        return ops.i0(ops.cast(input, "float32"))

@translation("torch.i0_")
def i0_(input):
    return ops.i0(input)

# ---------------------------------------------------------------- one argument, the kind of the argument

@translation("torch.abs")
def torch_abs(input, *, out=None):
    if out is None:
        return ops.abs(input)


@translation("torch.abs_")
def abs_(input):
    return ops.abs(input)

@translation("torch.neg")
def neg(input, *, out=None):
    if out is None:
        return ops.negative(input)


@translation("torch.neg_")
def neg_(input):
    return ops.negative(input)

@translation("torch.square")
def square(input, *, out=None):
    if out is None:
        return ops.square(input)


@translation("torch.square_")
def square_(input):
    return ops.square(input)

@translation("torch.sign")
def sign(input, *, out=None):
    if out is None:
        return ops.sign(input)


@translation("torch.Tensor.sign_")
def sign_(self):
    return ops.sign(self)

@translation("torch.floor")
def floor(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.floor(input)
    if out is None and dtype(input) in INTEGRAL:
        return input


@translation("torch.floor_")
def floor_(input):
    return ops.floor(input)

@translation("torch.ceil")
def ceil(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.ceil(input)
    if out is None and dtype(input) in INTEGRAL:
        return input


@translation("torch.ceil_")
def ceil_(input):
    return ops.ceil(input)

@translation("torch.trunc")
def trunc(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.trunc(input)
    if out is None and dtype(input) in INTEGRAL:
        return input


@translation("torch.trunc_")
def trunc_(input):
    return ops.trunc(input)

@adapter("helper.round_to")
def round_to(input, decimals):
    """Rounded to that many places behind the point, halves to even."""
    scale = 10.0**decimals
    return ops.round(input * scale) / scale


@translation("torch.round")
def torch_round(input, *, decimals=0, out=None):
    if out is None and decimals == 0 and dtype(input) in FLOATING:
        return ops.round(input)
    if out is None and decimals == 0 and dtype(input) in INTEGRAL:
        return input
    if out is None and dtype(input) in FLOATING:
        return round_to(input, decimals)


@translation("torch.round_")
def round_(input, *, decimals=0):
    if decimals == 0:
        return ops.round(input)


@adapter("torch.frac")
def frac(input):
    """The part behind the point, with the sign of the number."""
    return input - ops.trunc(input)


@translation("torch.frac")
def _frac(input, *, out=None):
    if out is None:
        return frac(input)


@translation("torch.frac_")
def frac_(input):
    return frac(input)


@translation("torch.positive")
def positive(input):
    return input


@translation("torch.relu")
def relu(input):
    return ops.relu(input)


@translation("torch.relu_")
def relu_(input):
    return ops.relu(input)


@adapter("torch.logit")
def logit(input, eps=None):
    """The inverse of the sigmoid; eps keeps its argument away from 0 and 1."""
    if eps is not None:
        input = ops.clip(input, eps, 1 - eps)
    return ops.log(input / (1 - input))


@translation("torch.logit")
def _logit(input, eps=None, *, out=None):
    if out is None:
        return logit(input, eps)


@adapter("torch.nan_to_num")
def nan_to_num(input, nan=0.0, posinf=None, neginf=None):
    """Numbers in the place of what is none."""
    return ops.nan_to_num(input, nan=nan, posinf=posinf, neginf=neginf)


@translation("torch.nan_to_num_")
def nan_to_num_(input, nan=0.0, posinf=None, neginf=None):
    return ops.nan_to_num(input, nan=nan, posinf=posinf, neginf=neginf)


@translation("torch.bitwise_not")
def bitwise_not(input, *, out=None):
    if out is None and dtype(input) == "bool":
        return ops.logical_not(input)
    if out is None:
        return ops.bitwise_not(input)


@translation("torch.Tensor.bitwise_not_")
def bitwise_not_(self):
    if dtype(self) == "bool":
        return ops.logical_not(self)
    return ops.bitwise_not(self)


@translation("torch.logical_not")
def logical_not(input, *, out=None):
    if out is None:
        return ops.logical_not(input)

@translation("torch.isnan")
def isnan(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.isnan(input)

@translation("torch.isinf")
def isinf(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.isinf(input)

@translation("torch.isfinite")
def isfinite(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.isfinite(input)

@translation("torch.isposinf")
def isposinf(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.isposinf(input)

@translation("torch.isneginf")
def isneginf(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.isneginf(input)

@translation("torch.signbit")
def signbit(input, *, out=None):
    if out is None:
        return ops.signbit(input)


# ---------------------------------------------------------------- arithmetic

@translation("torch.add")
def add(input, other, *, alpha=1, out=None):
    if is_tensor(input) and dtype(input) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(input, float) and input - input == 0 and (input > 4 or input < -4 or input * 64 % 1 != 0):
        return
    if out is not None:
        return
    if is_tensor(input) and is_tensor(other) and dtype(input) == "bool" and dtype(other) == "bool":
        return ops.logical_or(input, other)
    if alpha == 1:
        return ops.add(input, other)
    return ops.add(input, ops.multiply(other, alpha))


@translation("torch.Tensor.add_")
def add_(self, other, *, alpha=1):
    if is_tensor(self) and dtype(self) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(self, float) and self - self == 0 and (self > 4 or self < -4 or self * 64 % 1 != 0):
        return
    if alpha == 1:
        return ops.add(self, other)
    return ops.add(self, ops.multiply(other, alpha))


@translation("torch.sub")
def sub(input, other, *, alpha=1, out=None):
    if is_tensor(input) and dtype(input) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(input, float) and input - input == 0 and (input > 4 or input < -4 or input * 64 % 1 != 0):
        return
    if out is None and alpha == 1:
        return ops.subtract(input, other)
    if out is None:
        return ops.subtract(input, ops.multiply(other, alpha))


@translation("torch.Tensor.sub_")
def sub_(self, other, *, alpha=1):
    if is_tensor(self) and dtype(self) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(self, float) and self - self == 0 and (self > 4 or self < -4 or self * 64 % 1 != 0):
        return
    if alpha == 1:
        return ops.subtract(self, other)
    return ops.subtract(self, ops.multiply(other, alpha))


@translation("torch.rsub")
def rsub(input, other, *, alpha=1):
    if is_tensor(input) and dtype(input) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(input, float) and input - input == 0 and (input > 4 or input < -4 or input * 64 % 1 != 0):
        return
    if alpha == 1:
        return ops.subtract(other, input)


@translation("torch.mul")
def mul(input, other, *, out=None):
    if is_tensor(input) and dtype(input) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(input, float) and input - input == 0 and (input > 4 or input < -4 or input * 64 % 1 != 0):
        return
    if out is not None:
        return
    if is_tensor(input) and is_tensor(other) and dtype(input) == "bool" and dtype(other) == "bool":
        return ops.logical_and(input, other)
    return ops.multiply(input, other)


@translation("torch.Tensor.mul_")
def mul_(self, other):
    if is_tensor(self) and dtype(self) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(self, float) and self - self == 0 and (self > 4 or self < -4 or self * 64 % 1 != 0):
        return
    if dtype(self) == "bool":
        return
    return ops.multiply(self, other)


@adapter("torch.div")
def divide_rounded(input, other, *, rounding_mode=None):
    """Division, rounded towards zero ("trunc") or down ("floor"); a number beside half precision keeps its own."""
    if rounding_mode is None and isinstance(other, float) and ops.dtype(input) in ("float16", "bfloat16"):
        return ops.cast(ops.divide(ops.cast(input, "float32"), other), input.dtype)
    if isinstance(input, (int, float)) and input not in (1, -1) and ops.dtype(other) in ("float16", "bfloat16"):
        raise NotImplementedError("a number divided by half precision")
    if rounding_mode is None:
        return ops.divide(input, other)
    if "float" in ops.dtype(ops.add(input, other)):
        return floor_divide(input, other) if rounding_mode == "floor" else ops.trunc(ops.divide(input, other))
    floor = ops.floor_divide(input, other)
    if rounding_mode == "floor":
        return floor
    inexact = ops.not_equal(ops.multiply(floor, other), input)
    return ops.where(ops.logical_and(ops.less(floor, 0), inexact), ops.add(floor, 1), floor)


@translation("torch.div")
def div(input, other, *, rounding_mode=None, out=None):
    if is_tensor(input) and dtype(input) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(input, (int, float)) and input not in (1, -1):  # PyTorch's operator rounds the reciprocal
        return
    if out is None and rounding_mode is None:
        return ops.divide(input, other)
    if out is None and is_tensor(input) and dtype(input) in INTEGRAL and (
            isinstance(other, int) or is_tensor(other) and dtype(other) in INTEGRAL):
        return divide_rounded(input, other, rounding_mode=rounding_mode)
    if out is None and rounding_mode == "trunc":
        return ops.trunc(ops.divide(input, other))
    if out is None and rounding_mode == "floor":
        return floor_divide(input, other)


@translation("torch.Tensor.div_")
def div_(self, other, *, rounding_mode=None):
    if is_tensor(self) and dtype(self) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(self, float) and self - self == 0 and (self > 4 or self < -4 or self * 64 % 1 != 0):
        return
    if rounding_mode is None:
        return ops.divide(self, other)


@translation("torch.true_divide")
def true_divide(input, other, *, out=None):
    if is_tensor(input) and dtype(input) in HALF and isinstance(other, float) and other - other == 0 and (other > 4 or other < -4 or other * 64 % 1 != 0):
        return
    if is_tensor(other) and dtype(other) in HALF and isinstance(input, float) and input - input == 0 and (input > 4 or input < -4 or input * 64 % 1 != 0):
        return
    if out is None:
        return ops.divide(input, other)


@translation("torch.Tensor.true_divide_")
def true_divide_(self, other):
    return ops.divide(self, other)


@adapter("torch.floor_divide")
def floor_divide(input, other):
    """The quotient rounded down, exact where the rounded quotient of floating point numbers is not: 1.0 // 0.1 is 9."""
    quotient = ops.round(ops.divide(ops.subtract(input, ops.mod(input, other)), other))
    return ops.where(ops.equal(other, 0), ops.divide(input, other), quotient)


@translation("torch.floor_divide")
def _floor_divide(input, other, *, out=None):
    if out is None and (isinstance(input, int) or is_tensor(input) and dtype(input) in INTEGRAL) and (
            isinstance(other, int) or is_tensor(other) and dtype(other) in INTEGRAL):
        return ops.floor_divide(input, other)
    if out is None:
        return floor_divide(input, other)


@translation("torch.remainder")
def remainder(input, other, *, out=None):
    if out is None:
        return ops.mod(input, other)


@translation("torch.Tensor.remainder_")
def remainder_(self, other):
    return ops.mod(self, other)


@translation("torch.fmod")
def fmod(input, other, *, out=None):
    if out is None:
        return ops.fmod(input, other)


@translation("torch.Tensor.fmod_")
def fmod_(self, other):
    return ops.fmod(self, other)


@translation("torch.pow")
def torch_pow(input, exponent, *, out=None):
    if out is None:
        return ops.power(input, exponent)


@translation("torch.Tensor.pow_")
def pow_(self, exponent):
    return ops.power(self, exponent)


@translation("torch.atan2")
def atan2(input, other, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.arctan2(input, other)

@translation("torch.maximum")
def maximum(input, other, *, out=None):
    if out is None:
        return ops.maximum(input, other)

@translation("torch.minimum")
def minimum(input, other, *, out=None):
    if out is None:
        return ops.minimum(input, other)

@translation("torch.fmax")
def fmax(input, other, *, out=None):
    if out is None:
        return ops.fmax(input, other)

@translation("torch.fmin")
def fmin(input, other, *, out=None):
    if out is None:
        return ops.fmin(input, other)

@adapter("torch.hypot")
def hypot(input, other):
    """The root of the sum of squares."""
    return ops.hypot(input, other)

@adapter("torch.logaddexp")
def logaddexp(input, other):
    """The logarithm of the sum of exponentials."""
    return ops.logaddexp(input, other)

@translation("torch.logaddexp2")
def logaddexp2(input, other, *, out=None):
    if out is None:
        return ops.logaddexp2(input, other)

@translation("torch.gcd")
def gcd(input, other, *, out=None):
    if out is None:
        return ops.gcd(input, other)

@translation("torch.lcm")
def lcm(input, other, *, out=None):
    if out is None:
        return ops.lcm(input, other)

@translation("torch.heaviside")
def heaviside(input, values, *, out=None):
    if out is None:
        return ops.heaviside(input, values)

@adapter("torch.xlogy")
def xlogy(input, other):
    """input * log(other), zero where input is."""
    zero = ops.equal(input, 0)
    product = ops.multiply(input, ops.log(ops.where(zero, ops.ones_like(other), other)))
    return ops.where(ops.logical_and(zero, ops.logical_not(ops.isnan(other))), ops.zeros_like(product), ops.multiply(input, ops.log(other)))


@translation("torch.xlogy")
def _xlogy(input, other, *, out=None):
    if out is None and is_tensor(input) and is_tensor(other):
        return xlogy(input, other)


@adapter("torch.lerp")
def lerp(input, end, weight):
    """The point between input and end at weight."""
    return input + weight * (end - input)


@translation("torch.lerp")
def _lerp(input, end, weight, *, out=None):
    if out is None:
        return lerp(input, end, weight)


@translation("torch.Tensor.lerp_")
def lerp_(self, end, weight):
    return lerp(self, end, weight)


@adapter("torch.addcmul")
def addcmul(input, tensor1, tensor2, *, value=1):
    return input + value * tensor1 * tensor2


@translation("torch.addcmul")
def _addcmul(input, tensor1, tensor2, *, value=1, out=None):
    if out is None:
        return addcmul(input, tensor1, tensor2, value=value)


@translation("torch.Tensor.addcmul_")
def addcmul_(self, tensor1, tensor2, *, value=1):
    return addcmul(self, tensor1, tensor2, value=value)


@adapter("torch.addcdiv")
def addcdiv(input, tensor1, tensor2, *, value=1):
    return input + value * tensor1 / tensor2


@translation("torch.addcdiv")
def _addcdiv(input, tensor1, tensor2, *, value=1, out=None):
    if out is None:
        return addcdiv(input, tensor1, tensor2, value=value)


@translation("torch.Tensor.addcdiv_")
def addcdiv_(self, tensor1, tensor2, *, value=1):
    return addcdiv(self, tensor1, tensor2, value=value)


# ---------------------------------------------------------------- comparisons and logic

@translation("torch.eq")
def eq(input, other, *, out=None):
    if out is None:
        return ops.equal(input, other)

@translation("torch.ne")
def ne(input, other, *, out=None):
    if out is None:
        return ops.not_equal(input, other)

@translation("torch.lt")
def lt(input, other, *, out=None):
    if out is None:
        return ops.less(input, other)

@translation("torch.le")
def le(input, other, *, out=None):
    if out is None:
        return ops.less_equal(input, other)

@translation("torch.gt")
def gt(input, other, *, out=None):
    if out is None:
        return ops.greater(input, other)

@translation("torch.ge")
def ge(input, other, *, out=None):
    if out is None:
        return ops.greater_equal(input, other)

@translation("torch.logical_and")
def logical_and(input, other, *, out=None):
    if out is None:
        return ops.logical_and(input, other)


@translation("torch.Tensor.logical_and_")
def logical_and_(self, other):
    if dtype(self) == "bool":
        return ops.logical_and(self, other)

@translation("torch.logical_or")
def logical_or(input, other, *, out=None):
    if out is None:
        return ops.logical_or(input, other)


@translation("torch.Tensor.logical_or_")
def logical_or_(self, other):
    if dtype(self) == "bool":
        return ops.logical_or(self, other)

@translation("torch.logical_xor")
def logical_xor(input, other, *, out=None):
    if out is None:
        return ops.logical_xor(input, other)


@translation("torch.Tensor.logical_xor_")
def logical_xor_(self, other):
    if dtype(self) == "bool":
        return ops.logical_xor(self, other)

@translation("torch.bitwise_and")
def bitwise_and(input, other, *, out=None):
    if out is None and is_tensor(input) and dtype(input) == "bool" and (isinstance(other, bool) or is_tensor(other) and dtype(other) == "bool"):
        return ops.logical_and(input, other)
    if out is None and is_tensor(input) and (dtype(input) != "bool" or is_tensor(other)):
        return ops.bitwise_and(input, other)


@translation("torch.Tensor.bitwise_and_")
def bitwise_and_(self, other):
    if dtype(self) == "bool" and (isinstance(other, bool) or is_tensor(other) and dtype(other) == "bool"):
        return ops.logical_and(self, other)
    if dtype(self) != "bool":
        return ops.bitwise_and(self, other)

@translation("torch.bitwise_or")
def bitwise_or(input, other, *, out=None):
    if out is None and is_tensor(input) and dtype(input) == "bool" and (isinstance(other, bool) or is_tensor(other) and dtype(other) == "bool"):
        return ops.logical_or(input, other)
    if out is None and is_tensor(input) and (dtype(input) != "bool" or is_tensor(other)):
        return ops.bitwise_or(input, other)


@translation("torch.Tensor.bitwise_or_")
def bitwise_or_(self, other):
    if dtype(self) == "bool" and (isinstance(other, bool) or is_tensor(other) and dtype(other) == "bool"):
        return ops.logical_or(self, other)
    if dtype(self) != "bool":
        return ops.bitwise_or(self, other)

@translation("torch.bitwise_xor")
def bitwise_xor(input, other, *, out=None):
    if out is None and is_tensor(input) and dtype(input) == "bool" and (isinstance(other, bool) or is_tensor(other) and dtype(other) == "bool"):
        return ops.logical_xor(input, other)
    if out is None and is_tensor(input) and (dtype(input) != "bool" or is_tensor(other)):
        return ops.bitwise_xor(input, other)


@translation("torch.Tensor.bitwise_xor_")
def bitwise_xor_(self, other):
    if dtype(self) == "bool" and (isinstance(other, bool) or is_tensor(other) and dtype(other) == "bool"):
        return ops.logical_xor(self, other)
    if dtype(self) != "bool":
        return ops.bitwise_xor(self, other)

@translation("torch.bitwise_left_shift")
def bitwise_left_shift(input, other, *, out=None):
    if out is None and is_tensor(input):
        return ops.bitwise_left_shift(input, other)

@translation("torch.bitwise_right_shift")
def bitwise_right_shift(input, other, *, out=None):
    if out is None and is_tensor(input):
        return ops.bitwise_right_shift(input, other)

@translation("torch.isclose")
def isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    return ops.isclose(input, other, rtol=rtol, atol=atol, equal_nan=equal_nan)


@adapter("torch.isin")
def isin(elements, test_elements, *, assume_unique=False, invert=False):
    """Which elements are among the others, or are not."""
    found = ops.any(ops.equal(ops.expand_dims(elements, -1), ops.reshape(test_elements, (-1,))), axis=-1)
    return ops.logical_not(found) if invert else found

    return ops.logical_not(isin(elements, test_elements))


# ---------------------------------------------------------------- limits and choices

@translation("torch.clamp")
def clamp(input, min=None, max=None, *, out=None):
    if out is not None:
        return
    if max is None:
        return ops.maximum(input, min)
    if min is None:
        return ops.minimum(input, max)
    if not is_tensor(min) and not is_tensor(max) and min <= max and dtype(input) in FLOATING:
        return ops.clip(input, min, max)
    return ops.minimum(ops.maximum(input, min), max)


@adapter("torch.clamp")
def clamp_between(input, min=None, max=None):
    """What is below the lower limit becomes that, and then what is above the upper one."""
    if min is not None:
        input = ops.maximum(input, min)
    return input if max is None else ops.minimum(input, max)


@translation("torch.clamp_")
def clamp_(input, min=None, max=None):
    if max is None:
        return ops.maximum(input, min)
    if min is None:
        return ops.minimum(input, max)
    if not is_tensor(min) and not is_tensor(max) and min <= max and dtype(input) in FLOATING:
        return ops.clip(input, min, max)
    return ops.minimum(ops.maximum(input, min), max)


@translation("torch.clamp_min")
def clamp_min(input, min, *, out=None):
    if out is None:
        return ops.maximum(input, min)


@translation("torch.clamp_min_")
def clamp_min_(input, min):
    return ops.maximum(input, min)


@translation("torch.clamp_max")
def clamp_max(input, max, *, out=None):
    if out is None:
        return ops.minimum(input, max)


@translation("torch.clamp_max_")
def clamp_max_(input, max):
    return ops.minimum(input, max)


@adapter("torch.where")
def where_true(condition, *args):
    """Elements of one or the other tensor; of a condition alone the places where it is true, one tensor for each axis."""
    return ops.where(condition, *args) if args else tuple(ops.cast(x, "int64") for x in ops.nonzero(condition))


@translation("torch.where")
def where(condition, *args, input=None, other=None, out=None):
    if out is None and len(args) == 2:
        return ops.where(condition, args[0], args[1])
    if out is None and len(args) == 1 and other is not None:
        return ops.where(condition, args[0], other)
    if out is None and len(args) == 0 and input is not None and other is not None:
        return ops.where(condition, input, other)
    if out is None and len(args) == 0 and input is None and other is None:
        return where_true(condition)


@translation("torch.Tensor.where")
def tensor_where(self, condition, other):
    return ops.where(condition, self, other)


# ---------------------------------------------------------------- complex numbers

@adapter("torch.polar")
def polar(abs, angle):
    """Complex numbers of their sizes and angles."""
    return ops.polar(abs, angle)


@adapter("torch.view_as_real")
def view_as_real(input):
    """Complex numbers as pairs along a new last axis."""
    return ops.view_as_real(input)


@adapter("torch.view_as_complex")
def view_as_complex(input):
    """Pairs along the last axis as complex numbers."""
    return ops.view_as_complex(input)


@translation("torch.real")
def real(input):
    return ops.real(input)


@translation("torch.imag")
def imag(input):
    return ops.imag(input)


@translation("torch.conj")
def conj(input):
    return ops.conj(input)


@translation("torch.angle")
def angle(input, *, out=None):
    if out is None:
        return ops.angle(input)


# ---------------------------------------------------------------- rarer functions

@translation("torch.sgn")
def sgn(input, *, out=None):
    if out is None and dtype(input) in FLOATING + INTEGRAL:
        return ops.sign(input)


@translation("torch.Tensor.sgn_")
def sgn_(self):
    if dtype(self) in FLOATING + INTEGRAL:
        return ops.sign(self)


@translation("torch.logit_")
def logit_(input, eps=None):
    return logit(input, eps)


@translation("torch.Tensor.logical_not_")
def logical_not_(self):
    if dtype(self) == "bool":
        return ops.logical_not(self)


@translation("torch.Tensor.floor_divide_")
def floor_divide_(self, other):
    if dtype(self) in INTEGRAL and isinstance(other, int):
        return ops.floor_divide(self, other)
    if dtype(self) in FLOATING:
        return floor_divide(self, other)


@translation("torch.Tensor.atan2_")
def atan2_(self, other):
    return ops.arctan2(self, other)


@adapter("torch.copysign")
def copysign(input, other):
    """The size of input with the sign of other."""
    size = ops.abs(input)
    return ops.where(ops.signbit(other), -size, size)


@translation("torch.copysign")
def _copysign(input, other, *, out=None):
    if out is None and is_tensor(input) and is_tensor(other) and dtype(input) in FLOATING:
        return copysign(input, other)


@translation("torch.ldexp")
def ldexp(input, other, *, out=None):
    if out is None:
        return ops.ldexp(input, other)


@adapter("torch.complex")
def complex_of(real, imag):
    """A complex tensor of its two parts."""
    return ops.view_as_complex(ops.stack([real, imag], axis=-1))


@translation("torch.complex")
def torch_complex(real, imag, *, out=None):
    if out is None:
        return complex_of(real, imag)


@adapter("torch.special.ndtr")
def ndtr(input):
    """The distribution function of the standard normal distribution."""
    return 0.5 * ops.erfc(-input / math.sqrt(2))


@translation("torch.special.ndtr")
def _ndtr(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ndtr(input)


@adapter("torch.special.entr")
def entr(input):
    """-input * log(input), with 0 at 0 and -inf below."""
    inside = ops.where(input > 0, input, 1.0)
    return ops.where(input < 0, -math.inf, -inside * ops.log(inside) * ops.cast(input > 0, input.dtype))


@translation("torch.special.entr")
def _entr(input, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return entr(input)


# ---------------------------------------------------------------- functions as values


@value("torch.exp")
def exp_function():
    return ops.exp


@value("torch.log")
def log_function():
    return ops.log


@value("torch.log2")
def log2_function():
    return ops.log2


@value("torch.log1p")
def log1p_function():
    return ops.log1p


@value("torch.sqrt")
def sqrt_function():
    return ops.sqrt


@value("torch.rsqrt")
def rsqrt_function():
    return ops.rsqrt


@value("torch.reciprocal")
def reciprocal_function():
    return ops.reciprocal


@value("torch.sin")
def sin_function():
    return ops.sin


@value("torch.cos")
def cos_function():
    return ops.cos


@value("torch.tan")
def tan_function():
    return ops.tan


@value("torch.atan")
def atan_function():
    return ops.arctan


@value("torch.sinh")
def sinh_function():
    return ops.sinh


@value("torch.cosh")
def cosh_function():
    return ops.cosh


@value("torch.tanh")
def tanh_function():
    return ops.tanh


@value("torch.sigmoid")
def sigmoid_function():
    return ops.sigmoid


@value("torch.erf")
def erf_function():
    return ops.erf


@value("torch.abs")
def abs_function():
    return ops.abs


@value("torch.neg")
def neg_function():
    return ops.negative


@value("torch.square")
def square_function():
    return ops.square


@value("torch.sign")
def sign_function():
    return ops.sign


@value("torch.floor")
def floor_function():
    return ops.floor


@value("torch.ceil")
def ceil_function():
    return ops.ceil


@value("torch.relu")
def relu_function():
    return ops.relu


@value("torch.add")
def add_function():
    return ops.add


@value("torch.sub")
def sub_function():
    return ops.subtract


@value("torch.mul")
def mul_function():
    return ops.multiply


@value("torch.div")
def div_function():
    return ops.divide


@value("torch.matmul")
def matmul_function():
    return ops.matmul


@value("torch.bmm")
def bmm_function():
    return ops.matmul


@value("torch.maximum")
def maximum_function():
    return ops.maximum


@value("torch.minimum")
def minimum_function():
    return ops.minimum


@value("torch.logical_and")
def logical_and_function():
    return ops.logical_and


@value("torch.logical_or")
def logical_or_function():
    return ops.logical_or


@value("torch.logical_not")
def logical_not_function():
    return ops.logical_not


# ---------------------------------------------------------------- functions in variables, called with names of arguments

@adapter("helper.named_add")
def add_of(input, other, *, alpha=1):
    """The sum, of a multiple of the other operand."""
    return ops.add(input, other if alpha == 1 else alpha * other)


@adapter("helper.named_sub")
def sub_of(input, other, *, alpha=1):
    """The difference, to a multiple of the other operand."""
    return ops.subtract(input, other if alpha == 1 else alpha * other)


@adapter("helper.named_mul")
def mul_of(input, other):
    """The product."""
    return ops.multiply(input, other)


@adapter("helper.named_maximum")
def maximum_of(input, other):
    """The larger of two."""
    return ops.maximum(input, other)


@adapter("helper.named_minimum")
def minimum_of(input, other):
    """The smaller of two."""
    return ops.minimum(input, other)


@adapter("helper.named_matmul")
def matmul_of(input, other):
    """The product of matrices."""
    return ops.matmul(input, other)


@adapter("helper.named_div")
def div_of(input, other, *, rounding_mode=None):
    """The quotient, rounded or not."""
    if rounding_mode is None:
        return ops.divide(input, other)
    return ops.floor_divide(input, other) if rounding_mode == "floor" else ops.trunc(ops.divide(input, other))
