"""Ready-made parametrisations."""
from __future__ import annotations

from _nw import check, is_tensor, op, prod, same, tensor
from torch.nn.modules.module import Module
from torch.nn.utils.parametrize import register_parametrization
from torch.nn.utils.spectral_norm import _default_dim, _spectral_norm
from torch.nn.utils.weight_norm import _norm_shape, _weight_norm

__public__ = "torch.nn.utils.parametrizations"


class _WeightNorm(Module):
    def __init__(self, dim=0):
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g, weight_v):
        return _weight_norm(weight_v, weight_g, self.dim)

    def right_inverse(self, weight):
        return tensor(_norm_shape(weight, self.dim), like=weight), weight


def weight_norm(module, name="weight", dim=0) -> Any:
    return register_parametrization(module, name, _WeightNorm(dim), unsafe=True)


class _SpectralNorm(Module):
    def __init__(self, weight, n_power_iterations=1, dim=0, eps=1e-12):
        super().__init__()
        rank = weight.ndim
        check(dim < rank and dim >= -rank, "Dimension out of range", IndexError)
        check(n_power_iterations > 0, "Expected n_power_iterations to be positive", ValueError)
        self.dim = dim if dim >= 0 else dim + rank
        self.eps = eps
        if rank > 1:
            self.n_power_iterations = n_power_iterations
            rows = weight.shape[self.dim]
            self.register_buffer("_u", tensor((rows,), like=weight))
            self.register_buffer("_v", tensor((prod(weight.shape) // rows,), like=weight))

    def forward(self, weight):
        if weight.ndim == 1:
            return _spectral_norm(weight, None, None, 0, self.eps)
        return _spectral_norm(weight, self._u, self._v, self.dim, self.eps)

    def right_inverse(self, value):
        return value


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None) -> Any:
    weight = getattr(module, name, None)
    check(is_tensor(weight), "the module has no parameter or buffer with this name", ValueError)
    return register_parametrization(module, name,
                                    _SpectralNorm(weight, n_power_iterations, _default_dim(module, dim), eps))


@op
def _orthogonal(X, base) -> Tensor:
    return tensor(X.shape, like=X)


class _Orthogonal(Module):
    def __init__(self, weight, orthogonal_map, *, use_trivialization=True):
        super().__init__()
        self.shape = weight.shape
        self.orthogonal_map = orthogonal_map
        if use_trivialization:
            self.register_buffer("base", None)

    def forward(self, X):
        return _orthogonal(X, self._buffers.get("base"))

    def right_inverse(self, Q):
        if "base" in self._buffers:
            side = max(Q.shape[-2], Q.shape[-1])
            self.base = tensor(Q.shape[:-2] + (side, side), like=Q)
        elif self.orthogonal_map != "householder":
            raise NotImplementedError("It is not possible to assign to this parametrization.")
        return same(Q)


def orthogonal(module, name="weight", orthogonal_map=None, *, use_trivialization=True) -> Any:
    weight = getattr(module, name, None)
    check(is_tensor(weight), "the module has no parameter or buffer with this name", ValueError)
    check(weight.ndim >= 2, "Expected a matrix or batch of matrices.", ValueError)
    if orthogonal_map is None:
        square = weight.shape[-2] == weight.shape[-1] or weight.dtype.is_complex
        orthogonal_map = "matrix_exp" if square else "householder"
    check(orthogonal_map in ("matrix_exp", "cayley", "householder"), "orthogonal_map is not known", ValueError)
    return register_parametrization(module, name,
                                    _Orthogonal(weight, orthogonal_map, use_trivialization=use_trivialization),
                                    unsafe=True)
