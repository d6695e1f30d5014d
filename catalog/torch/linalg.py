"""Linear algebra."""
from __future__ import annotations

import _nw
from _nw import broadcast, check, normal_dim, op
from torch import _rules as rules
from torch import _QR, _SignLog, cross as _cross, det, matmul, matrix_exp, matrix_power, vander

_Eigen = _nw.namedtuple("_Eigen", ("eigenvalues", "eigenvectors"))
_Singular = _nw.namedtuple("_Singular", ("U", "S", "Vh"))
_LU = _nw.namedtuple("_LU", ("P", "L", "U"))
_Factors = _nw.namedtuple("_Factors", ("LU", "pivots"))
_LeastSquares = _nw.namedtuple("_LeastSquares", ("solution", "residuals", "rank", "singular_values"))
_WithInfo = _nw.namedtuple("_WithInfo", ("inverse", "info"))


def _square(A):
    check(A.ndim >= 2, "linalg: The input tensor must have at least 2 dimensions.")
    check(A.shape[-1] == A.shape[-2], "linalg: A must be batches of square matrices")


def _like(A, shape):
    return _nw.tensor(shape, A.dtype, like=A)


@op(pivot="norm(A, order=2 if ord is None else ord, axes=dim, keepdims=keepdim) if ord is None or isinstance(dim, int) or dim is None and A.ndim == 1"
    " else norm(A, order=2, axes=dim, keepdims=keepdim) if ord == 'fro'"
    " else matrix_norm(A, ord, (-2, -1) if dim is None else dim, keepdim)")
def norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None) -> Tensor:
    return rules.reduced(A, dim, keepdim, rules.real_of(A.dtype) if dtype is None else dtype)


@op(pivot="norm(x, order=ord, axes=dim, keepdims=keepdim)")
def vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None, out=None) -> Tensor:
    return rules.reduced(x, dim, keepdim, rules.real_of(x.dtype) if dtype is None else dtype)


@op(pivot="norm(A, order=2, axes=dim, keepdims=keepdim) if ord == 'fro' else matrix_norm(A, ord, dim, keepdim)")
def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None, out=None) -> Tensor:
    return rules.reduced(A, dim, keepdim, rules.real_of(A.dtype) if dtype is None else dtype)


@op(pivot="cross(input, other, axis=dim)")
def cross(input, other, *, dim=-1, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="reduce_sum(multiply(x, y), axes=dim)")
def vecdot(x, y, *, dim=-1, out=None) -> Tensor:
    shape = broadcast(x.shape, y.shape)
    return _nw.tensor(rules.without(shape, normal_dim(dim, len(shape))), _nw.promote(x, y), like=x)


@op()
def multi_dot(tensors, *, out=None) -> Tensor:
    shape = tensors[0].shape
    for t in tensors[1:]:
        shape = rules.matmul_shape(shape, t.shape)
    return _like(tensors[0], shape)


@op(result="_SignLog(Tensor, Tensor)")
def slogdet(A, *, out=None) -> Any:
    _square(A)
    return _SignLog(_like(A, A.shape[:-2]), _nw.tensor(A.shape[:-2], rules.real_of(A.dtype), like=A))


@op(pivot="inverse(A)")
def inv(A, *, out=None) -> Tensor:
    _square(A)
    return _like(A, A.shape)


@op(result="_WithInfo(Tensor, Tensor)")
def inv_ex(A, *, check_errors=False, out=None) -> Any:
    _square(A)
    return _WithInfo(_like(A, A.shape), _nw.tensor(A.shape[:-2], rules.INT32, like=A))


@op(pivot="pseudo_inverse(A) if atol is None and rtol is None and not hermitian else None")
def pinv(A, *, atol=None, rtol=None, hermitian=False, out=None) -> Tensor:
    return _like(A, A.shape[:-2] + (A.shape[-1], A.shape[-2]))


@op(pivot="cholesky(A)")
def cholesky(A, *, upper=False, out=None) -> Tensor:
    _square(A)
    return _like(A, A.shape)


@op(pivot="qr(A, mode)", result="_QR(Tensor, Tensor)")
def qr(A, mode="reduced", *, out=None) -> Any:
    rows, columns = A.shape[-2], A.shape[-1]
    inner = rows if mode == "complete" else min(rows, columns)
    q = _like(A, (0,)) if mode == "r" else _like(A, A.shape[:-2] + (rows, inner))
    return _QR(q, _like(A, A.shape[:-2] + (inner, columns)))


