"""keras.ops.linalg."""
from __future__ import annotations

import _nw
from _nw import check, normal_dim, op
from keras.src import dtypes, rules
from keras.src.ops.math import norm

__public__ = "keras.ops"


def _square(x):
    x = rules.convert(x)
    check(len(x.shape) >= 2, "Expected input to have rank >= 2.", ValueError)
    check(x.shape[-1] == x.shape[-2], "Expected a square matrix", ValueError)
    return x


@op(pivot="cholesky(x)")
def cholesky(x, upper=False) -> Tensor:
    return rules.same(_square(x))


@op
def cholesky_inverse(x, upper=False) -> Tensor:
    return rules.same(_square(x))


@op(pivot="determinant(x)")
def det(x) -> Tensor:
    x = _square(x)
    return rules.like(x, x.shape[:-2])


@op(pivot="inverse(x)")
def inv(x) -> Tensor:
    return rules.same(_square(x))


@op
def eig(x) -> (Tensor, Tensor):
    x = _square(x)
    return rules.like(x, x.shape[:-1], "complex64"), rules.like(x, x.shape, "complex64")


@op(pivot="eigh(x)")
def eigh(x) -> (Tensor, Tensor):
    x = _square(x)
    return rules.like(x, x.shape[:-1]), rules.like(x)


@op
def lu_factor(x) -> (Tensor, Tensor):
    x = rules.convert(x)
    return rules.like(x), rules.like(x, list(x.shape[:-2]) + [min(x.shape[-1], x.shape[-2])], "int32")


_Qr = _nw.namedtuple("Qr", ("q", "r"))


@op(result="_Qr(Tensor, Tensor)")
def qr(x, mode="reduced") -> Any:
    x = rules.convert(x)
    m, n = x.shape[-2], x.shape[-1]
    k = m if mode == "complete" else min(m, n)
    return _Qr(rules.like(x, list(x.shape[:-2]) + [m, k]), rules.like(x, list(x.shape[:-2]) + [k, n]))


@op(pivot="solve(a, b)")
def solve(a, b) -> Tensor:
    _square(a)
    return rules.same(b)


@op
def solve_triangular(a, b, lower=False) -> Tensor:
    _square(a)
    return rules.same(b)


@op
def svd(x, full_matrices=True, compute_uv=True) -> Any:
    x = rules.convert(x)
    m, n = x.shape[-2], x.shape[-1]
    k = min(m, n)
    s = rules.like(x, list(x.shape[:-2]) + [k])
    if not compute_uv:
        return s
    return rules.like(x, list(x.shape[:-2]) + [m, m if full_matrices else k]), s, rules.like(x, list(x.shape[:-2]) + [n if full_matrices else k, n])


@op(pivot="pseudo_inverse(x) if rcond is None else None")
def pinv(x, rcond=None) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, list(x.shape[:-2]) + [x.shape[-1], x.shape[-2]])


@op
def lstsq(a, b, rcond=None) -> Tensor:
    a, b = rules.convert(a), rules.convert(b)
    return rules.like(b, [a.shape[1]] + list(b.shape[1:]))


@op
def matrix_rank(x, tol=None) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, x.shape[:-2], "int32")
