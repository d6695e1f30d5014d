"""Functions and tensor methods of PyTorch as Keras code: every row is executed by both frameworks."""
import math

import numpy as np
import pytest

from program import agree, floats, integers, positive, refused, truths, unit

REAL = ["exp", "exp2", "expm1", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "asinh", "sigmoid", "erf", "erfc", "sinc", "deg2rad", "rad2deg", "i0"]


@pytest.mark.parametrize("name", REAL)
def test_functions_of_all_numbers(name):
    agree(f"torch.{name}(x)", x=floats(2, 3))
    agree(f"x.{name}()", x=integers(4, low=-3, high=3))
    agree(f"torch.{name}_(x)", x=floats(2, 3), gradient=False)


@pytest.mark.parametrize("name", ["log", "log2", "log10", "log1p", "sqrt", "rsqrt", "reciprocal"])
def test_functions_of_positive_numbers(name):
    agree(f"torch.{name}(x)", x=positive(2, 3))
    agree(f"x.{name}()", x=integers(5, low=1))


@pytest.mark.parametrize("name", ["asin", "acos", "atanh", "erfinv"])
def test_functions_between_zero_and_one(name):
    agree(f"x.{name}()", x=unit(7))


def test_functions_above_one():
    agree("x.acosh()", x=positive(4) + 1)


@pytest.mark.parametrize("name", ["floor", "ceil", "trunc", "round"])
def test_rounding(name):
    agree(f"x.{name}()", x=np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.49, -3.7], "float32"))
    agree(f"x.{name}()", x=integers(5))
    agree(f"x.{name}_()", x=floats(5), gradient=False)


def test_signs_and_sizes():
    for name in ("abs", "neg", "sign", "square", "frac", "positive", "relu"):
        agree(f"x.{name}()", x=floats(3, 4))
    for name in ("abs", "neg", "sign", "square", "relu"):
        agree(f"x.{name}()", x=integers(6, low=-4, high=4))
    agree("-x", x=floats(3))
    agree("~x", x=truths(5))
    agree("~x", x=integers(5))
    agree("x.logical_not()", x=floats(3))
    agree("abs(x)", x=floats(3))


def test_logit():
    agree("torch.logit(x)", x=unit(5))
    agree("torch.logit(x, eps=0.2)", x=unit(9))


def test_special_values():
    odd = np.array([1.0, math.inf, -math.inf, math.nan, 0.0, -2.0], "float32")
    for name in ("isnan", "isinf", "isfinite", "isposinf", "isneginf"):
        agree(f"torch.{name}(x)", x=odd)
    agree("torch.nan_to_num(x)", x=odd, gradient=False)
    agree("torch.nan_to_num(x, nan=1.0, posinf=5.0, neginf=-7.0)", x=odd, gradient=False)
    agree("torch.maximum(x, y)", x=odd, y=floats(6), gradient=False)
    agree("torch.minimum(x, y)", x=odd, y=floats(6), gradient=False)
    agree("torch.fmax(x, y)", x=odd, y=floats(6), gradient=False)
    agree("x.clamp(0, 1)", x=odd, gradient=False)
    agree("x.clamp(min=0)", x=odd, gradient=False)


@pytest.mark.parametrize("symbol", ["+", "-", "*", "/"])
def test_arithmetic(symbol):
    agree(f"x {symbol} y", x=floats(2, 3), y=floats(3))
    agree(f"x {symbol} y", x=floats(2, 3), y=integers(3, low=1))
    agree(f"x {symbol} y", x=integers(2, 3), y=integers(3, low=1))
    agree(f"x {symbol} 2", x=integers(3))
    agree(f"x {symbol} 2.5", x=integers(3))
    agree(f"x {symbol} 2", x=floats(3))
    agree(f"2 {symbol} x", x=positive(3))
    agree(f"1.5 {symbol} x", x=integers(3, low=1))
    agree(f"x {symbol} y", x=floats(3), y=np.array(2, "int64"))


def test_arithmetic_of_truth_values():
    agree("x + y", x=truths(8), y=truths(8))
    agree("x * y", x=truths(8), y=truths(8))
    agree("x * y", x=truths(4), y=floats(4))
    agree("x + 1", x=truths(4))


