"""Products of matrices and tensors, linear maps, embeddings, attention."""
import collections
import functools
import math

import keras
import numpy as np
from keras import ops

# ---------------------------------------------------------------- products

@translation("torch.matmul")
def matmul(input, other, *, out=None):
    if out is None:
        return ops.matmul(input, other)


@translation("torch.mm")
def mm(input, mat2, *, out_dtype=None, out=None):
    if out is None and out_dtype is None:
        return ops.matmul(input, mat2)


@translation("torch.bmm")
def bmm(input, mat2, *, out_dtype=None, out=None):
    if out is None and out_dtype is None:
        return ops.matmul(input, mat2)


@translation("torch.mv")
def mv(input, vec, *, out=None):
    if out is None:
        return ops.matmul(input, vec)


@adapter("torch.addmm")
def addmm(input, mat1, mat2, *, beta=1, alpha=1):
    """beta * input + alpha * (mat1 @ mat2); input counts only where beta is not zero."""
    product = alpha * ops.matmul(mat1, mat2)
    return product if beta == 0 else beta * input + product


@adapter("torch.baddbmm")
def baddbmm(input, batch1, batch2, *, beta=1, alpha=1):
    """beta * input + alpha * (batch1 @ batch2); input counts only where beta is not zero."""
    product = alpha * ops.matmul(batch1, batch2)
    return product if beta == 0 else beta * input + product


@adapter("torch.addmv")
def addmv(input, mat, vec, *, beta=1, alpha=1):
    """beta * input + alpha * (mat @ vec); input counts only where beta is not zero."""
    product = alpha * ops.matmul(mat, vec)
    return product if beta == 0 else beta * input + product


@translation("torch.addmm")
def _addmm(input, mat1, mat2, *, beta=1, alpha=1, out_dtype=None, out=None):
    if out is None and out_dtype is None and beta == 1 and alpha == 1:
        return ops.add(input, ops.matmul(mat1, mat2))
    if out is None and out_dtype is None:
        return addmm(input, mat1, mat2, beta=beta, alpha=alpha)


@translation("torch.baddbmm")
def _baddbmm(input, batch1, batch2, *, beta=1, alpha=1, out_dtype=None, out=None):
    if out is None and out_dtype is None and beta == 1 and alpha == 1:
        return ops.add(input, ops.matmul(batch1, batch2))
    if out is None and out_dtype is None:
        return baddbmm(input, batch1, batch2, beta=beta, alpha=alpha)


@translation("torch.addmv")
def _addmv(input, mat, vec, *, beta=1, alpha=1, out=None):
    if out is None:
        return addmv(input, mat, vec, beta=beta, alpha=alpha)


@translation("torch.einsum")
def einsum(equation, *operands):
    if isinstance(equation, str) and "->" in equation and len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        return ops.einsum(equation, *operands[0])
    if isinstance(equation, str) and "->" in equation:
        return ops.einsum(equation, *operands)
    if isinstance(equation, str) and len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        return einsum_implicit(equation, *operands[0])
    if isinstance(equation, str):
        return einsum_implicit(equation, *operands)


