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
    agree("torch.sort(x, dim=0)[0]", x=whole)
    for text in ("x.argsort(1)", "torch.sort(x, descending=True)[1]", "x.topk(2)[1]"):  # PyTorch leaves the order of equal elements open
        refused(text, x=whole)
    agree("torch.cumsum(x, dim=1)", x=x)
    agree("x.cumprod(0)", x=x)
    agree("torch.cumsum(x, 0, dtype=torch.float32)", x=whole)
    agree("torch.diff(x)", x=x)
    agree("torch.diff(x, prepend=x[..., :1], append=x)", x=x)
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


def test_names_of_types():
    agree("x.type(y.type())", x=floats(3), y=integers(3))
    agree("x.type(y.type())", x=integers(3), y=floats(3))


@pytest.mark.parametrize("name", ["_single", "_pair", "_triple", "_quadruple"])
def test_numbers_for_each_axis(name):
    agree(f"x.sum() + len(torch.nn.modules.utils.{name}(2)) + len(torch.nn.modules.utils.{name}([1, 2]))", x=floats(3))


def test_grids():
    for text in ("torch.meshgrid(x, y)", "torch.meshgrid(x, y, indexing='ij')", "torch.meshgrid([x, y], indexing='xy')", "torch.meshgrid((x, y))", "torch.cartesian_prod(x, y)"):
        agree(text, x=integers(3), y=integers(4))


def test_types():
    x = floats(3, 2)
    for text in ("x.float()", "x.long()", "x.int()", "x.bool()", "x.half()", "x.to(torch.int64)", "x.to(dtype=torch.float32)", "x.to('cpu')", "x.to(torch.device('cpu'))", "x.to('cpu', torch.float16)",
                 "x.to(y)", "x.type(torch.float32)", "x.type_as(y)", "x.to(y.dtype)", "x.contiguous()", "x.clone()", "x.detach()", "x.cpu()", "x.dtype", "x.double().float()",
                 "x.data", "x.is_cuda", "torch.is_floating_point(x)", "x.is_floating_point()", "torch.is_tensor(x)", "torch.is_complex(y)", "x.requires_grad_()", "x.byte()"):
        agree(text, x=abs(x), y=integers(2), gradient=text not in ("x.half()", "x.to('cpu', torch.float16)", "x.detach()", "x.data", "x.requires_grad_()"))
    agree("x.sum().item()", x=integers(3))
    agree("x.tolist()", x=integers(2, 2))
    agree("[torch.jit.is_scripting(), torch.cuda.is_available()]")


def test_numbers_of_types():
    from program import TABLES
    assert float(TABLES.translate("torch.finfo", ["float32"], {}).min) == -3.4028234663852886e38
    assert TABLES.translate("torch.iinfo", ["int64"], {}).max == 2**63 - 1


CREATED = ["torch.zeros(2, 3)", "torch.zeros((2, 3))", "torch.zeros([2], dtype=torch.long)", "torch.ones(2, 1, dtype=torch.bool)", "torch.zeros(size=(2,))", "torch.zeros(())", "torch.ones(3)",
           "torch.full((2, 3), 1.5)", "torch.full((2,), 7)", "torch.full([2], True)", "torch.full((2,), 3, dtype=torch.float32)", "torch.full((2, 2), float('-inf'))", "torch.arange(5)", "torch.arange(2, 7)",
           "torch.arange(0, 10, 3)", "torch.arange(5, 0, -1)", "torch.arange(4, dtype=torch.float32)", "torch.arange(0, 8, 2, dtype=torch.float32)", "torch.arange(0, 1, 0.1)", "torch.arange(5.0)",
           "torch.arange(0, 8, 2).float()", "torch.arange(start=1, end=4)", "torch.arange(1, 4, step=2)", "torch.arange(end=3)", "torch.arange(0.5, 3)", "torch.arange(0, 3, 0.5, dtype=torch.float32)",
           "torch.linspace(0, 1, 5)", "torch.linspace(-1, 1, steps=7)", "torch.linspace(3, 9, 1)", "torch.linspace(0, 0.1, 11)", "torch.logspace(0, 2, 5)", "torch.eye(3)", "torch.eye(2, 4)", "torch.eye(2, dtype=torch.bool)",
           "torch.tensor(1)", "torch.tensor(1.5)", "torch.tensor(True)", "torch.tensor([1, 2])", "torch.tensor([1.0, 2])", "torch.tensor([1, 2.5])", "torch.tensor([[1, 2], [3, 4]])", "torch.tensor([[1.5], [2]])",
           "torch.tensor([True, False])", "torch.tensor([1, 2], dtype=torch.float32)", "torch.tensor([])", "torch.tensor(3, dtype=torch.float32)", "torch.as_tensor([1, 2])", "torch.tensor((0.5, 0.25))", "torch.Tensor([1, 2])",
           "torch.FloatTensor([[1, 2]])", "torch.LongTensor([1, 2])", "torch.tril_indices(3, 4)", "torch.triu_indices(3, 3, 1)", "torch.scalar_tensor(2)", "torch.empty(0)", "torch.full((), 2.0)"]


@pytest.mark.parametrize("text", CREATED)
def test_creation(text):
    agree(text)


def test_creation_from_tensors():
    x = floats(2, 3)
    for text in ("torch.zeros_like(x)", "torch.ones_like(x, dtype=torch.bool)", "torch.full_like(x, 2)", "torch.full_like(k, 2)", "x.new_zeros(4)", "x.new_ones((2, 2))", "k.new_zeros(2, 3)", "x.new_zeros(2, dtype=torch.long)",
                 "x.new_full((2,), 1)", "x.new_tensor([1, 2])", "torch.tensor([x[0, 0], x[0, 1]])", "torch.as_tensor(x)", "x.zero_()", "x.fill_(3)", "x.copy_(y)", "torch.full((2,), k.sum())", "torch.zeros(x.shape[0], 4)",
                 "torch.arange(x.shape[1])", "torch.zeros(x.shape)", "torch.ones(*x.shape[:-1], 2)"):
        agree(text, x=x, k=integers(3), y=floats(3), gradient=False)


def test_random_numbers():
    for text in ("torch.rand(2, 3)", "torch.randn((2, 3))", "torch.randint(5, (3,))", "torch.randint(2, 5, (3,))", "torch.randint(0, 9, size=(2, 2))", "torch.randperm(4)", "torch.rand_like(x)", "torch.randn_like(x)",
                 "torch.normal(0, 1, size=(2,))", "torch.bernoulli(x)", "x.normal_()", "x.uniform_(-1, 1)", "x.bernoulli_(0.5)", "torch.normal(1.0, 2.0, (3, 2))"):
        agree(f"torch.zeros_like({text})", x=unit(3, 2), gradient=False)
    agree("(torch.rand(50) * 3).floor().clamp(max=2) < 3")
    agree("torch.randperm(6).sort()[0]")
    agree("torch.randint(4, 5, (3,))")


