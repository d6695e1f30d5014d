"""Linear layers, embeddings and the layers that only change shapes."""

import math

PADDING_ROW = "the row padding_idx is trained, too"

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
    if max_norm is None and not scale_grad_by_freq and _weight is None and not _freeze:
        if padding_idx is not None:
            return noted(PADDING_ROW, layers.Embedding(num_embeddings, embedding_dim, embeddings_initializer="random_normal"))
        return layers.Embedding(num_embeddings, embedding_dim, embeddings_initializer="random_normal")


@adapter("torch.nn.Embedding")
class Embedding(layers.Layer):
    """Rows of a table; the row padding_idx is not trained."""

    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None):
        super().__init__()
        if max_norm is not None or scale_grad_by_freq:
            raise NotImplementedError("tables that change when they are read, and gradients by frequency")
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.padding_idx = padding_idx if padding_idx is None or padding_idx >= 0 else num_embeddings + padding_idx
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.sparse = sparse
        self.weight = self.add_weight(shape=(num_embeddings, embedding_dim), initializer="random_normal", trainable=not _freeze, name="weight")
        if _weight is not None:
            self.weight.assign(_weight)

    def call(self, input):
        rows = ops.take(self.weight, ops.cast(input, "int32"), axis=0)
        if self.padding_idx is None:
            return rows
        return ops.where(ops.expand_dims(ops.equal(input, self.padding_idx), -1), ops.stop_gradient(rows), rows)


@adapter("torch.nn.Embedding.from_pretrained")
def embedding_of(embeddings, freeze=True, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    """An embedding with a given table."""
    return Embedding(*embeddings.shape, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, embeddings, freeze)


@adapter("torch.nn.EmbeddingBag")
class EmbeddingBag(layers.Layer):
    """Sums, means or maxima of rows of a table: of each row of a matrix of indices, or of the bags that begin at the offsets."""

    def __init__(self, num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode="mean", sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None):
        super().__init__()
        if max_norm is not None or scale_grad_by_freq or _weight is not None:
            raise NotImplementedError("bags with norms, frequencies or given tables")
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.mode = mode
        self.sparse = sparse
        self.include_last_offset = include_last_offset
        self.padding_idx = padding_idx if padding_idx is None or padding_idx >= 0 else num_embeddings + padding_idx
        self.weight = self.add_weight(shape=(num_embeddings, embedding_dim), initializer="random_normal", name="weight")

    def call(self, input, offsets=None, per_sample_weights=None):
        rows = ops.take(self.weight, ops.cast(input, "int32"), axis=0)
        if per_sample_weights is not None:
            rows = rows * ops.expand_dims(per_sample_weights, -1)
        if offsets is None and self.padding_idx is None:
            return {"sum": ops.sum, "mean": ops.mean, "max": ops.max}[self.mode](rows, axis=1)
        if offsets is None:
            return self.reduce(ops.expand_dims(ops.cast(input != self.padding_idx, rows.dtype), -1), rows)
        count = ops.shape(offsets)[0]
        place = ops.expand_dims(ops.arange(ops.shape(input)[0]), 1)
        bag = ops.sum(ops.cast(place >= ops.cast(offsets, place.dtype), "int32"), axis=1) - 1
        if self.include_last_offset:
            count -= 1
        member = ops.one_hot(bag, count, axis=0, dtype=rows.dtype)
        if self.padding_idx is not None:
            member = member * ops.cast(input != self.padding_idx, rows.dtype)
        if self.mode == "max":
            best = ops.max(ops.where(ops.expand_dims(member, -1) > 0, rows, -math.inf), axis=1)
            return ops.where(ops.expand_dims(ops.any(member > 0, axis=1), -1), best, 0.0)
        total = ops.matmul(member, rows)
        if self.mode == "mean":
            total = total / ops.maximum(ops.sum(member, axis=1, keepdims=True), 1)
        return total

    def reduce(self, counts, rows):
        """Of the rows of each bag, [bags, rows, features], those that count."""
        if self.mode == "max":
            best = ops.max(ops.where(counts > 0, rows, -math.inf), axis=1)
            return ops.where(ops.any(counts > 0, axis=1), best, 0.0)
        total = ops.sum(rows * counts, axis=1)
        return total / ops.maximum(ops.sum(counts, axis=1), 1) if self.mode == "mean" else total


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