def test_scaled_sums():
    agree("torch.add(x, y, alpha=0.5)", x=floats(3), y=floats(3))
    agree("x.sub(y, alpha=2)", x=floats(3), y=floats(3))
    agree("torch.rsub(x, y)", x=floats(3), y=floats(3))
    agree("x.add_(y, alpha=3)", x=floats(3), y=floats(3), gradient=False)
    agree("x.sub_(1).mul_(y).div_(2)", x=floats(3), y=floats(3), gradient=False)


def test_integer_division():
    whole = integers(9, low=-9, high=9)
    for text in ("x // 4", "x // -4", "x % 4", "x % -4", "torch.div(x, 4, rounding_mode='trunc')", "torch.div(x, -4, rounding_mode='trunc')",
                 "torch.div(x, 4, rounding_mode='floor')", "torch.fmod(x, 4)", "torch.remainder(x, 4)", "x // y", "x % y", "torch.div(x, y, rounding_mode='trunc')"):
        agree(text, x=whole, y=integers(9, low=1, high=5))
    number = np.array([1.0, 0.3, -1.0, 7.25, -7.25, 5.0, 6e7], "float32")
    for text in ("x // 0.1", "x // 2", "x % 2", "x % -0.75", "torch.div(x, 0.5, rounding_mode='trunc')", "torch.div(x, 0.1, rounding_mode='floor')", "torch.fmod(x, 2)"):
        agree(text, x=number, gradient=False)
    agree("7 // x", x=integers(4, low=1))


def test_powers():
    agree("x ** 2", x=floats(4))
    agree("x ** 3", x=floats(4))
    agree("x ** 0.5", x=positive(4))
    agree("x.pow(-1)", x=positive(4))
    agree("2 ** x", x=floats(4))
    agree("10000 ** (x / 4)", x=floats(4))
    agree("x ** 2", x=integers(4))
    agree("x ** 0.5", x=integers(4))
    agree("x ** y", x=positive(4), y=floats(4))
    agree("torch.pow(2, x)", x=integers(4))


@pytest.mark.parametrize("symbol", ["==", "!=", "<", "<=", ">", ">="])
def test_comparisons(symbol):
    agree(f"x {symbol} y", x=integers(2, 6, high=3), y=integers(6, high=3))
    agree(f"x {symbol} 1", x=integers(6, high=3))
    agree(f"x {symbol} 1.5", x=integers(6, high=3))
    agree(f"x {symbol} y", x=floats(6), y=integers(6, high=2))
    agree(f"x {symbol} 0", x=floats(6))


def test_logic():
    for symbol in "&|^":
        agree(f"x {symbol} y", x=truths(8), y=truths(8))
        agree(f"x {symbol} y", x=integers(8), y=integers(8))
        agree(f"x {symbol} 3", x=integers(8))
    agree("x << 2", x=integers(4))
    agree("x >> 1", x=integers(4))
    for name in ("and", "or", "xor"):
        agree(f"torch.logical_{name}(x, y)", x=integers(6, high=2), y=truths(6))
    agree("torch.isclose(x, y)", x=floats(3), y=floats(3))
    agree("torch.isin(x, y)", x=integers(5), y=integers(3))


def test_clamp():
    agree("x.clamp(0, 1)", x=floats(9))
    agree("x.clamp(min=-0.5)", x=floats(9))
    agree("x.clamp(max=0.5)", x=floats(9))
    agree("torch.clamp(x, 1, 0)", x=floats(9), gradient=False)
    agree("torch.clamp(x, 2, 5)", x=integers(9))
    agree("torch.clamp(x, 2.5, 5)", x=integers(9))
    agree("torch.clamp(x, y, z)", x=floats(4), y=floats(4) - 1, z=floats(4) + 1)
    agree("x.clamp_(0, 1)", x=floats(9), gradient=False)
    agree("x.clamp_min(0.1)", x=floats(9))
    agree("x.clamp_max(0.1)", x=floats(9))


def test_where():
    agree("torch.where(c, x, y)", c=truths(2, 3), x=floats(2, 3), y=floats(3))
    agree("torch.where(c, x, 0)", c=truths(2, 3), x=floats(2, 3))
    agree("torch.where(c, x, -1e9)", c=truths(2, 3), x=floats(2, 3))
    agree("torch.where(c, 1.0, 0.0)", c=truths(4))
    agree("torch.where(c, 1, 0)", c=truths(4))
    agree("torch.where(x > 0, x, y)", x=floats(4), y=integers(4))
    agree("x.where(c, y)", c=truths(3), x=floats(3), y=floats(3))
    agree("torch.where(c)", c=truths(3, 4), traced=False)


