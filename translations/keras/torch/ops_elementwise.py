"""keras.ops on each element."""

import torch


@adapter("netwright.tensor_of")
def tensor_of(x):
    """A tensor; numbers of Python have 32 bits."""
    if isinstance(x, torch.Tensor):
        return x
    if isinstance(x, (list, tuple)) and any(isinstance(item, torch.Tensor) for item in x):
        return torch.stack([tensor_of(item) for item in x])
    x = torch.as_tensor(x)
    return x.to(torch.int32) if x.dtype == torch.int64 else x.to(torch.float32) if x.dtype == torch.float64 else x


@adapter("netwright.like_tensors")
def like_tensors(x, y):
    """Two values as tensors of one type."""
    if not isinstance(x, torch.Tensor):
        x = tensor_of(x).to(y.device) if isinstance(y, torch.Tensor) else tensor_of(x)
    if not isinstance(y, torch.Tensor):
        y = tensor_of(y).to(x.device)
    dtype = torch.result_type(x, y)
    return x.to(dtype), y.to(dtype)


@translation("keras.ops.exp")
def native_ops_exp(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.exp(x)


@adapter("keras.ops.exp")
def exp(x):
    if is_symbolic(x):
        return record(exp, x)
    return torch.exp(tensor_of(x))


@translation("keras.ops.expm1")
def native_ops_expm1(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.expm1(x)


@adapter("keras.ops.expm1")
def expm1(x):
    if is_symbolic(x):
        return record(expm1, x)
    return torch.expm1(tensor_of(x))


@translation("keras.ops.log")
def native_ops_log(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.log(x)


@adapter("keras.ops.log")
def log(x):
    if is_symbolic(x):
        return record(log, x)
    return torch.log(tensor_of(x))


@translation("keras.ops.log10")
def native_ops_log10(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.log10(x)


@adapter("keras.ops.log10")
def log10(x):
    if is_symbolic(x):
        return record(log10, x)
    return torch.log10(tensor_of(x))


@translation("keras.ops.log1p")
def native_ops_log1p(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.log1p(x)


@adapter("keras.ops.log1p")
def log1p(x):
    if is_symbolic(x):
        return record(log1p, x)
    return torch.log1p(tensor_of(x))


@translation("keras.ops.log2")
def native_ops_log2(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.log2(x)


@adapter("keras.ops.log2")
def log2(x):
    if is_symbolic(x):
        return record(log2, x)
    return torch.log2(tensor_of(x))


@translation("keras.ops.sqrt")
def native_ops_sqrt(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sqrt(x)


@adapter("keras.ops.sqrt")
def sqrt(x):
    if is_symbolic(x):
        return record(sqrt, x)
    return torch.sqrt(tensor_of(x))


@translation("keras.ops.rsqrt")
def native_ops_rsqrt(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.rsqrt(x)


@adapter("keras.ops.rsqrt")
def rsqrt(x):
    if is_symbolic(x):
        return record(rsqrt, x)
    return torch.rsqrt(tensor_of(x))


@translation("keras.ops.sin")
def native_ops_sin(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sin(x)


@adapter("keras.ops.sin")
def sin(x):
    if is_symbolic(x):
        return record(sin, x)
    return torch.sin(tensor_of(x))


@translation("keras.ops.cos")
def native_ops_cos(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.cos(x)


@adapter("keras.ops.cos")
def cos(x):
    if is_symbolic(x):
        return record(cos, x)
    return torch.cos(tensor_of(x))


@translation("keras.ops.tan")
def native_ops_tan(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.tan(x)


@adapter("keras.ops.tan")
def tan(x):
    if is_symbolic(x):
        return record(tan, x)
    return torch.tan(tensor_of(x))


@translation("keras.ops.arcsin")
def native_ops_arcsin(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arcsin(x)


@adapter("keras.ops.arcsin")
def arcsin(x):
    if is_symbolic(x):
        return record(arcsin, x)
    return torch.arcsin(tensor_of(x))


@translation("keras.ops.arccos")
def native_ops_arccos(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arccos(x)


@adapter("keras.ops.arccos")
def arccos(x):
    if is_symbolic(x):
        return record(arccos, x)
    return torch.arccos(tensor_of(x))


@translation("keras.ops.arctan")
def native_ops_arctan(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arctan(x)


@adapter("keras.ops.arctan")
def arctan(x):
    if is_symbolic(x):
        return record(arctan, x)
    return torch.arctan(tensor_of(x))


@translation("keras.ops.sinh")
def native_ops_sinh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sinh(x)


@adapter("keras.ops.sinh")
def sinh(x):
    if is_symbolic(x):
        return record(sinh, x)
    return torch.sinh(tensor_of(x))


@translation("keras.ops.cosh")
def native_ops_cosh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.cosh(x)


@adapter("keras.ops.cosh")
def cosh(x):
    if is_symbolic(x):
        return record(cosh, x)
    return torch.cosh(tensor_of(x))


@translation("keras.ops.arcsinh")
def native_ops_arcsinh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arcsinh(x)


@adapter("keras.ops.arcsinh")
def arcsinh(x):
    if is_symbolic(x):
        return record(arcsinh, x)
    return torch.arcsinh(tensor_of(x))


@translation("keras.ops.arccosh")
def native_ops_arccosh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arccosh(x)


@adapter("keras.ops.arccosh")
def arccosh(x):
    if is_symbolic(x):
        return record(arccosh, x)
    return torch.arccosh(tensor_of(x))


@translation("keras.ops.arctanh")
def native_ops_arctanh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.arctanh(x)


@adapter("keras.ops.arctanh")
def arctanh(x):
    if is_symbolic(x):
        return record(arctanh, x)
    return torch.arctanh(tensor_of(x))


@translation("keras.ops.erf")
def native_ops_erf(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.erf(x)


@adapter("keras.ops.erf")
def erf(x):
    if is_symbolic(x):
        return record(erf, x)
    return torch.erf(tensor_of(x))


@translation("keras.ops.erfinv")
def native_ops_erfinv(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.erfinv(x)


@adapter("keras.ops.erfinv")
def erfinv(x):
    if is_symbolic(x):
        return record(erfinv, x)
    return torch.erfinv(tensor_of(x))


@translation("keras.ops.floor")
def native_ops_floor(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.floor(x)


@adapter("keras.ops.floor")
def floor(x):
    if is_symbolic(x):
        return record(floor, x)
    return torch.floor(tensor_of(x))


@translation("keras.ops.ceil")
def native_ops_ceil(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.ceil(x)


@adapter("keras.ops.ceil")
def ceil(x):
    if is_symbolic(x):
        return record(ceil, x)
    return torch.ceil(tensor_of(x))


@translation("keras.ops.trunc")
def native_ops_trunc(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.trunc(x)


@adapter("keras.ops.trunc")
def trunc(x):
    if is_symbolic(x):
        return record(trunc, x)
    return torch.trunc(tensor_of(x))


@translation("keras.ops.exp2")
def native_ops_exp2(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.exp2(x)


@adapter("keras.ops.exp2")
def exp2(x):
    if is_symbolic(x):
        return record(exp2, x)
    return torch.exp2(tensor_of(x))


@translation("keras.ops.deg2rad")
def native_ops_deg2rad(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.deg2rad(x)


@adapter("keras.ops.deg2rad")
def deg2rad(x):
    if is_symbolic(x):
        return record(deg2rad, x)
    return torch.deg2rad(tensor_of(x))


@translation("keras.ops.rad2deg")
def native_ops_rad2deg(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.rad2deg(x)


@adapter("keras.ops.rad2deg")
def rad2deg(x):
    if is_symbolic(x):
        return record(rad2deg, x)
    return torch.rad2deg(tensor_of(x))


@translation("keras.ops.square")
def native_ops_square(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.square(x)


@adapter("keras.ops.square")
def square(x):
    if is_symbolic(x):
        return record(square, x)
    return torch.square(tensor_of(x))


@translation("keras.ops.sign")
def native_ops_sign(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sign(x)


@adapter("keras.ops.sign")
def sign(x):
    if is_symbolic(x):
        return record(sign, x)
    return torch.sign(tensor_of(x))


@translation("keras.ops.reciprocal")
def native_ops_reciprocal(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.reciprocal(x)


@adapter("keras.ops.reciprocal")
def reciprocal(x):
    if is_symbolic(x):
        return record(reciprocal, x)
    return torch.reciprocal(tensor_of(x))


@translation("keras.ops.isfinite")
def native_ops_isfinite(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.isfinite(x)


@adapter("keras.ops.isfinite")
def isfinite(x):
    if is_symbolic(x):
        return record(isfinite, x)
    return torch.isfinite(tensor_of(x))


@translation("keras.ops.isinf")
def native_ops_isinf(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.isinf(x)


@adapter("keras.ops.isinf")
def isinf(x):
    if is_symbolic(x):
        return record(isinf, x)
    return torch.isinf(tensor_of(x))


@translation("keras.ops.isnan")
def native_ops_isnan(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.isnan(x)


@adapter("keras.ops.isnan")
def isnan(x):
    if is_symbolic(x):
        return record(isnan, x)
    return torch.isnan(tensor_of(x))


@translation("keras.ops.isneginf")
def native_ops_isneginf(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.isneginf(x)


@adapter("keras.ops.isneginf")
def isneginf(x):
    if is_symbolic(x):
        return record(isneginf, x)
    return torch.isneginf(tensor_of(x))


@translation("keras.ops.isposinf")
def native_ops_isposinf(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.isposinf(x)


@adapter("keras.ops.isposinf")
def isposinf(x):
    if is_symbolic(x):
        return record(isposinf, x)
    return torch.isposinf(tensor_of(x))


@translation("keras.ops.absolute")
def native_ops_absolute(x):
    if is_tensor(x):
        return torch.abs(x)


@translation("keras.ops.abs")
def native_ops_abs(x):
    if is_tensor(x):
        return torch.abs(x)


@adapter("keras.ops.absolute")
@adapter("keras.ops.abs")
def absolute(x):
    if is_symbolic(x):
        return record(absolute, x)
    return torch.abs(tensor_of(x))


@translation("keras.ops.negative")
def native_ops_negative(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.neg(x)


@adapter("keras.ops.negative")
def negative(x):
    if is_symbolic(x):
        return record(negative, x)
    return torch.neg(tensor_of(x))


@adapter("keras.ops.round")
def rounded(x, decimals=0):
    if is_symbolic(x):
        return record(rounded, x, decimals)
    return torch.round(tensor_of(x), decimals=decimals)


@translation("keras.ops.logical_not")
def native_ops_logical_not(x):
    if is_tensor(x):
        return torch.logical_not(x)


@adapter("keras.ops.logical_not")
def logical_not(x):
    if is_symbolic(x):
        return record(logical_not, x)
    return torch.logical_not(tensor_of(x))


@translation("keras.ops.add")
def native_ops_add(x1, x2):
    if is_tensor(x1) and dtype(x1) == "float32" and (not is_tensor(x2) or dtype(x2) == "float32"):
        return x1 + x2


@adapter("keras.ops.add")
def add_values(x1, x2):
    if is_symbolic(x1, x2):
        return record(add_values, x1, x2)
    return torch.add(tensor_of(x1), x2)


@translation("keras.ops.subtract")
def native_ops_subtract(x1, x2):
    if is_tensor(x1) and dtype(x1) == "float32" and (not is_tensor(x2) or dtype(x2) == "float32"):
        return x1 - x2


@adapter("keras.ops.subtract")
def subtract_values(x1, x2):
    if is_symbolic(x1, x2):
        return record(subtract_values, x1, x2)
    return torch.sub(tensor_of(x1), x2)


@translation("keras.ops.multiply")
def native_ops_multiply(x1, x2):
    if is_tensor(x1) and dtype(x1) == "float32" and (not is_tensor(x2) or dtype(x2) == "float32"):
        return x1 * x2


@adapter("keras.ops.multiply")
def multiply_values(x1, x2):
    if is_symbolic(x1, x2):
        return record(multiply_values, x1, x2)
    return torch.mul(tensor_of(x1), x2)


@translation("keras.ops.divide")
def native_ops_divide(x1, x2):
    if is_tensor(x1) and dtype(x1) == "float32" and (not is_tensor(x2) or dtype(x2) == "float32"):
        return x1 / x2


@translation("keras.ops.true_divide")
def native_ops_true_divide(x1, x2):
    if is_tensor(x1) and dtype(x1) == "float32" and (not is_tensor(x2) or dtype(x2) == "float32"):
        return x1 / x2


@adapter("keras.ops.divide")
@adapter("keras.ops.true_divide")
def divide(x1, x2):
    if is_symbolic(x1, x2):
        return record(divide, x1, x2)
    return torch.div(tensor_of(x1), x2)


@translation("keras.ops.power")
def native_ops_power(x1, x2):
    if is_tensor(x1) and dtype(x1) == "float32" and (not is_tensor(x2) or dtype(x2) == "float32"):
        return x1 ** x2


@adapter("keras.ops.power")
def power(x1, x2):
    if is_symbolic(x1, x2):
        return record(power, x1, x2)
    return tensor_of(x1) ** x2


@translation("keras.ops.matmul")
def native_ops_matmul(x1, x2):
    if is_tensor(x1) and is_tensor(x2):
        return torch.matmul(x1, x2)


@adapter("keras.ops.matmul")
def matmul(x1, x2):
    if is_symbolic(x1, x2):
        return record(matmul, x1, x2)
    return torch.matmul(x1, x2)


@translation("keras.ops.maximum")
def native_ops_maximum(x1, x2):
    if is_tensor(x1) and is_tensor(x2) and dtype(x1) == dtype(x2):
        return torch.maximum(x1, x2)


@adapter("keras.ops.maximum")
def maximum_of_two(x1, x2):
    if is_symbolic(x1, x2):
        return record(maximum_of_two, x1, x2)
    return torch.maximum(*like_tensors(x1, x2))


@translation("keras.ops.minimum")
def native_ops_minimum(x1, x2):
    if is_tensor(x1) and is_tensor(x2) and dtype(x1) == dtype(x2):
        return torch.minimum(x1, x2)


@adapter("keras.ops.minimum")
def minimum_of_two(x1, x2):
    if is_symbolic(x1, x2):
        return record(minimum_of_two, x1, x2)
    return torch.minimum(*like_tensors(x1, x2))


@translation("keras.ops.equal")
def native_ops_equal(x1, x2):
    if is_tensor(x1):
        return x1 == x2


@adapter("keras.ops.equal")
def equal(x1, x2):
    if is_symbolic(x1, x2):
        return record(equal, x1, x2)
    return torch.eq(tensor_of(x1), x2)


@translation("keras.ops.not_equal")
def native_ops_not_equal(x1, x2):
    if is_tensor(x1):
        return x1 != x2


@adapter("keras.ops.not_equal")
def not_equal(x1, x2):
    if is_symbolic(x1, x2):
        return record(not_equal, x1, x2)
    return torch.ne(tensor_of(x1), x2)


@translation("keras.ops.greater")
def native_ops_greater(x1, x2):
    if is_tensor(x1):
        return x1 > x2


@adapter("keras.ops.greater")
def greater(x1, x2):
    if is_symbolic(x1, x2):
        return record(greater, x1, x2)
    return torch.gt(tensor_of(x1), x2)


@translation("keras.ops.greater_equal")
def native_ops_greater_equal(x1, x2):
    if is_tensor(x1):
        return x1 >= x2


@adapter("keras.ops.greater_equal")
def greater_equal(x1, x2):
    if is_symbolic(x1, x2):
        return record(greater_equal, x1, x2)
    return torch.ge(tensor_of(x1), x2)


@translation("keras.ops.less")
def native_ops_less(x1, x2):
    if is_tensor(x1):
        return x1 < x2


@adapter("keras.ops.less")
def less(x1, x2):
    if is_symbolic(x1, x2):
        return record(less, x1, x2)
    return torch.lt(tensor_of(x1), x2)


@translation("keras.ops.less_equal")
def native_ops_less_equal(x1, x2):
    if is_tensor(x1):
        return x1 <= x2


@adapter("keras.ops.less_equal")
def less_equal(x1, x2):
    if is_symbolic(x1, x2):
        return record(less_equal, x1, x2)
    return torch.le(tensor_of(x1), x2)


@translation("keras.ops.logical_and")
def native_ops_logical_and(x1, x2):
    if is_tensor(x1) and is_tensor(x2):
        return torch.logical_and(x1, x2)


@adapter("keras.ops.logical_and")
def logical_and(x1, x2):
    if is_symbolic(x1, x2):
        return record(logical_and, x1, x2)
    return torch.logical_and(*like_tensors(x1, x2))


@translation("keras.ops.logical_or")
def native_ops_logical_or(x1, x2):
    if is_tensor(x1) and is_tensor(x2):
        return torch.logical_or(x1, x2)


@adapter("keras.ops.logical_or")
def logical_or(x1, x2):
    if is_symbolic(x1, x2):
        return record(logical_or, x1, x2)
    return torch.logical_or(*like_tensors(x1, x2))


@translation("keras.ops.logical_xor")
def native_ops_logical_xor(x1, x2):
    if is_tensor(x1) and is_tensor(x2):
        return torch.logical_xor(x1, x2)


@adapter("keras.ops.logical_xor")
def logical_xor(x1, x2):
    if is_symbolic(x1, x2):
        return record(logical_xor, x1, x2)
    return torch.logical_xor(*like_tensors(x1, x2))


@adapter("keras.ops.mod")
def modulo(x1, x2):
    if is_symbolic(x1, x2):
        return record(modulo, x1, x2)
    return torch.remainder(tensor_of(x1), x2)


@adapter("keras.ops.floor_divide")
def floor_divide(x1, x2):
    if is_symbolic(x1, x2):
        return record(floor_divide, x1, x2)
    return torch.floor_divide(tensor_of(x1), x2)


@adapter("keras.ops.arctan2")
def arctan2(x1, x2):
    if is_symbolic(x1, x2):
        return record(arctan2, x1, x2)
    return torch.arctan2(*like_tensors(x1, x2))


@adapter("keras.ops.logaddexp")
def logaddexp(x1, x2):
    if is_symbolic(x1, x2):
        return record(logaddexp, x1, x2)
    return torch.logaddexp(*like_tensors(x1, x2))


@adapter("keras.ops.divide_no_nan")
def divide_no_nan(x1, x2):
    if is_symbolic(x1, x2):
        return record(divide_no_nan, x1, x2)
    x1, x2 = like_tensors(x1, x2)
    return torch.where(x2 == 0, torch.zeros_like(x1 / x2), x1 / torch.where(x2 == 0, torch.ones_like(x2), x2))


@translation("keras.ops.clip")
def native_ops_clip(x, x_min, x_max):
    if is_tensor(x) and not is_tensor(x_min) and not is_tensor(x_max):
        return torch.clamp(x, x_min, x_max)


@adapter("keras.ops.clip")
def clip(x, x_min, x_max):
    if is_symbolic(x, x_min, x_max):
        return record(clip, x, x_min, x_max)
    if isinstance(x_min, torch.Tensor) or isinstance(x_max, torch.Tensor):
        return torch.minimum(*like_tensors(torch.maximum(*like_tensors(x, x_min)), x_max))
    return torch.clamp(tensor_of(x), x_min, x_max)


@translation("keras.ops.where")
def native_ops_where(condition, x1=None, x2=None):
    if is_tensor(condition) and dtype(condition) == "bool" and is_tensor(x1) and is_tensor(x2) and dtype(x1) == dtype(x2):
        return torch.where(condition, x1, x2)


@adapter("keras.ops.where")
def choose(condition, x1=None, x2=None):
    if is_symbolic(condition, x1, x2):
        return record(choose, condition, x1, x2)
    if x1 is None and x2 is None:
        return tuple(torch.nonzero(condition, as_tuple=True))
    return torch.where(tensor_of(condition).bool(), *like_tensors(x1, x2))


@adapter("keras.ops.nan_to_num")
def nan_to_num(x, nan=0.0, posinf=None, neginf=None):
    if is_symbolic(x):
        return record(nan_to_num, x, nan, posinf, neginf)
    return torch.nan_to_num(x, nan, posinf, neginf)


@adapter("keras.ops.isclose")
def isclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False):
    if is_symbolic(x1, x2):
        return record(isclose, x1, x2, rtol, atol, equal_nan)
    return torch.isclose(*like_tensors(x1, x2), rtol, atol, equal_nan)


@adapter("keras.ops.cast")
def cast(x, dtype):
    if is_symbolic(x):
        return record(cast, x, dtype)
    return tensor_of(x).to(torch_dtype(dtype))


@adapter("keras.ops.convert_to_tensor")
def convert_to_tensor(x, dtype=None, sparse=None, ragged=None):
    if is_symbolic(x):
        return record(convert_to_tensor, x, dtype, sparse, ragged)
    return tensor_of(x) if dtype is None else tensor_of(x).to(torch_dtype(dtype))


@adapter("keras.ops.array")
def array_of(x, dtype=None):
    if is_symbolic(x):
        return record(array_of, x, dtype)
    return tensor_of(x) if dtype is None else tensor_of(x).to(torch_dtype(dtype))


@translation("keras.ops.stop_gradient")
def native_ops_stop_gradient(variable):
    if is_tensor(variable):
        return variable.detach()


@adapter("keras.ops.stop_gradient")
def stop_gradient(variable):
    if is_symbolic(variable):
        return record(stop_gradient, variable)
    return variable.detach()


@adapter("keras.ops.copy")
def copy_of(x):
    if is_symbolic(x):
        return record(copy_of, x)
    return torch.clone(x)


@adapter("keras.ops.bitwise_and")
def bitwise_and(x, y):
    if is_symbolic(x, y):
        return record(bitwise_and, x, y)
    return torch.bitwise_and(tensor_of(x), y)


@adapter("keras.ops.bitwise_or")
def bitwise_or(x, y):
    if is_symbolic(x, y):
        return record(bitwise_or, x, y)
    return torch.bitwise_or(tensor_of(x), y)


@adapter("keras.ops.bitwise_xor")
def bitwise_xor(x, y):
    if is_symbolic(x, y):
        return record(bitwise_xor, x, y)
    return torch.bitwise_xor(tensor_of(x), y)


@adapter("keras.ops.left_shift")
def left_shift(x, y):
    if is_symbolic(x, y):
        return record(left_shift, x, y)
    return torch.bitwise_left_shift(tensor_of(x), y)


@adapter("keras.ops.right_shift")
def right_shift(x, y):
    if is_symbolic(x, y):
        return record(right_shift, x, y)
    return torch.bitwise_right_shift(tensor_of(x), y)


@adapter("keras.ops.hypot")
def ops_hypot(x1, x2):
    if is_symbolic(x1, x2):
        return record(ops_hypot, x1, x2)
    x1, x2 = like_tensors(x1, x2)
    return torch.hypot(x1, x2)


@adapter("keras.ops.fmod")
def ops_fmod(x1, x2):
    if is_symbolic(x1, x2):
        return record(ops_fmod, x1, x2)
    x1, x2 = like_tensors(x1, x2)
    return torch.fmod(x1, x2)


@adapter("keras.ops.fmax")
def ops_fmax(x1, x2):
    if is_symbolic(x1, x2):
        return record(ops_fmax, x1, x2)
    x1, x2 = like_tensors(x1, x2)
    return torch.fmax(x1, x2)


@adapter("keras.ops.fmin")
def ops_fmin(x1, x2):
    if is_symbolic(x1, x2):
        return record(ops_fmin, x1, x2)
    x1, x2 = like_tensors(x1, x2)
    return torch.fmin(x1, x2)


@adapter("keras.ops.fabs")
def ops_fabs(x):
    if is_symbolic(x):
        return record(ops_fabs, x)
    return torch.abs(tensor_of(x))


@adapter("keras.ops.erfc")
def ops_erfc(x):
    if is_symbolic(x):
        return record(ops_erfc, x)
    return torch.erfc(tensor_of(x))


@adapter("keras.ops.sinc")
def ops_sinc(x):
    if is_symbolic(x):
        return record(ops_sinc, x)
    return torch.sinc(tensor_of(x))
