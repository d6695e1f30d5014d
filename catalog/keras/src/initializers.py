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
        return self.__class__.from_config(self.get_config())


def _value(initializer, shape, dtype=None, **kwargs):
    """A call of an initializer by the program: a tensor of that shape."""
    import _nw
    from keras.src import dtypes
    return _nw.tensor(tuple(shape), dtypes.standardize(dtype))


class RandomInitializer(Initializer):
    def __init__(self, seed=None):
        self._init_seed = seed
        self.seed = seed

    def get_config(self):
        return {"seed": self._init_seed}


class Zeros(Initializer):
    def __init__(self):
        pass


class Ones(Initializer):
    def __init__(self):
        pass


class Identity(Initializer):
    def __init__(self, gain=1.0):
        self.gain = gain

    def get_config(self):
        return {"gain": self.gain}


class Orthogonal(RandomInitializer):
    def __init__(self, gain=1.0, seed=None):
        self.gain = gain
        super().__init__(seed=seed)

    def get_config(self):
        return {**super().get_config(), "gain": self.gain}


class VarianceScaling(RandomInitializer):
    def __init__(self, scale=1.0, mode="fan_in", distribution="truncated_normal", seed=None, input_axes=None, output_axes=None):
        self.scale, self.mode, self.distribution = scale, mode.lower(), distribution.lower()
        self.input_axes, self.output_axes = input_axes, output_axes
        super().__init__(seed=seed)

    def get_config(self):
        return {**super().get_config(), "scale": self.scale, "mode": self.mode, "distribution": self.distribution, "input_axes": self.input_axes,
                "output_axes": self.output_axes}


class _Scaled(VarianceScaling):
    def get_config(self):
        return {"seed": self._init_seed, "input_axes": self.input_axes, "output_axes": self.output_axes}


class GlorotUniform(_Scaled):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(1.0, "fan_avg", "uniform", seed, input_axes, output_axes)


class GlorotNormal(_Scaled):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(1.0, "fan_avg", "truncated_normal", seed, input_axes, output_axes)


class HeNormal(_Scaled):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(2.0, "fan_in", "truncated_normal", seed, input_axes, output_axes)


class HeUniform(_Scaled):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(2.0, "fan_in", "uniform", seed, input_axes, output_axes)


class LecunNormal(_Scaled):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(1.0, "fan_in", "truncated_normal", seed, input_axes, output_axes)


class LecunUniform(_Scaled):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(1.0, "fan_in", "uniform", seed, input_axes, output_axes)


class STFT(Initializer):
    pass


class Constant(Initializer):
    def __init__(self, value=0.0):
        self.value = value

    def get_config(self):
        return {"value": self.value}


class _Normal(RandomInitializer):
    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean, self.stddev = mean, stddev
        super().__init__(seed=seed)

    def get_config(self):
        return {**super().get_config(), "mean": self.mean, "stddev": self.stddev}


class RandomNormal(_Normal):
    pass


class TruncatedNormal(_Normal):
    pass


class RandomUniform(RandomInitializer):
    def __init__(self, minval=-0.05, maxval=0.05, seed=None):
        self.minval, self.maxval = minval, maxval
        super().__init__(seed=seed)

    def get_config(self):
        return {**super().get_config(), "minval": self.minval, "maxval": self.maxval}


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
