"""keras.ops of linear algebra beside products: decompositions, solutions, products of all pairs."""

import torch


@adapter("keras.ops.kron")
def kronecker(x1, x2):
    if is_symbolic(x1, x2):
        return record(kronecker, x1, x2)
    return torch.kron(*promoted([x1, x2]))


@adapter("keras.ops.corrcoef")
def correlations(x):
    if is_symbolic(x):
        return record(correlations, x)
    return torch.corrcoef(real(tensor_of(x)))


@adapter("keras.ops.vander")
def powers_of_each(x, N=None, increasing=False):
    if is_symbolic(x):
        return record(powers_of_each, x, N, increasing)
    return torch.vander(x, N, increasing)


@adapter("keras.ops.diagflat")
def diagonal_matrix(x, k=0):
    if is_symbolic(x):
        return record(diagonal_matrix, x, k)
    return torch.diagflat(tensor_of(x), k)


@adapter("keras.ops.svd")
def singular_values(x, full_matrices=True, compute_uv=True):
    if is_symbolic(x):
        return record(singular_values, x, full_matrices, compute_uv)
    if compute_uv:
        raise NotImplementedError("Singular vectors have either sign.")
    return torch.linalg.svdvals(x)


@adapter("keras.ops.slogdet")
def slogdet(x):
    if is_symbolic(x):
        return record(slogdet, x)
    sign, logarithm = torch.linalg.slogdet(x)
    return sign, logarithm


@adapter("keras.ops.logdet")
def logdet(x):
    if is_symbolic(x):
        return record(logdet, x)
    return torch.logdet(x)


@adapter("keras.ops.pinv")
def pseudo_inverse(x, rcond=None):
    if is_symbolic(x):
        return record(pseudo_inverse, x, rcond)
    return torch.linalg.pinv(x) if rcond is None else torch.linalg.pinv(x, rtol=rcond)


@adapter("keras.ops.matrix_rank")
def matrix_rank(x, tol=None):
    if is_symbolic(x):
        return record(matrix_rank, x, tol)
    return (torch.linalg.matrix_rank(x) if tol is None else torch.linalg.matrix_rank(x, atol=tol, rtol=0.0)).to(torch.int32)


@adapter("keras.ops.solve_triangular")
def solve_triangular(a, b, lower=False):
    if is_symbolic(a, b):
        return record(solve_triangular, a, b, lower)
    if b.ndim == a.ndim - 1:
        return torch.linalg.solve_triangular(a, b[..., None], upper=not lower)[..., 0]
    return torch.linalg.solve_triangular(a, b, upper=not lower)


@adapter("keras.ops.cholesky_inverse")
def cholesky_inverse(x, upper=False):
    if is_symbolic(x):
        return record(cholesky_inverse, x, upper)
    return torch.cholesky_inverse(x, upper)


@adapter("keras.ops.cdist")
def distances(x, y):
    if is_symbolic(x, y):
        return record(distances, x, y)
    return torch.cdist(x, y)
