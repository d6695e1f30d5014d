"""keras.ops on each element that few programs use: numbers' bits, divisors, limits of types."""

import torch


@adapter("keras.ops.cbrt")
def cube_root(x):
    if is_symbolic(x):
        return record(cube_root, x)
    x = real(tensor_of(x))
    return torch.sign(x) * torch.abs(x) ** (1 / 3)


@adapter("keras.ops.gcd")
def greatest_divisor(x1, x2):
    if is_symbolic(x1, x2):
        return record(greatest_divisor, x1, x2)
    return torch.gcd(*promoted([x1, x2]))


@adapter("keras.ops.lcm")
def least_multiple(x1, x2):
    if is_symbolic(x1, x2):
        return record(least_multiple, x1, x2)
    return torch.lcm(*promoted([x1, x2]))


@adapter("keras.ops.ldexp")
def times_power_of_two(x1, x2):
    if is_symbolic(x1, x2):
        return record(times_power_of_two, x1, x2)
    return real(tensor_of(x1)) * 2.0 ** tensor_of(x2)


@adapter("keras.ops.logaddexp2")
def logaddexp2(x1, x2):
    if is_symbolic(x1, x2):
        return record(logaddexp2, x1, x2)
    return torch.logaddexp2(*[real(x) for x in promoted([x1, x2])])


@adapter("keras.ops.nextafter")
def nextafter(x1, x2):
    if is_symbolic(x1, x2):
        return record(nextafter, x1, x2)
    return torch.nextafter(*[real(x) for x in promoted([x1, x2])])


@adapter("keras.ops.signbit")
def signbit(x):
    if is_symbolic(x):
        return record(signbit, x)
    return torch.signbit(tensor_of(x))


@adapter("keras.ops.isreal")
def isreal(x):
    if is_symbolic(x):
        return record(isreal, x)
    return torch.isreal(tensor_of(x))


@adapter("keras.ops.saturate_cast")
def saturate_cast(x, dtype):
    if is_symbolic(x):
        return record(saturate_cast, x, dtype)
    dtype = torch_dtype(dtype)
    if dtype.is_floating_point:
        return x.to(dtype)
    limits = torch.iinfo(dtype)
    return torch.clamp(x, limits.min, limits.max).to(dtype)