INDEXED = ["x[k]", "x[k, k]", "x[:, k]", "x[:, :, k]", "x[..., k]", "x[k, :, k]", "x[0, :, k]", "x[:, 1, k]", "x[k, None]", "x[:, [0, 2]]", "x[[1, 0]]", "x[b]", "x[:, c]", "x[b, 0]", "x[m]", "x[-1, [0, -1]]", "x[k[:, None], k]",
           "x[..., k, 0]", "x[1:, k, ::2]", "x[k][:, 0]", "x[(x > 0)]", "x[None, k]", "x[k, ..., None]", "x[l, k]"]


@pytest.mark.parametrize("text", INDEXED)
def test_indexing(text):
    agree(text, x=floats(2, 3, 4), k=np.array([1, 0, -1]), b=np.array([True, False]), c=np.array([True, False, True]), m=truths(2, 3), l=np.array([[0], [1]]), traced=False)


def test_indexing_in_graphs():
    agree("x[:, k]", x=floats(2, 3, 4), k=np.array([1, 0, -1]))
    agree("x[k, :, k]", x=floats(2, 3, 4), k=np.array([1, 0]))


def test_assigned_elements():
    import keras
    import torch
    from program import TABLES
    k, mask = np.array([0, 2, 3]), truths(4, 5)
    x, values = floats(4, 5), {"three": floats(3), "row": floats(5), "true": floats(int(mask.sum())), "rows": floats(2, 5), "one": floats(1)}
    some, none = np.array([False, True, True, False]), np.zeros((4, 5), bool)
    cases = [((slice(1, 3),), 2.0), ((slice(None), slice(0, None, 2)), "three"), ((0,), "row"), ((Ellipsis, -1), 5), ((mask,), -1.0), ((k,), "row"), ((k, k), 0.5), ((slice(None), k), "three"), ((1, k), "three"),
             ((slice(None), slice(1, None)), 7), ((mask,), "true"), ((mask,), "one"), ((some,), "rows"), ((some,), "row"), ((some, 1), 3.0), ((none,), "one")]
    for key, value in cases:
        ours = keras.ops.convert_to_tensor(values[value]) if isinstance(value, str) else value
        theirs = torch.tensor(values[value]) if isinstance(value, str) else value
        expected = torch.tensor(x)
        expected[tuple(torch.tensor(p) if isinstance(p, np.ndarray) else p for p in key)] = theirs
        keys = tuple(keras.ops.convert_to_tensor(p) if isinstance(p, np.ndarray) else p for p in key)
        result = TABLES.translate("torch.Tensor.__setitem__", [keras.ops.convert_to_tensor(x), keys if len(keys) > 1 else keys[0], ours], {})
        np.testing.assert_array_equal(np.asarray(result), expected.numpy(), str(key))


def test_gathering():
    x = floats(3, 4)
    for text in ("torch.gather(x, 1, i)", "x.gather(0, j)", "x.gather(-1, i[:2])", "torch.index_select(x, 0, k)", "x.index_select(1, k)", "torch.take(x, k)", "x.take_along_dim(i, dim=1)", "x.select(0, 1)", "x.select(1, -1)",
                 "x.narrow(1, 1, 2)", "torch.narrow(x, 0, 0, 2)", "x.narrow(-1, 0, 1)"):
        agree(text, x=x, i=integers(3, 2, high=4), j=integers(2, 4, high=3), k=np.array([2, 0, 0]))
    agree("torch.take_along_dim(x, i)", x=x, i=np.array([[3, 0], [11, 5]]))
    agree("torch.index_select(x, 1, i)", x=x, i=np.array(2))
    for text in ("x.index_put((i, j), v, accumulate=True)", "torch.index_put(x, (i,), v[:1], accumulate=True)", "x.clone().index_put_((i, j), v, True)", "x.index_put((i, j), v[:1])"):
        agree(text, x=x, i=np.array([2, 0, 2]), j=np.array([1, 3, 1]), v=floats(3))
    agree("torch.masked_select(x, x > 0)", x=x, traced=False)
    agree("x.nonzero()", x=integers(3, 3, high=2), traced=False)
    agree("x.nonzero(as_tuple=True)", x=integers(3, 3, high=2), traced=False)
    agree("torch.unique(x)", x=integers(3, 4, high=3), traced=False)
    agree("torch.unique(x, return_inverse=True, return_counts=True)", x=integers(3, 4, high=3), traced=False)
    agree("torch.unique(x, return_counts=True, dim=0)", x=integers(6, 2, high=2), traced=False)


def test_numbers_beside_half_precision():
    x = floats(2, 3)
    for text in ("(x.half() * 0.5).float()", "(x.bfloat16() - 2.25).float()", "(1 / x.abs().half().add(1)).float()", "x.half().add(float('-inf')).float()", "torch.div(x.half(), 1.9).float()"):
        agree(text, x=x, gradient=False)
    for text in ("x.half() * 0.1", "0.3 - x.bfloat16()", "x.half().add(0.7)", "3 / x.half()"):  # PyTorch does not round the number first, and rounds the reciprocal
        refused(text, x=x)


def test_masks():
    x = floats(2, 3)
    agree("x.masked_fill(m, float('-inf')).softmax(-1)", x=x, m=np.array([True, False, False]))
    agree("x.masked_fill(m, -1e9)", x=x, m=truths(2, 3))
    agree("x.masked_fill(m == 0, 0)", x=x, m=integers(2, 1, high=2))
    agree("x.masked_fill_(m, 1)", x=x, m=truths(3), gradient=False)
    agree("x.masked_fill(m, 1)", x=integers(2, 3), m=truths(3))
    agree("x.masked_fill(m, True)", x=truths(2, 3), m=truths(3))
    agree("x.masked_fill(m, v)", x=floats(2, 3), m=truths(3), v=np.float32(3) * np.ones((), "float32"))


def test_scattering():
    x, s = floats(3, 5), floats(2, 5)
    i = np.array([[0, 1, 2, 0, 0], [2, 0, 0, 1, 2]])
    agree("torch.scatter(x, 0, i, s)", x=x, i=i, s=s)
    agree("x.scatter(0, i, 1.5)", x=x, i=i, gradient=False)
    agree("x.scatter(1, j, 2.0)", x=x, j=np.array([[1], [4], [0]]))
    agree("x.scatter_(1, j, 1)", x=x, j=np.array([[1], [4], [0]]), gradient=False)
    agree("x.scatter_add(0, i, s)", x=x, i=i, s=s)
    agree("x.scatter_reduce(0, i, s, 'sum')", x=x, i=i, s=s)
    agree("x.scatter_reduce(0, i, s, reduce='amax')", x=x, i=i, s=s, gradient=False)
    agree("x.scatter_reduce(0, i, s, 'mean')", x=x, i=i, s=s)
    agree("x.scatter_reduce(0, i, s, 'mean', include_self=False)", x=x, i=i, s=s)
    agree("torch.zeros(3, 4).scatter_(1, j, 1)", j=np.array([[1], [3], [0]]))
    agree("x.index_add(0, k, s)", x=x, k=np.array([2, 2]), s=s)
    agree("x.index_add(1, k, x[:, :2], alpha=2)", x=x, k=np.array([2, 1]))
    agree("x.index_copy(0, k, s)", x=x, k=np.array([2, 0]), s=s)
    agree("x.index_fill(1, k, -1)", x=x, k=np.array([2, 0]))