@adapter("torch.einsum")
def einsum_implicit(equation, *operands):
    """An einsum whose result has the indices that stand once, in alphabetical order; the indices may be lists of numbers, one behind each operand."""
    if not isinstance(equation, str):
        given = (equation, *operands)
        texts = ["".join("..." if number is Ellipsis else "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[number] for number in numbers)
                 for numbers in (*given[1:len(given) // 2 * 2:2], *given[len(given) // 2 * 2:])]
        count = len(given) // 2
        operands = given[0:2 * count:2]
        equation = ",".join(texts[:count])
        if len(texts) > count:
            return ops.einsum(f"{equation}->{texts[count]}", *operands)
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = operands[0]
    letters = equation.replace(" ", "").replace(",", "").replace(".", "")
    result = "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1))
    return ops.einsum(f"{equation}->{'...' if '...' in equation else ''}{result}", *operands)


@translation("torch.dot")
def dot(input, tensor, *, out=None):
    if out is None:
        return ops.dot(input, tensor)


@translation("torch.inner")
def inner(input, other, *, out=None):
    if out is None:
        return ops.inner(input, other)


@adapter("torch.outer")
def outer(input, vec2):
    """The products of all pairs of elements."""
    return ops.outer(input, vec2)


@translation("torch.ger")
def ger(input, vec2, *, out=None):
    if out is None:
        return ops.outer(input, vec2)


@adapter("torch.tensordot")
def tensordot(a, b, dims=2):
    """Sums of products over the last axes of one and the first of the other tensor, or over the named ones."""
    return ops.tensordot(a, b, axes=dims)


@translation("torch.tensordot")
def _tensordot(a, b, dims=2, out=None):
    if out is None and not is_tensor(dims):
        return tensordot(a, b, dims)


@adapter("torch.kron")
def kron(input, other):
    """The Kronecker product of two tensors of the same rank."""
    a, b = ops.shape(input), ops.shape(other)
    if len(a) != len(b):
        raise NotImplementedError("tensors of different ranks")
    wide = ops.reshape(input, [n for size in a for n in (size, 1)]) * ops.reshape(other, [n for size in b for n in (1, size)])
    return ops.reshape(wide, [m * n for m, n in zip(a, b)])


@translation("torch.kron")
def _kron(input, other, *, out=None):
    if out is None and rank(input) == rank(other):
        return kron(input, other)


@adapter("torch.cross")
def cross(input, other, dim):
    """The cross product of vectors of three along an axis."""
    a, b = ops.unstack(input, axis=dim), ops.unstack(other, axis=dim)
    return ops.stack([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]], axis=dim)


@translation("torch.cross")
def _cross(input, other, dim=None, *, out=None):
    if out is None and dim is not None and rank(input) == rank(other):
        return cross(input, other, dim)


@translation("torch.linalg.cross")
def linalg_cross(input, other, *, dim=-1, out=None):
    if out is None and rank(input) == rank(other):
        return cross(input, other, dim)


@adapter("torch.cdist")
def cdist(x1, x2, p=2.0):
    """The distances of all rows of x1 from all rows of x2; the gradient at distance zero is zero."""
    difference = ops.abs(ops.expand_dims(x1, -2) - ops.expand_dims(x2, -3))
    if p == 0:
        return ops.sum(ops.cast(difference != 0, difference.dtype), axis=-1)
    if p == 1:
        return ops.sum(difference, axis=-1)
    if p == float("inf"):
        return ops.max(difference, axis=-1)
    total = ops.sum(difference**p, axis=-1)
    root = ops.where(total > 0, total, ops.ones_like(total)) ** (1 / p)
    return ops.where(total > 0, root, ops.zeros_like(total))


@translation("torch.cdist")
def _cdist(x1, x2, p=2.0, compute_mode="use_mm_for_euclid_dist_if_necessary"):
    if p >= 1:
        return cdist(x1, x2, p)


# ---------------------------------------------------------------- linear maps, embeddings

@adapter("torch.nn.functional.linear")
def linear(input, weight, bias=None):
    """input @ weight.T + bias"""
    output = ops.matmul(input, ops.transpose(weight))
    return output if bias is None else output + bias


@translation("torch.nn.functional.linear")
def _linear(input, weight, bias=None):
    if rank(weight) == 2 and bias is None:
        return ops.matmul(input, ops.transpose(weight))
    if rank(weight) == 2:
        return ops.add(ops.matmul(input, ops.transpose(weight)), bias)


@adapter("torch.nn.functional.bilinear")
def bilinear(input1, input2, weight, bias=None):
    output = ops.einsum("...i,oij,...j->...o", input1, weight, input2)
    return output if bias is None else output + bias


@translation("torch.nn.functional.embedding")
def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    if max_norm is None and padding_idx is not None:
        return noted("the row padding_idx is trained, too", ops.take(weight, input, axis=0))
    if max_norm is None:
        return ops.take(weight, input, axis=0)


@translation("torch.nn.functional.one_hot")
def one_hot(tensor, num_classes=-1):
    if num_classes >= 0:
        return ops.one_hot(tensor, num_classes, dtype="int64")


# ---------------------------------------------------------------- similarity

@adapter("torch.nn.functional.cosine_similarity")
def cosine_similarity(x1, x2, dim=1, eps=1e-08):
    """The cosine of the angle of vectors along an axis; each norm is at least eps."""
    product = ops.sum(x1 * x2, axis=dim)
    squares = ops.maximum(ops.sum(x1 * x1, axis=dim), eps * eps) * ops.maximum(ops.sum(x2 * x2, axis=dim), eps * eps)
    return product / ops.sqrt(squares)


@adapter("torch.nn.functional.pairwise_distance")
def pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False):
    """The norm of x1 - x2 + eps along the last axis."""
    difference = ops.abs(x1 - x2 + eps)
    if p == float("inf"):
        return ops.max(difference, axis=-1, keepdims=keepdim)
    return ops.sum(difference**p, axis=-1, keepdims=keepdim) ** (1 / p)


@translation("torch.nn.functional.pairwise_distance")
def _pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False):
    if p >= 1:
        return pairwise_distance(x1, x2, p, eps, keepdim)


# ---------------------------------------------------------------- attention

@adapter("torch.nn.functional.scaled_dot_product_attention")
def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False):
    """softmax(scale * query @ key^T + mask) @ value over the last two axes; a mask of truth values says what may be attended to."""
    if enable_gqa:
        key = ops.repeat(key, ops.shape(query)[-3] // ops.shape(key)[-3], axis=-3)
        value = ops.repeat(value, ops.shape(query)[-3] // ops.shape(value)[-3], axis=-3)
    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = ops.matmul(query * scale, ops.swapaxes(key, -2, -1))
    if is_causal:
        attn_mask = ops.tril(ops.ones(ops.shape(scores)[-2:], dtype="bool"))
    if attn_mask is None:
        weights = ops.softmax(scores)
    elif ops.dtype(attn_mask) == "bool":
        weights = ops.softmax(ops.where(attn_mask, scores, -1e30))
        weights = ops.where(ops.any(attn_mask, axis=-1, keepdims=True), weights, 0.0)
    else:
        weights = ops.softmax(scores + attn_mask)
    if dropout_p > 0:
        weights = keras.random.dropout(weights, dropout_p)
    return ops.matmul(weights, value)


# ---------------------------------------------------------------- matrices

@translation("torch.inverse")
def inverse(input, *, out=None):
    if out is None:
        return ops.inv(input)


@translation("torch.linalg.inv")
def linalg_inv(A, *, out=None):
    if out is None:
        return ops.inv(A)


@translation("torch.det")
def det(input):
    return ops.det(input)


@translation("torch.linalg.pinv")
def pinv(A, *, atol=None, rtol=None, hermitian=False, out=None):
    if out is None and atol is None and rtol is None and hermitian is False:
        return ops.pinv(A)


@translation("torch.pinverse")
def pinverse(input, rcond=1e-15):
    if rcond == 1e-15:
        return ops.pinv(input)


@translation("torch.linalg.cholesky")
def linalg_cholesky(A, *, upper=False, out=None):
    if out is None and upper is False:
        return ops.cholesky(A)


@translation("torch.cholesky")
def cholesky(input, upper=False, *, out=None):
    if out is None and upper is False:
        return ops.cholesky(input)


@translation("torch.linalg.solve")
def linalg_solve(A, B, *, left=True, out=None):
    if out is None and left is True and (rank(B) == 1 or rank(B) == rank(A)):
        return ops.solve(A, B)


@translation("torch.linalg.diagonal")
def linalg_diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    return ops.diagonal(A, offset=offset, axis1=dim1, axis2=dim2)


@adapter("torch.linalg.vecdot")
def vecdot(x, y, *, dim=-1):
    """The sum of products along an axis."""
    return ops.sum(x * y, axis=dim)


@translation("torch.linalg.vecdot")
def _vecdot(x, y, *, dim=-1, out=None):
    if out is None:
        return vecdot(x, y, dim=dim)


@adapter("torch.matrix_power")
def matrix_power(input, n):
    """The product of n times the same matrix."""
    if n < 0:
        input, n = ops.inv(input), -n
    result = ops.broadcast_to(ops.eye(ops.shape(input)[-1], dtype=input.dtype), ops.shape(input))
    for _ in range(n):
        result = ops.matmul(result, input)
    return result


@translation("torch.matrix_power")
def _matrix_power(input, n, *, out=None):
    if out is None and n >= 0:
        return matrix_power(input, n)


# ---------------------------------------------------------------- normalise

@adapter("torch.nn.functional.normalize")
def normalize(input, p=2.0, dim=1, eps=1e-12):
    """Vectors along an axis divided by their norm, which counts as eps where it is smaller."""
    if p == 1:
        norm = ops.sum(ops.abs(input), axis=dim, keepdims=True)
    elif p == float("inf"):
        norm = ops.max(ops.abs(input), axis=dim, keepdims=True)
    else:
        total = ops.sum(ops.square(input) if p == 2 else ops.abs(input) ** p, axis=dim, keepdims=True)
        norm = ops.where(total > 0, ops.where(total > 0, total, 1.0) ** (1 / p), 0.0)
    return input / ops.maximum(norm, eps)


@translation("torch.nn.functional.normalize")
def _normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    if out is None and p >= 1:
        return normalize(input, p=p, dim=dim, eps=eps)


# ---------------------------------------------------------------- rarer products and decompositions

@translation("torch.vdot")
def vdot(input, other, *, out=None):
    if out is None and dtype(input) in ("float16", "bfloat16", "float32", "float64"):
        return ops.dot(input, other)


@adapter("torch.chain_matmul")
def chain_matmul(*matrices):
    """The product of matrices."""
    return functools.reduce(ops.matmul, matrices)


@adapter("torch.linalg.multi_dot")
def multi_dot(tensors):
    """The product of matrices."""
    return functools.reduce(ops.matmul, tensors)


@translation("torch.Tensor.addmm_")
def addmm_(self, mat1, mat2, *, beta=1, alpha=1):
    return addmm(self, mat1, mat2, beta=beta, alpha=alpha)


@translation("torch.Tensor.baddbmm_")
def baddbmm_(self, batch1, batch2, *, beta=1, alpha=1):
    return baddbmm(self, batch1, batch2, beta=beta, alpha=alpha)


@adapter("torch.addbmm")
def add_batch_product(input, batch1, batch2, *, beta=1, alpha=1):
    """beta * input + alpha * the sum of batch1 @ batch2 over the batch."""
    product = alpha * ops.sum(ops.matmul(batch1, batch2), axis=0)
    return product if beta == 0 else beta * input + product


@translation("torch.addbmm")
def addbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None):
    if out is None:
        return add_batch_product(input, batch1, batch2, beta=beta, alpha=alpha)


@adapter("torch.addr")
def add_outer(input, vec1, vec2, *, beta=1, alpha=1):
    """beta * input + alpha * the outer product."""
    product = alpha * ops.outer(vec1, vec2)
    return product if beta == 0 else beta * input + product


@translation("torch.addr")
def addr(input, vec1, vec2, *, beta=1, alpha=1, out=None):
    if out is None:
        return add_outer(input, vec1, vec2, beta=beta, alpha=alpha)


@translation("torch.linalg.qr")
def linalg_qr(A, mode="reduced", *, out=None):
    if out is None and mode in ("reduced", "complete"):
        return ops.qr(A, mode=mode)


@translation("torch.qr")
def qr(input, some=True, *, out=None):
    if out is None and some:
        return ops.qr(input, mode="reduced")


@translation("torch.linalg.svdvals")
def svdvals(A, *, driver=None, out=None):
    if out is None:
        return ops.svd(A, compute_uv=False)


@translation("torch.linalg.eigvalsh")
def eigvalsh(A, UPLO="L", *, out=None):
    if out is None and UPLO == "L":
        return ops.eigh(A)[0]


@adapter("torch.logdet")
def logdet(input):
    """The logarithm of the determinant; Keras' own function of that name takes positive definite matrices alone."""
    sign, logarithm = ops.slogdet(input)
    return ops.where(sign < 0, float("nan"), logarithm)


@adapter("torch.slogdet")
def slogdet(input):
    """The sign of the determinant and the logarithm of its absolute value."""
    return collections.namedtuple("SignLog", ["sign", "logabsdet"])(*ops.slogdet(input))


@adapter("torch.linalg.slogdet")
def linalg_slogdet(A):
    """The sign of the determinant and the logarithm of its absolute value."""
    return collections.namedtuple("SignLog", ["sign", "logabsdet"])(*ops.slogdet(A))


@translation("torch.linalg.solve_triangular")
def solve_triangular(A, B, *, upper, left=True, unitriangular=False, out=None):
    if out is None and left and not unitriangular:
        return ops.solve_triangular(A, B, lower=not upper)


@adapter("torch.cov")
def covariance(input, *, correction=1):
    """The covariances of variables in rows, of observations in columns."""
    input = ops.reshape(input, (1, -1)) if ops.ndim(input) < 2 else input
    away = input - ops.mean(input, axis=1, keepdims=True)
    result = ops.matmul(away, ops.transpose(away)) / (input.shape[1] - correction)
    return ops.squeeze(result) if input.shape[0] == 1 else result


@translation("torch.cov")
def cov(input, *, correction=1, fweights=None, aweights=None):
    if fweights is None and aweights is None:
        return covariance(input, correction=correction)


@adapter("torch.block_diag")
def block_diag(*tensors):
    """Matrices along the diagonal of one."""
    tensors = [ops.reshape(x, (1, -1)) if ops.ndim(x) < 2 else x for x in tensors]
    columns, start, rows = sum(x.shape[1] for x in tensors), 0, []
    for x in tensors:
        rows.append(ops.pad(x, [(0, 0), (start, columns - start - x.shape[1])]))
        start += x.shape[1]
    return ops.concatenate(rows, axis=0)


@adapter("torch.nn.functional.embedding_bag")
def embedding_bag(input, weight, offsets=None, mode="mean", per_sample_weights=None):
    """The sum, mean or maximum of the table's rows that each row of input names."""
    if offsets is not None:
        raise NotImplementedError("bags in one vector")
    rows = ops.take(weight, input, axis=0)
    if per_sample_weights is not None:
        rows = rows * ops.expand_dims(per_sample_weights, -1)
    return {"sum": ops.sum, "mean": ops.mean, "max": ops.max}[mode](rows, axis=1)


@translation("torch.nn.functional.embedding_bag")
def _embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode="mean", sparse=False,
                   per_sample_weights=None, include_last_offset=False, padding_idx=None):
    if rank(input) == 2 and max_norm is None and padding_idx is None:
        return embedding_bag(input, weight, mode=mode, per_sample_weights=per_sample_weights)