@op(pivot="svd(A, full_matrices)", result="_Singular(Tensor, Tensor, Tensor)")
def svd(A, full_matrices=True, *, driver=None, out=None) -> Any:
    rows, columns = A.shape[-2], A.shape[-1]
    least = min(rows, columns)
    batch = A.shape[:-2]
    return _Singular(_like(A, batch + (rows, rows if full_matrices else least)), _nw.tensor(batch + (least,), rules.real_of(A.dtype), like=A),
                     _like(A, batch + (columns if full_matrices else least, columns)))


@op()
def svdvals(A, *, driver=None, out=None) -> Tensor:
    return _nw.tensor(A.shape[:-2] + (min(A.shape[-2], A.shape[-1]),), rules.real_of(A.dtype), like=A)


@op(pivot="eigh(A)", result="_Eigen(Tensor, Tensor)")
def eigh(A, UPLO="L", *, out=None) -> Any:
    _square(A)
    return _Eigen(_nw.tensor(A.shape[:-1], rules.real_of(A.dtype), like=A), _like(A, A.shape))


@op()
def eigvalsh(A, UPLO="L", *, out=None) -> Tensor:
    _square(A)
    return _nw.tensor(A.shape[:-1], rules.real_of(A.dtype), like=A)


@op(result="_Eigen(Tensor, Tensor)")
def eig(A, *, out=None) -> Any:
    _square(A)
    dtype = rules.complex_of(A.dtype)
    return _Eigen(_nw.tensor(A.shape[:-1], dtype, like=A), _nw.tensor(A.shape, dtype, like=A))


@op()
def eigvals(A, *, out=None) -> Tensor:
    _square(A)
    return _nw.tensor(A.shape[:-1], rules.complex_of(A.dtype), like=A)


@op(pivot="solve(A, B)")
def solve(A, B, *, left=True, out=None) -> Tensor:
    _square(A)
    vector = B.ndim == 1 or (B.ndim == A.ndim - 1 and tuple(B.shape) == tuple(A.shape[:-1]))
    if vector:
        return _like(A, broadcast(A.shape[:-2], B.shape[:-1]) + (B.shape[-1],))
    return _like(A, broadcast(A.shape[:-2], B.shape[:-2]) + tuple(B.shape[-2:]))


@op()
def solve_triangular(A, B, *, upper, left=True, unitriangular=False, out=None) -> Tensor:
    return _like(A, broadcast(A.shape[:-2], B.shape[:-2]) + tuple(B.shape[-2:]))


@op(result="_LeastSquares(Tensor, Tensor, Tensor, Tensor)")
def lstsq(A, B, rcond=None, *, driver=None) -> Any:
    batch = A.shape[:-2]
    return _LeastSquares(_like(A, batch + (A.shape[-1],) + tuple(B.shape[A.ndim - 1:])), _nw.tensor(None, A.dtype, like=A), _nw.tensor(batch, rules.INT64, like=A), _nw.tensor(None, A.dtype, like=A))


@op(result="_LU(Tensor, Tensor, Tensor)")
def lu(A, *, pivot=True, out=None) -> Any:
    rows, columns = A.shape[-2], A.shape[-1]
    least = min(rows, columns)
    batch = A.shape[:-2]
    return _LU(_like(A, batch + (rows, rows)), _like(A, batch + (rows, least)), _like(A, batch + (least, columns)))


@op(result="_Factors(Tensor, Tensor)")
def lu_factor(A, *, pivot=True, out=None) -> Any:
    return _Factors(_like(A, A.shape), _nw.tensor(A.shape[:-2] + (min(A.shape[-2], A.shape[-1]),), rules.INT32, like=A))


@op()
def matrix_rank(A, *, atol=None, rtol=None, hermitian=False, out=None) -> Tensor:
    return _nw.tensor(A.shape[:-2], rules.INT64, like=A)


@op()
def cond(A, p=None, *, out=None) -> Tensor:
    return _nw.tensor(A.shape[:-2], rules.real_of(A.dtype), like=A)


@op(pivot="diagonal(A, offset, dim1, dim2)")
def diagonal(A, *, offset=0, dim1=-2, dim2=-1) -> Tensor:
    from torch import diagonal as general
    return general(A, offset, dim1, dim2)


@op()
def householder_product(A, tau, *, out=None) -> Tensor:
    return _like(A, A.shape)


@op()
def tensorinv(A, ind=2, *, out=None) -> Tensor:
    return _like(A, tuple(A.shape[ind:]) + tuple(A.shape[:ind]))
