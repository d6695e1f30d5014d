"""Linear layers, embeddings and the layers that only change shapes."""

import math

from keras import layers, ops


@translation("torch.nn.Identity")
def identity(*args, **kwargs):
    return layers.Identity()


@adapter("torch.nn.Identity")
class Identity(layers.Layer):
    """Gives back what it gets; arguments of the constructor mean nothing."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def call(self, input):
        return input


@translation("torch.nn.Linear")
def linear(in_features, out_features, bias=True, device=None, dtype=None):
    return layers.Dense(out_features, use_bias=bias)


@adapter("torch.nn.Linear")
class Linear(layers.Layer):
    """A dense layer whose weight is [out_features, in_features]."""

    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = self.add_weight(shape=(out_features, in_features), name="weight")
        self.bias = self.add_weight(shape=(out_features,), initializer="zeros", name="bias") if bias else None

    def call(self, input):
        output = ops.matmul(input, ops.transpose(self.weight))
        return output if self.bias is None else output + self.bias


@translation("torch.nn.LazyLinear")
def lazy_linear(out_features, bias=True, device=None, dtype=None):
    return layers.Dense(out_features, use_bias=bias)


@translation("torch.nn.Embedding")
def embedding(num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None):
    if max_norm is None and not scale_grad_by_freq and _weight is None:
        return layers.Embedding(num_embeddings, embedding_dim, embeddings_initializer="random_normal")


@translation("torch.nn.Flatten")
def flatten(start_dim=1, end_dim=-1):
    if start_dim == 1 and end_dim == -1:
        return layers.Flatten()


@adapter("torch.nn.Flatten")
class Flatten(layers.Layer):
    """Merges the axes from start_dim to end_dim, both included."""

    def __init__(self, start_dim=1, end_dim=-1):
        super().__init__()
        self.start_dim = start_dim
        self.end_dim = end_dim

    def call(self, input):
        rank = len(input.shape)
        shape = ops.shape(input)
        if rank == 0:
            return ops.reshape(input, (1,))
        start, end = self.start_dim % rank, self.end_dim % rank
        if start == end:
            return input
        sizes = shape[start:end + 1]
        merged = -1 if None in input.shape[start:end + 1] else math.prod(sizes)
        return ops.reshape(input, (*shape[:start], merged, *shape[end + 1:]))