def test_mixtures():
    agree("torch.lerp(x, y, 0.3)", x=floats(4), y=floats(4))
    agree("torch.lerp(x, y, w)", x=floats(4), y=floats(4), w=floats(4))
    agree("torch.addcmul(x, y, z, value=0.5)", x=floats(4), y=floats(4), z=floats(4))
    agree("torch.addcdiv(x, y, z, value=0.5)", x=floats(4), y=floats(4), z=positive(4))
    agree("torch.hypot(x, y)", x=floats(4), y=floats(4))
    agree("torch.atan2(x, y)", x=floats(4), y=floats(4))
    agree("torch.logaddexp(x, y)", x=floats(4), y=floats(4))
    agree("torch.xlogy(x, y)", x=np.array([0.0, 1.0, 2.0], "float32"), y=np.array([0.0, 0.5, 3.0], "float32"), gradient=False)
    agree("torch.gcd(x, y)", x=integers(4, low=1), y=integers(4, low=1))


def test_complex_numbers():
    agree("torch.view_as_real(torch.view_as_complex(x) * torch.polar(r, a))", x=floats(3, 4, 2), r=positive(4), a=floats(4))
    agree("torch.angle(x)", x=floats(3), gradient=False)


@pytest.mark.parametrize("name", ["sum", "mean"])
def test_sums(name):
    for text in ("x.{}()", "x.{}(1)", "x.{}(dim=-1, keepdim=True)", "torch.{}(x, dim=(0, 2))", "x.{}([2, 3])", "x.{}(())", "x.{}(dim=[1], keepdim=True)",
                 "x.{}(1, True)", "torch.{}(x, 1, dtype=torch.float32)"):
        agree(text.format(name), x=floats(2, 3, 4, 2))
    agree(f"x.{name}(0, dtype=torch.float32)", x=integers(2, 3))


def test_sums_of_integers():
    agree("x.sum()", x=integers(2, 3))
    agree("x.sum(0)", x=truths(2, 3))
    agree("x.prod(0)", x=integers(2, 3))
    agree("x.cumsum(-1)", x=truths(2, 3))
    agree("torch.prod(x, 1)", x=floats(2, 3))
    agree("x.prod()", x=floats(2, 3))


@pytest.mark.parametrize("name", ["max", "min"])
def test_extremes(name):
    x = floats(2, 3, 4)
    for text in ("x.{}()", "x.{}(dim=1)", "x.{}(-1, keepdim=True)", "torch.{}(x, 2)[0]", "x.{}(1).values", "x.{}(1).indices", "torch.{}(x, y)", "x.{}(other=y)",
                 "torch.a{}(x, dim=(1, 2))", "x.a{}(1, keepdim=True)", "x.a{}()"):
        agree(text.format(name), x=x, y=floats(2, 3, 4))
    agree(f"x.{name}(1)", x=integers(3, 5, high=3))
    agree(f"torch.arg{name}(x)", x=x)
    agree(f"x.arg{name}(dim=1)", x=x)
    agree(f"x.arg{name}(-1, keepdim=True)", x=integers(3, 6, high=3))


def test_truth_of_all():
    for name in ("any", "all"):
        agree(f"x.{name}()", x=truths(3, 4))
        agree(f"x.{name}(dim=1, keepdim=True)", x=truths(3, 4))
        agree(f"torch.{name}(x, 0)", x=integers(3, 4, high=2))
    agree("torch.count_nonzero(x, dim=1)", x=integers(3, 4, high=2))


def test_variance():
    x = floats(3, 4, 5)
    for name in ("var", "std"):
        for text in ("x.{}()", "x.{}(1)", "x.{}(dim=(1, 2), keepdim=True)", "x.{}(-1, unbiased=False)", "x.{}(-1, unbiased=True)", "x.{}(1, False)", "x.{}(-1, False, True)",
                     "x.{}(dim=-1, keepdim=True, unbiased=False)", "x.{}(dim=1, correction=0)", "x.{}(dim=1, correction=2)", "x.{}(False)", "x.{}(True)", "x.{}(unbiased=False)"):
            agree(text.format(name), x=x)
    agree("torch.var_mean(x, dim=1, keepdim=True)", x=x)
    agree("torch.var_mean(x, dim=1, unbiased=False)", x=x)
    agree("torch.std_mean(x, dim=(1, 2), correction=0)", x=x)


