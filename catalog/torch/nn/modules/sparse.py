"""Embeddings."""
from __future__ import annotations

from _nw import Parameter, check, layer, tensor
from torch.nn import functional as F
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__others__ = ("Tensor", "init", "torch")
__all__ = ["Embedding", "EmbeddingBag"]


def _padding_index(padding_idx, num_embeddings):
    if padding_idx is None:
        return None
    check(padding_idx < num_embeddings and padding_idx >= -num_embeddings, "Padding_idx must be within num_embeddings",
          AssertionError)
    return padding_idx + num_embeddings if padding_idx < 0 else padding_idx


@layer(pivot="embedding(input, table=weight[v, d], padding_index=padding_idx) if max_norm is None else None")
class Embedding(Module):
    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0,
                 scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.padding_idx = _padding_index(padding_idx, num_embeddings)
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        if _weight is None:
            _weight = tensor((num_embeddings, embedding_dim), dtype)
        check(tuple(_weight.shape) == (num_embeddings, embedding_dim),
              "Shape of weight does not match num_embeddings and embedding_dim", AssertionError)
        self.weight = Parameter(_weight, requires_grad=not _freeze)
        self.reset_parameters()
        self.sparse = sparse

    def reset_parameters(self):
        self._fill_padding_idx_with_zero()

    def _fill_padding_idx_with_zero(self):
        pass

    def forward(self, input) -> Tensor:
        return F.embedding(input, self.weight, self.padding_idx, self.max_norm, self.norm_type,
                           self.scale_grad_by_freq, self.sparse)

    def extra_repr(self):
        return f"{self.num_embeddings}, {self.embedding_dim}"

    @classmethod
    def from_pretrained(cls, embeddings, freeze=True, padding_idx=None, max_norm=None, norm_type=2.0,
                        scale_grad_by_freq=False, sparse=False):
        check(embeddings.ndim == 2, "Embeddings parameter is expected to be 2-dimensional", AssertionError)
        return cls(num_embeddings=embeddings.shape[0], embedding_dim=embeddings.shape[1], _weight=embeddings,
                   _freeze=freeze, padding_idx=padding_idx, max_norm=max_norm, norm_type=norm_type,
                   scale_grad_by_freq=scale_grad_by_freq, sparse=sparse)


@layer(pivot="embedding_bag(input, table=weight[v, d], offsets=offsets, mode=mode)")
class EmbeddingBag(Module):
    def __init__(self, num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False,
                 mode="mean", sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None,
                 dtype=None):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.padding_idx = _padding_index(padding_idx, num_embeddings)
        if _weight is None:
            _weight = tensor((num_embeddings, embedding_dim), dtype)
        check(tuple(_weight.shape) == (num_embeddings, embedding_dim),
              "Shape of weight does not match num_embeddings and embedding_dim", AssertionError)
        self.weight = Parameter(_weight)
        self.reset_parameters()
        self.mode = mode
        self.sparse = sparse
        self.include_last_offset = include_last_offset

    def reset_parameters(self):
        self._fill_padding_idx_with_zero()

    def _fill_padding_idx_with_zero(self):
        pass

    def forward(self, input, offsets=None, per_sample_weights=None) -> Tensor:
        return F.embedding_bag(input, self.weight, offsets, self.max_norm, self.norm_type, self.scale_grad_by_freq,
                               self.mode, self.sparse, per_sample_weights, self.include_last_offset, self.padding_idx)

    @classmethod
    def from_pretrained(cls, embeddings, freeze=True, max_norm=None, norm_type=2.0, scale_grad_by_freq=False,
                        mode="mean", sparse=False, include_last_offset=False, padding_idx=None):
        check(embeddings.ndim == 2, "Embeddings parameter is expected to be 2-dimensional", AssertionError)
        bag = cls(num_embeddings=embeddings.shape[0], embedding_dim=embeddings.shape[1], _weight=embeddings,
                  max_norm=max_norm, norm_type=norm_type, scale_grad_by_freq=scale_grad_by_freq, mode=mode,
                  sparse=sparse, include_last_offset=include_last_offset, padding_idx=padding_idx)
        bag.weight.requires_grad = not freeze
        return bag