def test_triangles():
    x = floats(2, 3, 4)
    for text in ("x.tril()", "x.triu(1)", "torch.tril(x, diagonal=-1)", "torch.triu(torch.ones(3, 3), diagonal=1).bool()", "torch.ones(3, 3, dtype=torch.bool).tril()", "x.diagonal(dim1=1, dim2=2)", "torch.diagonal(x, 1, 1, 2)",
                 "torch.diag(x[0, 0])", "torch.diag(x[0])", "torch.diag_embed(x)", "torch.trace(x[0])", "torch.triu(torch.full((3, 3), float('-inf')), 1)"):
        agree(text, x=x)


def test_activations():
    x = floats(3, 8) * 3
    for name in ("relu", "relu6", "selu", "hardsigmoid", "silu", "hardswish", "logsigmoid", "tanhshrink", "softsign", "tanh", "sigmoid", "mish", "gelu", "leaky_relu", "elu", "celu", "hardtanh", "hardshrink",
                 "softshrink", "softplus", "glu"):
        agree(f"F.{name}(x)", x=x)
    for text in ("F.gelu(x, approximate='tanh')", "F.leaky_relu(x, 0.2)", "F.leaky_relu(x, negative_slope=0.1, inplace=False)", "F.elu(x, 0.5)", "F.celu(x, alpha=2.0)", "F.hardtanh(x, 0, 6)", "F.threshold(x, 0.5, -1)",
                 "F.hardshrink(x, 1.0)", "F.softshrink(x, lambd=0.2)", "F.softplus(x, beta=2)", "F.softplus(x * 10, beta=1, threshold=5)", "F.glu(x, dim=1)", "F.prelu(x, w)", "F.rrelu(x)", "F.relu(x, inplace=False)"):
        agree(text, x=x, w=unit(8))
    agree("F.prelu(x, w)", x=floats(2, 3, 4, 4), w=unit(3))
    agree("F.prelu(x, w)", x=floats(2, 3, 4), w=unit(1))
    agree("F.softplus(x)", x=np.array([-100.0, -30.0, 0.0, 19.0, 21.0, 100.0], "float32"))
    agree("F.silu(x)", x=np.array([-100.0, 100.0], "float32"))


def test_softmax():
    x = floats(2, 3, 4)
    for name in ("softmax", "log_softmax"):
        for text in ("torch.{}(x, 1)", "x.{}(-1)", "x.{}(dim=0)", "F.{}(x, dim=-1)", "F.{}(x, 2)", "F.{}(x, dim=1, dtype=torch.float32)", "x.{}(-1, dtype=torch.float32)", "F.{}(x)"):
            agree(text.format(name), x=x)
        agree(f"F.{name}(x)", x=floats(3, 4))
        agree(f"F.{name}(x)", x=floats(4))
    agree("F.softmin(x, dim=1)", x=x)
    agree("F.gumbel_softmax(x, hard=True).sum(-1)", x=x, gradient=False)
    agree("F.gumbel_softmax(x, tau=0.5, dim=1).sum(1)", x=x, gradient=False)


def test_dropout():
    x = floats(2, 3, 4, 4)
    for text in ("F.dropout(x, 0.5, training=False)", "F.dropout(x, p=0.0)", "F.dropout2d(x, 0.3, False)", "F.alpha_dropout(x, 0.5)", "F.dropout(x, 0.5, False, True)", "F.dropout(x, p=1.0)",
                 "F.dropout(x, 0.5) * 0", "F.dropout2d(x, 0.5) * 0", "(F.dropout2d(torch.ones(2, 3, 4, 4), 0.5).amax((2, 3)) == F.dropout2d(torch.ones(2, 3, 4, 4), 0.5).amax((2, 3))).numel()"):
        agree(text, x=x)


def test_dropped_channels_are_whole():
    from program import Evaluator
    result = np.asarray(Evaluator({})("F.dropout2d(torch.ones(4, 8, 5, 5), 0.5)"))
    assert set(np.unique(result)) == {0.0, 2.0} and (result.min((2, 3)) == result.max((2, 3))).all()


def test_products():
    a, b = floats(2, 3, 4), floats(2, 4, 5)
    for text in ("a @ b", "torch.matmul(a, b)", "torch.bmm(a, b)", "a.matmul(b[0])", "a @ b[0, :, 0]", "a[0, 0] @ b[0]", "torch.mm(a[0], b[0])", "a[0].mv(b[0, :, 0])", "torch.dot(a[0, 0], b[0, :, 0])",
                 "torch.einsum('bij,bjk->bik', a, b)", "torch.einsum('bij,bjk->ik', a, b)", "torch.einsum('bij,bjk', a, b)", "torch.einsum('bij,bjk', [a, b])", "torch.einsum('...ij,...jk', [a, b])", "torch.einsum('...ij,...jk->...ik', a, b)", "torch.einsum('b i j -> b j i', a)", "torch.einsum(a, [0, 1, 2], b, [0, 2, 3], [3, 1])", "torch.einsum(a, [..., 1, 2], b, [..., 2, 3])",
                 "torch.einsum('ij,jk->ik', [a[0], b[0]])", "torch.outer(a[0, 0], b[0, 0])", "torch.addmm(c, a[0], b[0])", "torch.addmm(c, a[0], b[0], beta=0.5, alpha=2)", "torch.baddbmm(c, a, b, beta=0, alpha=0.5)",
                 "torch.tensordot(a, b, dims=([2], [1]))", "torch.tensordot(a, b[0], dims=1)", "torch.inner(a[0], a[1])", "torch.kron(a[0], b[0])", "torch.linalg.vecdot(a, a * 2)", "torch.einsum('ii->i', a[:, :2, :2][0])",
                 "torch.cdist(a, a * 0.5)", "torch.cdist(a, b.mT, p=1)", "torch.cross(a[..., :3], b[:, :3, :3], dim=-1)"):
        agree(text, a=a, b=b, c=floats(3, 5))
    agree("torch.cdist(a, a)", a=np.arange(6, dtype="float32").reshape(2, 3))
    agree("torch.cdist(a, a.round(), p=0)", a=np.arange(6, dtype="float32").reshape(2, 3) / 2)


