"""keras.random."""
from __future__ import annotations

import _nw
from _nw import check, op
from keras.src import dtypes, rules, state
from keras.src.variables import Variable

__public__ = "keras.random"


class SeedGenerator:
    """The state of random numbers: a variable of its own, which is no weight."""
    _nw_is_metric = False

    def __init__(self, seed=None, name=None, **kwargs):
        self.name = state.auto_name("SeedGenerator") if name is None else name
        self._initial_seed = seed
        with state.name_scope(self.name, caller=self):
            self.state = Variable("zeros", shape=(2,), dtype="uint32", trainable=False, name="seed_generator_state")

    def next(self, ordered=True):
        return self.state

    def get_config(self):
        return {"seed": self._initial_seed, "name": self.name}


def _random(shape, dtype):
    return _nw.tensor(rules.sizes_of(shape), dtypes.standardize(dtype))


@op(effects="rng", pivot="random_normal(shape, mean=mean, deviation=stddev, dtype=dtype)")
def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None) -> Tensor:
    return _random(shape, dtype)


@op(effects="rng", pivot="random_uniform(shape, low=minval, high=maxval, dtype=dtype)")
def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None) -> Tensor:
    return _random(shape, dtype)


@op(effects="rng", pivot="random_integers(shape, low=minval, high=maxval, dtype=dtype)")
def randint(shape, minval, maxval, dtype="int32", seed=None) -> Tensor:
    return _random(shape, dtype)


@op(effects="rng")
def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None) -> Tensor:
    return _random(shape, dtype)


@op(effects="rng")
def gamma(shape, alpha, dtype=None, seed=None) -> Tensor:
    return _random(shape, dtype)


@op(effects="rng")
def beta(shape, alpha, beta, dtype=None, seed=None) -> Tensor:
    return _random(shape, dtype)


@op(effects="rng")
def binomial(shape, counts, probabilities, dtype=None, seed=None) -> Tensor:
    return _random(shape, dtype)


@op(effects="rng")
def categorical(logits, num_samples, dtype="int32", seed=None) -> Tensor:
    x = rules.convert(logits)
    return rules.like(x, (x.shape[0], num_samples), dtypes.standardize(dtype))


@op(effects="rng")
def shuffle(x, axis=0, seed=None) -> Tensor:
    return rules.same(x)


@op(effects="rng", pivot="dropout(inputs, rate=rate, training=True) if noise_shape is None else None")
def dropout(inputs, rate, noise_shape=None, seed=None) -> Tensor:
    return rules.same(inputs)
