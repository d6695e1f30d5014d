"""Numbers of Python's module `math`: exact on known numbers."""
import _nw

pi = 3.141592653589793
e = 2.718281828459045
tau = 6.283185307179586
inf = float("inf")
nan = float("nan")


def acos(x, /):
    return _nw.math("acos", x)


def acosh(x, /):
    return _nw.math("acosh", x)


def asin(x, /):
    return _nw.math("asin", x)


def asinh(x, /):
    return _nw.math("asinh", x)


def atan(x, /):
    return _nw.math("atan", x)


def atanh(x, /):
    return _nw.math("atanh", x)


def ceil(x, /):
    return _nw.math("ceil", x)


def cos(x, /):
    return _nw.math("cos", x)


def cosh(x, /):
    return _nw.math("cosh", x)


def degrees(x, /):
    return _nw.math("degrees", x)


def erf(x, /):
    return _nw.math("erf", x)


def erfc(x, /):
    return _nw.math("erfc", x)


def exp(x, /):
    return _nw.math("exp", x)


def expm1(x, /):
    return _nw.math("expm1", x)


def fabs(x, /):
    return _nw.math("fabs", x)


def floor(x, /):
    return _nw.math("floor", x)


def gamma(x, /):
    return _nw.math("gamma", x)


def lgamma(x, /):
    return _nw.math("lgamma", x)


def isfinite(x, /):
    return _nw.math("isfinite", x)


def isinf(x, /):
    return _nw.math("isinf", x)


def isnan(x, /):
    return _nw.math("isnan", x)


def isqrt(x, /):
    return _nw.math("isqrt", x)


def log1p(x, /):
    return _nw.math("log1p", x)


def log2(x, /):
    return _nw.math("log2", x)


def log10(x, /):
    return _nw.math("log10", x)


def radians(x, /):
    return _nw.math("radians", x)


def sin(x, /):
    return _nw.math("sin", x)


def sinh(x, /):
    return _nw.math("sinh", x)


def sqrt(x, /):
    return _nw.math("sqrt", x)


def tan(x, /):
    return _nw.math("tan", x)


def tanh(x, /):
    return _nw.math("tanh", x)


def trunc(x, /):
    return _nw.math("trunc", x)


def factorial(x, /):
    return _nw.math("factorial", x)


def exp2(x, /):
    return _nw.math("exp2", x)


def cbrt(x, /):
    return _nw.math("cbrt", x)


def ulp(x, /):
    return _nw.math("ulp", x)


def atan2(x, y, /):
    return _nw.math("atan2", x, y)


def copysign(x, y, /):
    return _nw.math("copysign", x, y)


def fmod(x, y, /):
    return _nw.math("fmod", x, y)


def ldexp(x, y, /):
    return _nw.math("ldexp", x, y)


def pow(x, y, /):
    return _nw.math("pow", x, y)


def remainder(x, y, /):
    return _nw.math("remainder", x, y)


def log(x, base=None, /):
    return _nw.math("log", x) if base is None else _nw.math("log", x) / _nw.math("log", base)


def gcd(*integers):
    result = 0
    for x in integers:
        result = _nw.math("gcd", result, x)
    return result


def lcm(*integers):
    result = 1
    for x in integers:
        result = _nw.math("lcm", result, x)
    return result


def comb(n, k, /):
    return _nw.math("comb", n, k)


def perm(n, k=None, /):
    return _nw.math("perm", n, n if k is None else k)


def prod(iterable, /, *, start=1):
    result = start
    for x in iterable:
        result = result * x
    return result


def fsum(seq, /):
    parts = []
    for x in seq:
        kept = []
        for y in parts:
            if abs(x) < abs(y):
                x, y = y, x
            total = x + y
            rest = y - (total - x)
            if rest:
                kept.append(rest)
            x = total
        parts = kept + [x]
    return sum(parts, 0.0)


def sumprod(p, q, /):
    return sum([a * b for a, b in zip(p, q)])


def hypot(*coordinates):
    return _nw.math("sqrt", sum([x * x for x in coordinates]))


def dist(p, q, /):
    return _nw.math("sqrt", sum([(a - b) * (a - b) for a, b in zip(p, q)]))


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    return abs(a - b) <= max(rel_tol * max(abs(a), abs(b)), abs_tol)


def modf(x, /):
    whole = _nw.math("trunc", x)
    return (x - whole, float(whole))


def frexp(x, /):
    if x == 0:
        return (0.0, 0)
    exponent = _nw.math("floor", _nw.math("log2", abs(x))) + 1
    return (x / 2 ** exponent, exponent)