def test_linear_maps():
    x = floats(2, 3, 4)
    agree("F.linear(x, w)", x=x, w=floats(5, 4))
    agree("F.linear(x, w, b)", x=x, w=floats(5, 4), b=floats(5))
    agree("F.linear(x, w, bias=b)", x=floats(4), w=floats(5, 4), b=floats(5))
    agree("F.bilinear(x, y, w, b)", x=floats(2, 3), y=floats(2, 4), w=floats(5, 3, 4), b=floats(5))
    agree("F.embedding(i, w)", i=integers(2, 3, high=7), w=floats(7, 4))
    agree("F.embedding(i, w, padding_idx=None)", i=integers(2, high=7), w=floats(7, 4))
    agree("F.one_hot(i, 5)", i=integers(2, 3, high=5))
    agree("F.one_hot(i, num_classes=5).float()", i=integers(3, high=5))
    refused("F.one_hot(i)", i=integers(3))


def test_similarities():
    x, y = floats(3, 4), floats(3, 4)
    for text in ("F.cosine_similarity(x, y)", "F.cosine_similarity(x[:, None], y[None], dim=-1)", "F.pairwise_distance(x, y)", "F.pairwise_distance(x, y, p=1, keepdim=True)", "F.normalize(x)", "F.normalize(x, dim=-1)",
                 "F.normalize(x, p=1, dim=0)", "F.normalize(x, p=2.0, dim=-1, eps=1e-3)", "F.normalize(x * 0)", "F.normalize(x, p=3)", "F.normalize(x, p=float('inf'), dim=1)", "F.normalize(x * 0 + 1e-9, dim=1, eps=1e-6)"):
        agree(text, x=x, y=y)
    agree("F.cosine_similarity(x, y)", x=np.zeros((2, 3), "float32"), y=floats(2, 3), gradient=False)


def test_attention():
    q, k, v = floats(2, 4, 3, 8), floats(2, 4, 5, 8), floats(2, 4, 5, 6)
    for text in ("F.scaled_dot_product_attention(q, k, v)", "F.scaled_dot_product_attention(q, k, v, attn_mask=m)", "F.scaled_dot_product_attention(q, k, v, attn_mask=b)", "F.scaled_dot_product_attention(q, k, v, scale=0.3)",
                 "F.scaled_dot_product_attention(q, q, q, is_causal=True)", "F.scaled_dot_product_attention(q, k, v, None, 0.0, False)", "F.scaled_dot_product_attention(q, k, v, is_causal=True)",
                 "F.scaled_dot_product_attention(q, k[:, :2], v[:, :2], enable_gqa=True)", "F.scaled_dot_product_attention(q, k, v, dropout_p=0.0)", "F.scaled_dot_product_attention(q[0], k[0], v[0])"):
        agree(text, q=q, k=k, v=v, m=floats(3, 5), b=np.array([[True, False, True, True, False], [False] * 5, [True] * 5]))


def test_matrices():
    a = floats(2, 3, 3) + 8 * np.eye(3, dtype="float32")
    for text in ("torch.inverse(a)", "torch.linalg.inv(a)", "torch.det(a)", "torch.linalg.det(a)", "torch.linalg.solve(a, b)", "torch.linalg.pinv(a)", "torch.linalg.cholesky(a @ a.mT)", "torch.matrix_power(a, 3)",
                 "torch.linalg.matrix_power(a, 2)", "torch.linalg.diagonal(a)"):
        agree(text, a=a, b=floats(2, 3, 2), tolerance=1e-4, gradient=False)


def test_convolution():
    x = floats(2, 4, 9, 8)
    for text in ("F.conv2d(x, w)", "F.conv2d(x, w, b)", "F.conv2d(x, w, b, 2, 1)", "F.conv2d(x, w, stride=(2, 1), padding=(1, 0))", "F.conv2d(x, w, padding='same')", "F.conv2d(x, w, padding='same', dilation=2)",
                 "F.conv2d(x, w, b, dilation=2, padding=2)", "F.conv2d(x, w, stride=2, dilation=2, padding=2)", "F.conv2d(x, w[:, :2], b, groups=2, padding=1)", "F.conv2d(x, w[:4, :1], groups=4, stride=2)",
                 "F.conv2d(x, w[:, :2], stride=2, dilation=2, padding=3, groups=2)", "F.conv2d(x, w[:, :, :1, :1])", "F.conv2d(x, w[:, :, :2, :2], padding='same')", "F.conv2d(x, w, padding='valid')"):
        agree(text, x=x, w=floats(6, 4, 3, 3), b=floats(6))
    agree("F.conv1d(x, w, b, stride=2, padding=1)", x=floats(2, 4, 9), w=floats(6, 4, 3), b=floats(6))
    agree("F.conv1d(x, w, groups=4, padding=2, dilation=2)", x=floats(2, 4, 9), w=floats(8, 1, 3))
    agree("F.conv3d(x, w, b, stride=(1, 2, 2), padding=(1, 0, 1))", x=floats(1, 2, 5, 6, 7), w=floats(3, 2, 3, 2, 3), b=floats(3))


def test_transposed_convolution():
    x = floats(2, 4, 5, 6)
    for text in ("F.conv_transpose2d(x, w)", "F.conv_transpose2d(x, w, b, 2)", "F.conv_transpose2d(x, w, b, stride=2, padding=1)", "F.conv_transpose2d(x, w, b, 2, 1, 1)", "F.conv_transpose2d(x, w, stride=(2, 3), padding=(0, 2), output_padding=(1, 2))",
                 "F.conv_transpose2d(x, w, b.repeat(2), stride=2, groups=2)", "F.conv_transpose2d(x, w, dilation=2, padding=3, stride=2)", "F.conv_transpose2d(x, w[:, :, :1, :1], stride=3, output_padding=2)", "F.conv_transpose2d(x, w, padding=2)",
                 "F.conv_transpose2d(x, w[:, :, :2, :2], stride=2)"):
        agree(text, x=x, w=floats(4, 3, 3, 3), b=floats(3))
    agree("F.conv_transpose1d(x, w, stride=2, padding=1, output_padding=1)", x=floats(2, 4, 5), w=floats(4, 3, 4))
    agree("F.conv_transpose3d(x, w, stride=2)", x=floats(1, 2, 3, 2, 3), w=floats(2, 3, 2, 2, 2))


