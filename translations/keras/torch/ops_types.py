"""Types of elements by name, random numbers, values of variables, structures of tensors."""

import torch
from torch import nn


@adapter("keras.ops.dtype")
def dtype_name(x):
    """The element type of a tensor, by its name."""
    return standardize_dtype(x.dtype)


@attribute("tensorflow.Tensor.value")
def variable_value(self):
    return self


@attribute("tensorflow.Tensor.trainable")
def variable_trainable(self):
    return self.requires_grad


@adapter("keras.random.normal")
def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return mean + stddev * torch.randn(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.random.uniform")
def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    if not torch_dtype(dtype).is_floating_point:
        return torch.randint(minval, maxval, shape_tuple(shape), dtype=torch_dtype(dtype))
    return minval + (maxval - minval) * torch.rand(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.random.randint")
def random_integers(shape, minval, maxval, dtype="int32", seed=None):
    return torch.randint(minval, maxval, shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.random.truncated_normal")
def random_truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Within two deviations."""
    value = torch.empty(shape_tuple(shape), dtype=torch_dtype(dtype))
    return mean + stddev * nn.init.trunc_normal_(value, a=-2.0, b=2.0)


@adapter("keras.random.shuffle")
def random_shuffle(x, axis=0, seed=None):
    return torch.index_select(x, axis, torch.randperm(x.shape[axis], device=x.device))


@adapter("keras.random.categorical")
def random_categorical(logits, num_samples, dtype="int32", seed=None):
    return torch.multinomial(torch.softmax(logits, -1), num_samples, replacement=True).to(torch_dtype(dtype))


@translation("tensorflow.random.normal")
def tf_random_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    return random_normal(shape, mean, stddev, dtype)


@translation("tensorflow.random.truncated_normal")
def tf_random_truncated_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    return random_truncated_normal(shape, mean, stddev, dtype)


@translation("tensorflow.random.uniform")
def tf_random_uniform(shape, minval=0, maxval=None, dtype="float32", seed=None, name=None):
    return random_uniform(shape, minval, 1.0 if maxval is None else maxval, dtype)


@translation("tensorflow.random.shuffle")
def tf_random_shuffle(value, seed=None, name=None):
    return random_shuffle(value)


@translation("tensorflow.random.categorical")
def tf_random_categorical(logits, num_samples, dtype=None, seed=None, name=None):
    return random_categorical(logits, num_samples, "int64" if dtype is None else dtype)


@translation("keras.ops.qr")
def qr(x, mode="reduced"):
    return torch.linalg.qr(x, mode=mode)


@adapter("keras.src.tree.map_structure")
def map_structure(func, *structures, **kwargs):
    """The function of the leaves of structures of lists, tuples and dicts, in such a structure."""
    first = structures[0]
    if isinstance(first, dict):
        return {key: map_structure(func, *[structure[key] for structure in structures]) for key in first}
    if isinstance(first, (list, tuple)):
        parts = [map_structure(func, *each) for each in zip(*structures)]
        return type(first)(*parts) if hasattr(first, "_fields") else type(first)(parts)
    return func(*structures)


@adapter("keras.src.tree.is_nested")
def is_nested(structure):
    return isinstance(structure, (list, tuple, dict))


@adapter("keras.src.tree.flatten")
def flat_structure(structure):
    """The leaves of lists, tuples and dicts, those of dicts by sorted keys."""
    if isinstance(structure, dict):
        structure = [structure[key] for key in sorted(structure)]
    if not isinstance(structure, (list, tuple)):
        return [structure]
    return [leaf for part in structure for leaf in flat_structure(part)]


@adapter("keras.src.tree.pack_sequence_as")
def pack_sequence_as(structure, flat_sequence):
    """The leaves in such a structure."""
    leaves = iter(flat_sequence)

    def fill(part):
        if isinstance(part, dict):
            filled = {key: fill(part[key]) for key in sorted(part)}
            return {key: filled[key] for key in part}
        if isinstance(part, (list, tuple)):
            parts = [fill(one) for one in part]
            return type(part)(*parts) if hasattr(part, "_fields") else type(part)(parts)
        return next(leaves)

    return fill(structure)


@dropped("keras.src.tree.assert_same_structure", note="a check")
def assert_same_structure(a, b, check_types=None):
    pass