def test_norms():
    x = floats(3, 4, 5)
    for text in ("x.norm()", "x.norm(dim=-1)", "x.norm(p=2, dim=1, keepdim=True)", "torch.norm(x, 1, -1)", "x.norm(float('inf'), dim=1)", "x.norm(3, dim=(1, 2))", "x.norm(dim=(1, 2))",
                 "torch.linalg.norm(x, dim=-1)", "torch.linalg.norm(x, ord=1, dim=1, keepdim=True)", "torch.linalg.vector_norm(x, dim=(1, 2))", "torch.linalg.vector_norm(x, ord=0, dim=1)",
                 "torch.dist(x, x * 2)"):
        agree(text, x=x)
    agree("x.norm(dim=-1)", x=np.zeros((2, 3), "float32"))
    refused("torch.norm(x, p='nuc')", x=floats(3, 3))
    agree("torch.logsumexp(x, 1)", x=x)
    agree("x.logsumexp((1, 2), True)", x=x)


def test_order():
    x, whole = floats(3, 5), integers(3, 6, high=3)
    for text in ("x.sort()", "torch.sort(x, dim=0)", "x.sort(descending=True)", "torch.sort(x, 1, True)[0]", "torch.argsort(x)", "x.argsort(0, descending=True)", "x.topk(2)",
                 "torch.topk(x, 2, dim=0)", "x.topk(3, largest=False)", "x.topk(2).indices", "torch.msort(x)", "x.median()"):
        agree(text, x=x)
    for text in ("torch.sort(x, stable=True)", "torch.sort(x, stable=True, descending=True)", "torch.argsort(x, dim=0, stable=True)", "torch.argsort(x, dim=1, descending=True, stable=True)"):
        agree(text, x=whole)
    agree("torch.cumsum(x, dim=1)", x=x)
    agree("x.cumprod(0)", x=x)
    agree("torch.cumsum(x, 0, dtype=torch.float32)", x=whole)
    agree("torch.diff(x)", x=x)
    agree("torch.quantile(x, 0.3, dim=1)", x=x, gradient=False)


def test_sizes():
    x = floats(2, 3, 4)
    for text in ("x.size()", "x.size(-1)", "x.shape", "x.shape[0]", "x.dim()", "x.ndim", "x.ndimension()", "x.numel()", "torch.numel(x)", "x.nelement()", "len(x)", "x.size(dim=1)"):
        agree(text, x=x)
    agree("x.view(x.size(0), -1)", x=x)
    agree("x.reshape(x.shape[:2] + (2, 2))", x=x)
    agree("x.view(*x.shape[:-1], 2, 2)", x=x)


def test_views():
    x = floats(2, 3, 4)
    for text in ("x.view(6, 4)", "x.view(-1)", "x.view((2, 12))", "x.view([2, 12])", "x.view(size=(3, 8))", "x.reshape(4, -1)", "x.reshape((4, 6))", "torch.reshape(x, (4, 6))", "x.view_as(y)",
                 "x.reshape_as(y)", "x.flatten()", "x.flatten(1)", "torch.flatten(x, 1)", "x.flatten(0, 1)", "x.flatten(-2)", "x.flatten(start_dim=1, end_dim=2)", "x.flatten(1, 1)", "x.ravel()",
                 "x.unflatten(2, (2, 2))", "x.unflatten(-1, (2, -1))", "x.unsqueeze(0)", "x.unsqueeze(-1)", "x.unsqueeze(dim=2)", "torch.unsqueeze(x, -2)"):
        agree(text, x=x, y=floats(4, 6))
    for text in ("x.squeeze()", "x.squeeze(1)", "x.squeeze(0)", "x.squeeze(-1)", "torch.squeeze(x, dim=1)", "x.squeeze((1, 2, 3))"):
        agree(text, x=floats(2, 1, 3, 1))
    refused("x.view(torch.float32)", x=floats(2, 1))