def test_max_pool():
    x = floats(2, 3, 9, 8)
    for text in ("F.max_pool2d(x, 2)", "F.max_pool2d(x, 3, 2, 1)", "F.max_pool2d(x, kernel_size=3, stride=2)", "F.max_pool2d(x, 3, stride=2, ceil_mode=True)", "F.max_pool2d(x, (3, 2), (2, 1), (1, 0))", "F.max_pool2d(x, 3, 1, padding=1)",
                 "F.max_pool2d(x, 3, 2, 1, 1, True)", "F.max_pool2d(x, 3, 2, dilation=2)", "F.max_pool2d(x, 2, padding=1, dilation=3, stride=2, ceil_mode=True)", "F.max_pool2d(-x.abs(), 3, 2, 1)",
                 "F.max_pool2d(x, 2, return_indices=True)", "F.max_pool2d(x, 3, 2, 1, return_indices=True)", "F.max_pool2d(x, 3, 2, return_indices=True, ceil_mode=True)"):
        agree(text, x=x)
    agree("F.max_pool1d(x, 3, 2, 1)", x=floats(2, 3, 8))
    agree("F.max_pool3d(x, 2, padding=(1, 0, 1))", x=floats(1, 2, 5, 6, 7))
    agree("F.max_unpool2d(F.max_pool2d(x, 2, return_indices=True)[0], F.max_pool2d(x, 2, return_indices=True)[1], 2)", x=floats(2, 3, 8, 6))
    agree("F.max_unpool2d(F.max_pool2d(x, 2, 2, return_indices=True)[0], F.max_pool2d(x, 2, return_indices=True)[1], 2, 2, output_size=x.size())", x=floats(2, 3, 9, 7))


def test_average_pool():
    x = floats(2, 3, 9, 8)
    for text in ("F.avg_pool2d(x, 2)", "F.avg_pool2d(x, 3, 2, 1)", "F.avg_pool2d(x, 3, 2, padding=1, count_include_pad=False)", "F.avg_pool2d(x, 3, stride=2, ceil_mode=True)", "F.avg_pool2d(x, (3, 2), (2, 1), (1, 0))",
                 "F.avg_pool2d(x, 3, 2, 1, True)", "F.avg_pool2d(x, 3, 2, 1, True, False)", "F.avg_pool2d(x, 2, divisor_override=3)", "F.avg_pool2d(x, 2, padding=1, ceil_mode=True, stride=3)", "F.avg_pool2d(x, x.shape[2:])"):
        agree(text, x=x)
    agree("F.avg_pool1d(x, 3, 2, 1)", x=floats(2, 3, 8))
    agree("F.avg_pool1d(x, kernel_size=4, stride=1, padding=2)", x=floats(2, 3, 8))
    agree("F.avg_pool3d(x, 2, ceil_mode=True)", x=floats(1, 2, 5, 6, 7))
    agree("F.lp_pool2d(x, 2, 3, 2)", x=positive(2, 3, 9, 8))


def test_adaptive_pool():
    x = floats(2, 3, 9, 8)
    for name in ("avg", "max"):
        for size in ("1", "(1, 1)", "3", "(3, 4)", "(2, None)", "(5, 3)", "(12, 8)", "7"):
            agree(f"F.adaptive_{name}_pool2d(x, {size})", x=x)
        agree(f"F.adaptive_{name}_pool1d(x, 3)", x=floats(2, 3, 8))
        agree(f"F.adaptive_{name}_pool1d(x, 1)", x=floats(2, 3, 8))
        agree(f"F.adaptive_{name}_pool3d(x, (2, 3, 1))", x=floats(1, 2, 4, 5, 6))


def test_padding():
    x = floats(2, 3, 5, 6)
    for text in ("F.pad(x, (1, 2))", "F.pad(x, (1, 2, 3, 0))", "F.pad(x, [0, 0, 0, 0, 1, 1])", "F.pad(x, (1, 1), value=3.5)", "F.pad(x, (-1, 2, 0, -2))", "F.pad(x, (1, 2, 3, 1), mode='reflect')", "F.pad(x, (2, 1, 1, 2), mode='circular')",
                 "F.pad(x, (1, 3, 2, 0), mode='replicate')", "F.pad(x, (0, 1, 0, 1), 'constant', 0)", "F.pad(x, (0, 0, 0, 1), 'constant', float('-inf')).amax(2)", "F.pad(x, (4, 4, 4, 4), mode='reflect')"):
        agree(text, x=x)
    agree("F.pad(x, (2, 1), mode='reflect')", x=floats(2, 3, 4))
    agree("F.pad(x, (1, 1), value=True)", x=truths(2, 3))
    agree("F.pad(x, (1, 1))", x=integers(2, 3))


def test_patches():
    x = floats(2, 3, 7, 6)
    for text in ("F.unfold(x, 3)", "F.unfold(x, (3, 2), padding=1, stride=2)", "F.unfold(x, 2, dilation=2, padding=(1, 2))", "F.fold(F.unfold(x, 3, padding=1), (7, 6), 3, padding=1)", "F.fold(F.unfold(x, (3, 2), stride=2, dilation=(1, 2)), (7, 6), (3, 2), stride=2, dilation=(1, 2))"):
        agree(text, x=x)
    for text in ("F.pixel_shuffle(x, 2)", "F.pixel_unshuffle(x, 2)", "F.channel_shuffle(x, 4)", "F.pixel_shuffle(x[0], 2)"):
        agree(text, x=floats(2, 8, 4, 6))


def test_normalisation():
    x = floats(2, 6, 4, 5)
    w, b, m, v = floats(6), floats(6), floats(6), positive(6)
    for text in ("F.layer_norm(x, (5,))", "F.layer_norm(x, [4, 5])", "F.layer_norm(x, x.shape[2:], eps=1e-3)", "F.layer_norm(x.permute(0, 2, 3, 1), (6,), w, b, 1e-6)", "F.layer_norm(x.mT.transpose(1, 3), (6,), weight=w)",
                 "F.rms_norm(x, (5,))", "F.rms_norm(x.permute(0, 2, 3, 1), (6,), w, eps=1e-6)", "F.group_norm(x, 3)", "F.group_norm(x, 2, w, b, 1e-3)", "F.instance_norm(x)", "F.instance_norm(x, weight=w, bias=b, eps=1e-3)",
                 "F.batch_norm(x, m, v)", "F.batch_norm(x, m, v, w, b, False, 0.1, 1e-3)", "F.batch_norm(x, None, None, w, b, True)", "F.local_response_norm(x, 5)", "F.local_response_norm(x, size=2, alpha=0.5, beta=0.5, k=2.0)"):
        agree(text, x=x, w=w, b=b, m=m, v=v, gradient="xwb")
    agree("F.batch_norm(x, torch.zeros(6), torch.ones(6), w, b)", x=x, w=w, b=b)
    refused("F.instance_norm(x, m, v)", x=x, m=m, v=v)


def test_running_statistics():
    import keras
    import torch
    from program import TABLES
    x, mean, variance = floats(3, 2, 4), floats(2), positive(2)
    ours, theirs = (keras.Variable(mean), keras.Variable(variance)), (torch.tensor(mean), torch.tensor(variance))
    torch.nn.functional.batch_norm(torch.tensor(x), *theirs, training=True, momentum=0.3)
    TABLES.translate("torch.nn.functional.batch_norm", [keras.ops.convert_to_tensor(x), *ours], {"training": True, "momentum": 0.3})
    for a, b in zip(ours, theirs):
        np.testing.assert_allclose(np.asarray(a), b.numpy(), rtol=1e-5)


