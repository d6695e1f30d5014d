"""tensorflow.linalg."""
from __future__ import annotations

import _nw
from _nw import op
from keras.src import rules
from tensorflow import _axis, _one, _plain, cast, einsum, expand_dims, eye, matmul, multiply, norm, reduce_sum, squeeze, tensordot, where
from tensorflow.math import l2_normalize

__public__ = "tensorflow.linalg"


@op(pivot="swap_axes(a, -1, -2)")
def matrix_transpose(a, name="matrix_transpose", conjugate=False) -> Tensor:
    x = _one(a)
    return rules.like(x, list(x.shape[:-2]) + [x.shape[-1], x.shape[-2]])


def matvec(a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None):
    return squeeze(matmul(_one(a), expand_dims(_one(b), -1), transpose_a=transpose_a, adjoint_a=adjoint_a), [-1])


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


def diag(diagonal, name="diag", k=0, num_rows=-1, num_cols=-1, padding_value=0, align="RIGHT_LEFT"):
    x = _one(diagonal)
    if k != 0 or num_rows != -1 or num_cols != -1 or padding_value != 0:
        return _nw.unknown("tf.linalg.diag of this form")
    return multiply(expand_dims(x, -1), eye(x.shape[-1], dtype=x.dtype))


def diag_part(input, name="diag_part", k=0, padding_value=0, align="RIGHT_LEFT"):
    x = _one(input)
    if k != 0:
        return _nw.unknown("tf.linalg.diag_part of this form")
    from keras.src.ops import numpy
    return numpy.diagonal(x, 0, len(x.shape) - 2, len(x.shape) - 1)


def set_diag(input, diagonal, name="set_diag", k=0, align="RIGHT_LEFT"):
    x = _one(input)
    if k != 0 or x.shape[-1] != x.shape[-2]:
        return _nw.unknown("tf.linalg.set_diag of this form")
    return where(cast(eye(x.shape[-1]), "bool"), expand_dims(_one(diagonal), -1), x)


def trace(x, name=None):
    return reduce_sum(diag_part(_one(x)), -1)


@op(pivot="cholesky(input)")
def cholesky(input, name=None) -> Tensor:
    return _plain(input)


@op(pivot="solve(matrix, rhs)")
def solve(matrix, rhs, adjoint=False, name=None) -> Tensor:
    return _plain(rhs)


def adjoint(matrix, name=None):
    if _one(matrix).dtype in ("complex64", "complex128"):
        return _nw.unknown("conjugates of matrices")
    return matrix_transpose(matrix)


@op
def logdet(matrix, name=None) -> Tensor:
    x = _one(matrix)
    return rules.like(x, x.shape[:-2])


@op
def slogdet(input, name=None) -> (Tensor, Tensor):
    x = _one(input)
    return rules.like(x, x.shape[:-2]), rules.like(x, x.shape[:-2])


@op
def expm(input, name=None) -> Tensor:
    return _plain(input)


@op
def cross(a, b, name=None) -> Tensor:
    return _plain(a)


@op
def triangular_solve(matrix, rhs, lower=True, adjoint=False, name=None) -> Tensor:
    return _plain(rhs)


@op
def cholesky_solve(chol, rhs, name=None) -> Tensor:
    return _plain(rhs)


@op
def pinv(a, rcond=None, validate_args=False, name=None) -> Tensor:
    x = _one(a)
    return rules.like(x, list(x.shape[:-2]) + [x.shape[-1], x.shape[-2]])


@op
def matrix_rank(a, tol=None, validate_args=False, name=None) -> Tensor:
    x = _one(a)
    return rules.like(x, x.shape[:-2], "int32")


def normalize(tensor, ord="euclidean", axis=None, name=None):
    length = norm(tensor, ord, axis, True)
    return _one(tensor) / length, length


def global_norm(t_list, name=None):
    from tensorflow import add_n, sqrt, square
    return sqrt(add_n([reduce_sum(square(t)) for t in t_list]))


def tensor_diag(diagonal, name=None):
    if len(_one(diagonal).shape) != 1:
        return _nw.unknown("diagonals of more axes")
    return diag(diagonal)
