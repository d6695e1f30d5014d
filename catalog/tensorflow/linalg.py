"""tensorflow.linalg."""
from __future__ import annotations

import _nw
from _nw import op
from keras.src import rules
from tensorflow import _axis, _one, _plain, einsum, eye, matmul, norm, tensordot
from tensorflow.math import l2_normalize

__public__ = "tensorflow.linalg"


@op(pivot="swap_axes(a, -1, -2)")
def matrix_transpose(a, name="matrix_transpose", conjugate=False) -> Tensor:
    x = _one(a)
    return rules.like(x, list(x.shape[:-2]) + [x.shape[-1], x.shape[-2]])


@op
def matvec(a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None) -> Tensor:
    x = _one(a)
    return rules.like(x, x.shape[:-1])


@op
def band_part(input, num_lower, num_upper, name=None) -> Tensor:
    x = _one(input)
    return _nw.tensor(x.shape, x.dtype, like=x, data=rules.banded(x, None if num_lower < 0 else num_lower, None if num_upper < 0 else num_upper))


@op(pivot="inverse(input)")
def inv(input, adjoint=False, name=None) -> Tensor:
    return _plain(input)


@op(pivot="determinant(input)")
def det(input, name=None) -> Tensor:
    x = _one(input)
    return rules.like(x, x.shape[:-2])


@op
def diag(diagonal, name="diag", k=0, num_rows=-1, num_cols=-1, padding_value=0, align="RIGHT_LEFT") -> Tensor:
    x = _one(diagonal)
    return rules.like(x, list(x.shape) + [x.shape[-1]])


@op
def diag_part(input, name="diag_part", k=0, padding_value=0, align="RIGHT_LEFT") -> Tensor:
    x = _one(input)
    return rules.like(x, list(x.shape[:-2]) + [min(x.shape[-1], x.shape[-2])])


@op
def set_diag(input, diagonal, name="set_diag", k=0, align="RIGHT_LEFT") -> Tensor:
    return _plain(input)


@op
def trace(x, name=None) -> Tensor:
    x = _one(x)
    return rules.like(x, x.shape[:-2])


@op(pivot="cholesky(input)")
def cholesky(input, name=None) -> Tensor:
    return _plain(input)


@op(pivot="solve(matrix, rhs)")
def solve(matrix, rhs, adjoint=False, name=None) -> Tensor:
    return _plain(rhs)