RESIZED = ["size=(7, 9)", "scale_factor=2", "scale_factor=1.7", "scale_factor=(0.5, 2.0)", "size=3", "scale_factor=0.6", "size=(1, 1)", "scale_factor=1.7, recompute_scale_factor=True", "size=[5, 12]"]


@pytest.mark.parametrize("size", RESIZED)
def test_resizing(size):
    x = floats(2, 3, 5, 6)
    for mode in ("nearest", "nearest-exact", "bilinear", "bicubic", "area"):
        agree(f"F.interpolate(x, {size}, mode='{mode}')", x=x)
    for mode in ("bilinear", "bicubic"):
        agree(f"F.interpolate(x, {size}, mode='{mode}', align_corners=True)", x=x)
        agree(f"F.interpolate(x, {size}, mode='{mode}', align_corners=False, antialias=True)", x=x)


def test_resizing_of_other_ranks():
    agree("F.interpolate(x, scale_factor=2, mode='linear')", x=floats(2, 3, 5))
    agree("F.interpolate(x, size=9, mode='linear', align_corners=True)", x=floats(2, 3, 5))
    agree("F.interpolate(x, scale_factor=2)", x=floats(1, 2, 3, 4, 3))
    agree("F.interpolate(x, size=(4, 3, 5), mode='trilinear', align_corners=False)", x=floats(1, 2, 3, 4, 3))
    agree("F.interpolate(x, x.shape[2:])", x=floats(2, 3, 5, 4))
    agree("F.interpolate(x, y.shape[-2:], mode='bilinear', align_corners=False)", x=floats(2, 3, 5, 4), y=floats(2, 1, 9, 8))
    agree("F.upsample(x, scale_factor=2, mode='bilinear', align_corners=True)", x=floats(2, 3, 5, 4))
    agree("F.upsample_bilinear(x, scale_factor=2)", x=floats(2, 3, 5, 4))
    agree("F.upsample_nearest(x, size=(7, 3))", x=floats(2, 3, 5, 4))
    for factor in (3, 1.3, 2.6, 7.1):  # floors of products that rounding moves
        agree(f"F.interpolate(x, scale_factor={factor})", x=floats(1, 1, 10, 13), gradient=False)
    for size in (33, 47, 64, 101):
        agree(f"F.interpolate(x, size={size})", x=floats(1, 1, 10, 37), gradient=False)


def test_sampling():
    x, grid = floats(2, 3, 5, 6), floats(2, 4, 3, 2)
    for mode in ("bilinear", "nearest"):
        for padding in ("zeros", "border", "reflection"):
            for corners in ("True", "False"):
                agree(f"F.grid_sample(x, g, mode='{mode}', padding_mode='{padding}', align_corners={corners})", x=x, g=grid)
                agree(f"F.grid_sample(v, g, mode='{mode}', padding_mode='{padding}', align_corners={corners})", v=floats(2, 3, 4, 5, 3), g=floats(2, 3, 2, 4, 3))
    refused("F.grid_sample(x, g, mode='bicubic')", x=x, g=grid)
    agree("F.affine_grid(t, (2, 3, 4, 5), align_corners=False)", t=floats(2, 2, 3))
    agree("F.affine_grid(t, [2, 3, 4, 1], align_corners=True)", t=floats(2, 2, 3))
    agree("F.affine_grid(t, (2, 3, 4, 5, 2), align_corners=False)", t=floats(2, 3, 4))


LOSSES = ["F.mse_loss(x, y{})", "F.l1_loss(x, y{})", "F.smooth_l1_loss(x, y{})", "F.smooth_l1_loss(x, y, beta=0.3{})", "F.huber_loss(x, y, delta=0.7{})", "F.cross_entropy(x, c{})", "F.cross_entropy(x, c, w{})",
          "F.cross_entropy(x, c, label_smoothing=0.1{})", "F.cross_entropy(x, c, weight=w, label_smoothing=0.2{})", "F.cross_entropy(x, c, ignore_index=1{})", "F.cross_entropy(x, y.softmax(1){})",
          "F.cross_entropy(x, y.softmax(1), w, label_smoothing=0.1{})", "F.nll_loss(x.log_softmax(1), c{})", "F.nll_loss(x, c, w, ignore_index=2{})", "F.binary_cross_entropy(x.sigmoid(), u{})",
          "F.binary_cross_entropy(x.sigmoid(), u, weight=w{})", "F.binary_cross_entropy_with_logits(x, u{})", "F.binary_cross_entropy_with_logits(x * 30, u, pos_weight=w{})", "F.kl_div(x.log_softmax(-1), y.softmax(-1){})",
          "F.kl_div(x.log_softmax(-1), y.log_softmax(-1), log_target=True{})", "F.hinge_embedding_loss(x, s{})", "F.margin_ranking_loss(x, y, s, margin=0.2{})", "F.cosine_embedding_loss(x, y, s[:, 0]{})",
          "F.triplet_margin_loss(x, y, u{})", "F.triplet_margin_loss(x, y, u, margin=2.0, swap=True{})", "F.soft_margin_loss(x, s{})", "F.multilabel_soft_margin_loss(x, u{})", "F.poisson_nll_loss(x, u{})",
          "F.poisson_nll_loss(u, x, log_input=False{})", "F.poisson_nll_loss(x, 4 * u, full=True{})", "F.gaussian_nll_loss(x, y, u + 0.1, full=True{})"]


@pytest.mark.parametrize("text", LOSSES)
def test_losses(text):
    values = dict(x=floats(6, 4), y=floats(6, 4), c=np.array([0, 3, 1, 2, 1, 0]), w=positive(4), u=unit(6, 4), s=np.sign(floats(6, 4)))
    for reduction in ("", ", reduction='sum'", ", reduction='none'"):
        agree(text.format(reduction), gradient="xy", **values)


def test_losses_of_other_shapes():
    agree("F.cross_entropy(x, c)", x=floats(2, 5, 3, 4), c=integers(2, 3, 4, high=5))
    agree("F.cross_entropy(x, c, ignore_index=2, label_smoothing=0.1)", x=floats(2, 5, 3), c=integers(2, 3, high=5))
    agree("F.cross_entropy(x, c)", x=floats(5), c=np.array(3))
    agree("F.cross_entropy(x.view(-1, 7), c.view(-1), ignore_index=-100)", x=floats(2, 3, 7), c=np.array([[1, -100, 3], [6, 0, -100]]))
    agree("F.kl_div(x.log_softmax(1), y.softmax(1), reduction='batchmean')", x=floats(3, 4), y=floats(3, 4))
    agree("F.binary_cross_entropy(x, y)", x=np.array([0.0, 1.0, 0.5], "float32"), y=np.array([1.0, 1.0, 0.0], "float32"), gradient=False)
    refused("F.mse_loss(x, y, size_average=False)", x=floats(3), y=floats(3))


