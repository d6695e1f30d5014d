"""Linear algebra: shapes."""
import _nw
import numpy


class LinAlgError(ValueError):
    pass


def _like(a):
    return numpy.empty_like(numpy.asarray(a), numpy.float64)


def norm(x, ord=None, axis=None, keepdims=False):
    if ord is None:
        return numpy.sqrt(numpy.sum(numpy.square(x), axis, None, None, keepdims))
    return numpy.sqrt(numpy.sum(numpy.square(x), axis, None, None, keepdims)) if ord == 2 and axis is not None else _nw.unknown("a norm of numpy")


def inv(a):
    return _like(a)


def pinv(a, rcond=None, hermitian=False):
    return numpy.empty_like(numpy.swapaxes(a, -1, -2), numpy.float64)


def det(a):
    shape = numpy.asarray(a).shape[:-2]
    return numpy.empty(shape) if shape else _nw.unknown("a determinant")


def cholesky(a):
    return _like(a)


def solve(a, b):
    return _like(b)


def qr(a, mode="reduced"):
    rows, columns = numpy.asarray(a).shape
    inner = rows if mode == "complete" else min(rows, columns)
    return numpy.empty((rows, inner)), numpy.empty((inner, columns))


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    rows, columns = numpy.asarray(a).shape
    inner = min(rows, columns)
    return numpy.empty((rows, rows if full_matrices else inner)), numpy.empty((inner,)), numpy.empty((columns if full_matrices else inner, columns))


def eigh(a, UPLO="L"):
    return numpy.empty(numpy.asarray(a).shape[:-1]), _like(a)


def eigvalsh(a, UPLO="L"):
    return numpy.empty(numpy.asarray(a).shape[:-1])


def lstsq(a, b, rcond=None):
    return _nw.unknown("a least-squares solution")


def matrix_rank(A, tol=None, hermitian=False):
    return _nw.unknown("the rank of a matrix")


def matrix_power(a, n):
    return _like(a)