def test_broadcasting():
    x = floats(3, 1)
    for text in ("x.expand(3, 4)", "x.expand(-1, 4)", "x.expand(2, -1, 5)", "x.expand((2, 3, 4))", "x.expand(x.shape[0], 4)", "x.expand_as(y)", "torch.broadcast_to(x, (2, 3, 4))",
                 "torch.broadcast_tensors(x, y)", "x.repeat(2, 3)", "x.repeat(2, 1, 3)", "x.repeat((1, 2))", "torch.tile(x, (2, 2))", "x.tile(2)", "x.repeat_interleave(2)", "x.repeat_interleave(2, dim=0)",
                 "torch.repeat_interleave(x, 3, 1)", "x.expand(size=(3, 2))"):
        agree(text, x=x, y=floats(3, 4))
    agree("x.expand(2, -1)", x=truths(4))
    agree("x.repeat(2, 2)", x=integers(3))
    agree("torch.repeat_interleave(x, r, dim=0)", x=floats(3, 2), r=np.array([1, 0, 2]), traced=False)


def test_axes():
    x = floats(2, 3, 4)
    for text in ("x.permute(2, 0, 1)", "x.permute((0, 2, 1))", "x.permute(0, -1, 1)", "torch.permute(x, (2, 1, 0))", "x.transpose(1, 2)", "x.transpose(-2, -1)", "torch.transpose(x, 0, 2)", "x.swapaxes(0, 1)",
                 "x.movedim(0, -1)", "torch.movedim(x, (0, 1), (1, 0))", "x.mT", "x.flip(1)", "x.flip([0, 2])", "torch.flip(x, dims=(-1,))", "x.flip(0, 1)", "x.fliplr()", "x.roll(1)",
                 "torch.roll(x, (1, -1), dims=(0, 2))", "torch.roll(x, shifts=2, dims=1)", "torch.rot90(x, 1, (1, 2))", "torch.rot90(x)", "x.permute(dims=(1, 0, 2))"):
        agree(text, x=x)
    agree("x.t()", x=floats(2, 3))
    agree("x.T", x=floats(2, 3))
    agree("x.t()", x=floats(3))


def test_joining():
    x, y = floats(2, 3), floats(2, 3)
    for text in ("torch.cat([x, y])", "torch.cat((x, y), 1)", "torch.cat([x, y], dim=-1)", "torch.stack([x, y])", "torch.stack((x, y), dim=-1)", "torch.hstack((x, y))", "torch.vstack((x, y))",
                 "torch.dstack((x, y))", "torch.column_stack((x[:, 0], y))"):
        agree(text, x=x, y=y)
    agree("torch.cat([x, y], 1)", x=floats(2, 3), y=integers(2, 3))
    agree("torch.stack([x, y])", x=truths(2), y=truths(2))


def test_splitting():
    x = floats(7, 6)
    for text in ("x.split(2)", "torch.split(x, 3, dim=1)", "x.split([1, 2, 4])", "torch.split(x, [2, 4], dim=-1)", "x.split((1, 5), dim=1)", "x.chunk(2)", "x.chunk(3, dim=1)", "torch.chunk(x, 3, dim=0)",
                 "x.chunk(4, 0)", "x.chunk(2, -1)[1]", "x.unbind()", "torch.unbind(x, dim=1)", "x.unbind(-1)[2]", "torch.tensor_split(x, 3)", "x.tensor_split(4, dim=1)", "x.split_with_sizes([1, 6])",
                 "x.split(7)", "x.split(9)", "x.chunk(9)", "x.chunk(1)"):
        agree(text, x=x)
    agree("x.unfold(0, 3, 2)", x=x)
    agree("x.unfold(1, 2, 2)", x=x)
    agree("x.unfold(-1, 4, 1)", x=floats(2, 5, 6))
    agree("x.unfold(1, 3, 3).unfold(2, 2, 2)", x=floats(2, 6, 6))


def test_grids():
    for text in ("torch.meshgrid(x, y)", "torch.meshgrid(x, y, indexing='ij')", "torch.meshgrid([x, y], indexing='xy')", "torch.meshgrid((x, y))", "torch.cartesian_prod(x, y)"):
        agree(text, x=integers(3), y=integers(4))