def test_rarer_functions():
    x, y = floats(4, 5), floats(4, 5)
    for text in ("x.sgn()", "torch.copysign(x, y)", "torch.special.ndtr(x)", "torch.special.entr(x.abs())", "torch.view_as_real(torch.complex(x, y))", "x.kthvalue(2)", "x.kthvalue(3, dim=0, keepdim=True)", "x.median(dim=1)",
                 "torch.median(x, 0, keepdim=True)", "torch.cummax(x, 1)", "x.cummin(dim=0)", "torch.trapezoid(x, dim=1)", "torch.trapezoid(x, dx=0.5)", "x.aminmax(dim=1)", "torch.cov(x)", "torch.block_diag(x, y[:2])",
                 "torch.linalg.multi_dot([x, y.t(), x])", "torch.chain_matmul(x, y.t())", "torch.addr(x, y[:, 0], y[0])", "torch.diagflat(x[0])", "x.select_scatter(y[0], 0, 1)", "torch.slice_scatter(x, y[:, :2], dim=1, start=2, end=4)",
                 "x.max(axis=1, keepdims=True)", "x.sum(axis=0)", "torch.cat([x, y], axis=1)", "torch.tensor_split(x, (1, 3), dim=1)", "x.fill_diagonal_(2.0)", "torch.tensor_split(x, indices=(2,))"):
        agree(text, x=x, y=y, gradient="fill_diagonal" not in text)
    agree("torch.cummax(x, 0)", x=integers(6, 3, high=3))
    agree("torch.searchsorted(s, x)", s=np.sort(floats(6)), x=floats(2, 3), gradient=False)
    agree("torch.bucketize(x, s, right=True)", s=np.array([1, 3, 5]), x=integers(2, 6))
    agree("torch.bucketize(x, s)", s=np.array([1, 3, 5]), x=integers(2, 6))
    agree("F.embedding_bag(i, w)", i=integers(3, 4, high=6), w=floats(6, 2))
    agree("F.embedding_bag(i, w, mode='sum', per_sample_weights=p)", i=integers(3, 4, high=6), w=floats(6, 2), p=floats(3, 4))
    agree("torch.addbmm(c, a, b, beta=0.5)", a=floats(2, 3, 4), b=floats(2, 4, 5), c=floats(3, 5))
    for text in ("torch.hann_window(8)", "torch.hann_window(7, periodic=False)", "torch.hamming_window(8)", "torch.blackman_window(9)", "torch.hann_window(1)", "torch.LongTensor(3) * 0", "torch.BoolTensor([True])"):
        agree(text)


def test_rarer_matrix_functions():
    a = floats(2, 4, 4) + 8 * np.eye(4, dtype="float32")
    for text in ("torch.linalg.qr(a)", "torch.linalg.qr(a[..., :2])", "torch.linalg.svdvals(a)", "torch.linalg.eigvalsh(a @ a.mT)", "torch.logdet(a @ a.mT)", "torch.logdet(a)", "torch.logdet(a[:, [1, 0, 2, 3]]).isnan()", "torch.linalg.slogdet(a)", "torch.slogdet(a).logabsdet", "torch.linalg.solve_triangular(a.tril(), a, upper=False)"):
        agree(text, a=a, tolerance=1e-4, gradient=False)


FOURIER = ["torch.fft.fft(x)", "torch.fft.fft(x, dim=1)", "torch.fft.ifft(torch.fft.fft(x, norm='ortho'), norm='ortho')", "torch.fft.fft(torch.fft.fft(x, dim=-1), dim=-2).real", "torch.fft.fft2(x)", "torch.fft.fftn(x, dim=(1, 2), norm='forward')",
           "torch.fft.rfft(x)", "torch.fft.rfft(x, n=8, dim=1)", "torch.fft.rfft2(x, norm='ortho')", "torch.fft.irfft(torch.fft.rfft(x), n=6)", "torch.fft.irfft2(torch.fft.rfft2(x, norm='ortho'), s=(4, 6), norm='ortho')", "torch.fft.irfft(torch.fft.rfft(x[..., :5]), n=5)",
           "torch.fft.irfft(torch.fft.rfft(x))", "torch.fft.rfftn(x)", "torch.fft.fftshift(x)", "torch.fft.ifftshift(x, dim=1)", "torch.fft.fft(x, n=3)", "torch.fft.ifft2(torch.fft.fft2(x)).real", "torch.fft.irfft(torch.fft.rfft(x), n=8)"]


@pytest.mark.parametrize("text", FOURIER)
def test_fourier_transforms(text):
    agree(f"torch.view_as_real({text})" if ".real" not in text and "irfft" not in text and "shift" not in text else text, x=floats(2, 4, 6))


def test_frequencies():
    agree("torch.fft.fftfreq(7, 0.5)")
    agree("torch.fft.rfftfreq(8)")


