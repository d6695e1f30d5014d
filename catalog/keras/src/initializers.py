"""keras.initializers: objects that a layer keeps; they change no result."""
from __future__ import annotations

__public__ = "keras.initializers"


class Initializer:
    def __init__(self, *args, **kwargs):
        self._given = (args, kwargs)

    def __call__(self, *args, **kwargs):
        return _value(self, *args, **kwargs)

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def get_config(self):
        return {}

    def clone(self):
        return self


def _value(initializer, shape, dtype=None, **kwargs):
    """A call of an initializer by the program: a tensor of that shape."""
    import _nw
    from keras.src import dtypes
    return _nw.tensor(tuple(shape), dtypes.standardize(dtype))


class RandomInitializer(Initializer):
    def __init__(self, seed=None):
        self.seed = seed


class Zeros(Initializer):
    pass


class Ones(Initializer):
    pass


class Identity(Initializer):
    pass


class Orthogonal(Initializer):
    pass


class GlorotNormal(Initializer):
    pass


class GlorotUniform(Initializer):
    pass


class HeNormal(Initializer):
    pass


class HeUniform(Initializer):
    pass


class LecunNormal(Initializer):
    pass


class LecunUniform(Initializer):
    pass


class STFT(Initializer):
    pass


class Constant(Initializer):
    def __init__(self, value=0.0):
        self.value = value


class RandomNormal(Initializer):
    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean, self.stddev, self.seed = mean, stddev, seed


class TruncatedNormal(Initializer):
    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean, self.stddev, self.seed = mean, stddev, seed


class RandomUniform(Initializer):
    def __init__(self, minval=-0.05, maxval=0.05, seed=None):
        self.minval, self.maxval, self.seed = minval, maxval, seed


class VarianceScaling(Initializer):
    def __init__(self, scale=1.0, mode="fan_in", distribution="truncated_normal", seed=None):
        self.scale, self.mode, self.distribution, self.seed = scale, mode, distribution, seed


IdentityInitializer = Identity
OrthogonalInitializer = Orthogonal
STFTInitializer = STFT
zeros, ones, constant, identity, orthogonal = Zeros, Ones, Constant, Identity, Orthogonal
glorot_normal, glorot_uniform, he_normal, he_uniform = GlorotNormal, GlorotUniform, HeNormal, HeUniform
lecun_normal, lecun_uniform, variance_scaling = LecunNormal, LecunUniform, VarianceScaling
random_normal, random_uniform, truncated_normal = RandomNormal, RandomUniform, TruncatedNormal

_NAMED = {"zeros": Zeros, "ones": Ones, "constant": Constant, "identity": Identity, "eye": Identity, "orthogonal": Orthogonal, "glorot_normal": GlorotNormal,
          "glorot_uniform": GlorotUniform, "he_normal": HeNormal, "he_uniform": HeUniform, "lecun_normal": LecunNormal, "lecun_uniform": LecunUniform,
          "variance_scaling": VarianceScaling, "random_normal": RandomNormal, "random_uniform": RandomUniform, "truncated_normal": TruncatedNormal,
          "normal": RandomNormal, "uniform": RandomUniform, "one": Ones, "zero": Zeros, "stft": STFT}


def get(identifier):
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        identifier = identifier.get("class_name")
    if isinstance(identifier, str):
        for name in _NAMED:
            if identifier == name or identifier == _NAMED[name].__name__:
                return _NAMED[name]()
        raise ValueError("Could not interpret initializer identifier: " + identifier)
    if isinstance(identifier, type):
        return identifier()
    if callable(identifier) or hasattr(identifier, "shape"):
        return identifier
    raise ValueError("Could not interpret initializer identifier: " + str(identifier))


def serialize(initializer):
    return initializer


def deserialize(config, custom_objects=None):
    return get(config)
