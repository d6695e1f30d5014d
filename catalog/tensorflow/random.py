"""tensorflow.random."""
from __future__ import annotations

import _nw
from _nw import op
from keras.src import dtypes, rules
from tensorflow import _plain

__public__ = "tensorflow.random"


def set_seed(seed):
    return None


@op(effects="rng", pivot="random_normal(shape, mean=mean, deviation=stddev, dtype=dtype)")
def normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None) -> Tensor:
    return _nw.tensor(rules.sizes_of(shape), dtypes.standardize(dtype))


@op(effects="rng")
def truncated_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None) -> Tensor:
    return _nw.tensor(rules.sizes_of(shape), dtypes.standardize(dtype))


@op(effects="rng")
def uniform(shape, minval=0, maxval=None, dtype="float32", seed=None, name=None) -> Tensor:
    return _nw.tensor(rules.sizes_of(shape), dtypes.standardize(dtype))


@op(effects="rng")
def shuffle(value, seed=None, name=None) -> Tensor:
    return _plain(value)


@op(effects="rng")
def categorical(logits, num_samples, dtype=None, seed=None, name=None) -> Tensor:
    return _nw.tensor((logits.shape[0], num_samples), "int64" if dtype is None else dtypes.standardize(dtype))