SHAPED = [f"torch.rot90(x, {k}, ({a}, {b}))" for k in (-1, 0, 1, 2, 3, 5) for a, b in ((0, 1), (1, 0), (1, 2), (-1, -2), (2, 0))]
SHAPED += [f"torch.roll(x, {s}, {d})" for s, d in ((-1, 0), (5, -1), ((1, 2), (0, 2)), ((1, -1), (1, 1)), (0, 1), (7, None))]
SHAPED += [f"x.flip({d})" for d in (-1, "(0, -1)", "(0, 1, 2)", "[2]")] + [f"x.movedim({a}, {b})" for a, b in ((0, 2), (-1, 0), ("(0, 1)", "(2, 0)"), ("(2, 0)", "(0, 1)"))]
SHAPED += [f"x.transpose({a}, {b})" for a, b in ((0, 0), (-1, 1), (2, -3))] + [f"x.permute({p})" for p in ("0, 1, 2", "-1, 0, 1", "(2, 1, 0)")]
SHAPED += [f"x.repeat_interleave({n}, dim={d})" for n, d in ((1, 0), (3, -1), (2, 1))] + [f"x.repeat({n})" for n in ("1, 1, 1", "2, 1, 1, 3", "1, 2, 3")] + ["x.tile((2,))", "x.tile((2, 1, 1, 1))"]
SHAPED += [f"x.cumsum({d})" for d in (0, 1, -1)] + [f"x.cumprod({d})" for d in (0, -2)] + [f"x.diff(n={n}, dim={d})" for n, d in ((1, 0), (2, -1), (2, 1))]
SHAPED += [f"x.{name}(dim={d}, keepdim={k})" for name in ("sum", "mean", "amax", "std", "argmax", "max", "min", "prod", "logsumexp", "median") for d in (0, 1, -1) for k in (True, False)]
SHAPED += [f"x.{name}(dim={d})" for name in ("sum", "mean", "amin", "var", "logsumexp") for d in ("(0, 1)", "(-1, 0)", "[0, 1, 2]", "(1,)")]
SHAPED += [f"x.topk({k}, dim={d}, largest={g})" for k, d, g in ((1, 0, True), (2, 1, False), (3, -1, True), (2, -3, False))] + [f"x.sort(dim={d}, descending={e})" for d in (0, -1, 1) for e in (True, False)]
SHAPED += [f"x.tril({k})" for k in (-5, -3, -1, 0, 2, 5)] + [f"x.triu({k})" for k in (-4, -3, 0, 1, 4, 6)] + [f"x.diagonal({o}, {a}, {b})" for o, a, b in ((0, 0, 1), (1, 1, 2), (-1, 0, 2), (0, -2, -1), (1, 2, 0))]
SHAPED += [f"torch.diag(x[0], {k})" for k in (-1, 0, 2)] + [f"torch.diag(x[0, 0], {k})" for k in (-1, 0, 1)] + [f"torch.unbind(x, {d})" for d in (0, -1, 1)]
SHAPED += [f"x.chunk({n}, {d})" for n, d in ((2, 0), (2, -1), (3, 1), (4, 2), (5, 1))] + [f"x.split({n}, {d})" for n, d in ((1, 0), (2, 1), (2, -1), ("[1, 3]", 2))] + [f"x.tensor_split({n}, {d})" for n, d in ((2, 1), (3, -1))]
SHAPED += [f"x.unsqueeze({d})" for d in (0, 1, 3, -1, -4)] + [f"x.flatten({a}, {b})" for a, b in ((0, 1), (1, 2), (-2, -1), (0, 2), (1, 1))] + [f"torch.stack([x, y], {d})" for d in (0, 2, -1, 3)]
SHAPED += [f"torch.cat([x, y], {d})" for d in (0, 1, -1)] + [f"x.unfold({d}, {n}, {s})" for d, n, s in ((0, 1, 1), (1, 2, 1), (-1, 3, 2), (2, 4, 1))] + [f"torch.tensordot(x, y, dims={d})" for d in (3, "([0], [0])", "([1, 2], [1, 2])", "([2, 0], [2, 0])")]
SHAPED += [f"torch.take_along_dim(x, x.argsort({d}), {d})" for d in (0, 1, -1)] + [f"x.narrow({d}, {s}, {n})" for d, s, n in ((0, 1, 1), (-1, 1, 3), (1, 0, 3))] + [f"x.select({d}, {i})" for d, i in ((0, 1), (-1, 0), (1, -2))]
SHAPED += [f"x.norm({p}, {d}, {k})" for p in (1, 2, 3, 2.5, "float('inf')") for d, k in ((0, True), ((1, 2), False), (-1, False))] + [f"x.quantile({q}, dim={d})" for q, d in ((0.0, 0), (0.25, -1), (1.0, 1), (0.5, None))]


@pytest.mark.parametrize("text", SHAPED)
def test_many_axes(text):
    agree(text, x=floats(2, 3, 4), y=floats(2, 3, 4), gradient="quantile" not in text and "median" not in text and "sort" not in text)


def test_gamma_functions():
    x = np.array([-3.3, -0.7, 0.2, 0.5, 0.9, 1.0, 2.0, 3.7, 20.5], "float32")
    for text in ("torch.lgamma(x)", "torch.digamma(x)", "torch.float_power(x.abs(), 1.5)", "torch.special.xlog1py(x, x.abs())"):
        agree(text, x=x)
    agree("torch.mvlgamma(x, 2)", x=positive(4) + 1)
    agree("torch.isreal(x)", x=x, gradient=False)


def test_statistics_of_counts():
    whole, x = integers(4, 7, high=3), floats(4, 5)
    for text in ("torch.mode(x)", "x.mode(0, keepdim=True)", "torch.mode(x, dim=1)[0]"):
        agree(text, x=whole)
    for text in ("torch.histc(x, bins=4, min=-1, max=1)", "torch.corrcoef(x)", "torch.cumulative_trapezoid(x)", "torch.cumulative_trapezoid(x, dx=0.5, dim=0)", "torch.gradient(x, dim=1)", "torch.gradient(x)",
                 "torch.gradient(x, spacing=0.5, dim=0)", "torch.combinations(x[0], 2)", "torch.combinations(x[0], 3, True)", "torch.pdist(x)", "F.pdist(x, p=1)", "torch.nanmedian(x)",
                 "torch.quantile(x, torch.tensor([0.2, 0.7]), dim=1)", "torch.quantile(x, 0.3, interpolation='lower')", "torch.norm(x, p=3, dim=1)", "torch.norm(x, 0)",
                 "torch.vstack((x[0], x))", "torch.dstack((x[0], x[1]))", "torch.linalg.norm(x, ord=1)", "torch.linalg.norm(x, ord=-float('inf'))", "torch.linalg.norm(x, ord='nuc')",
                 "torch.linalg.matrix_norm(x)", "torch.linalg.matrix_norm(x, ord=2, keepdim=True)"):
        agree(text, x=x, gradient=False)


def test_parts_and_powers():
    x, mask = floats(3, 4), truths(3, 4)
    agree("x.masked_scatter(m, torch.arange(12.0).view(3, 4))", x=x, m=mask)
    for text in ("torch.diagonal_scatter(x, torch.ones(3))", "torch.diagonal_scatter(x, torch.arange(2.0), offset=-1)", "torch.as_strided(x, (2, 3), (1, 2), 1)", "torch.renorm(x, 2, 0, 1.0)", "torch.vander(x[0])",
                 "torch.vander(x[0], 3, increasing=True)", "torch.matrix_exp(x[:, :3])", "torch.diagflat(x, 1)"):
        agree(text, x=x, gradient=False)


def test_margins_of_classes():
    x, target = floats(4, 5), integers(4, high=4)
    for text in ("F.multi_margin_loss(x, t)", "F.multi_margin_loss(x, t, p=2, margin=0.5, reduction='none')", "F.multi_margin_loss(x, t, weight=torch.arange(5.0), reduction='sum')"):
        agree(text, x=x, t=target)
    labels = np.array([[1, 3, -1, 0, 2], [4, -1, 1, 2, 3], [0, 1, 2, 3, 4], [-1, 0, 1, 2, 3]])
    agree("F.multilabel_margin_loss(x, t)", x=x, t=labels)
    agree("F.multilabel_margin_loss(x, t, reduction='none')", x=x, t=labels)


@pytest.mark.parametrize("text", [
    "torch.stft(x, 8, hop_length=4, return_complex=True).abs()", "torch.view_as_real(torch.stft(x, 8, 4, window=torch.hann_window(8), center=False, return_complex=True))",
    "torch.stft(x, 16, 4, 12, window=torch.hamming_window(12), normalized=True, onesided=False, pad_mode='constant', return_complex=True).real",
    "torch.istft(torch.stft(x, 8, 2, window=torch.hann_window(8), return_complex=True), 8, 2, window=torch.hann_window(8))",
    "torch.istft(torch.stft(x, 8, 2, return_complex=True), 8, 2, length=30)"])
def test_frames_of_signals(text):
    agree(text, x=floats(2, 32), gradient=False)
