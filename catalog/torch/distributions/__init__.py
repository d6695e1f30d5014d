"""torch.distributions: shapes of samples and densities."""
from __future__ import annotations

from _nw import DType, broadcast, is_tensor, op, promote, tensor

__public__ = "torch.distributions"


def _shape(x):
    return x.shape if is_tensor(x) else ()


@op(effects="rng")
def _sample(shape, *parameters) -> Tensor:
    return tensor(shape, promote(DType("float32"), *[x for x in parameters if is_tensor(x)]))


@op
def _density(shape, *parameters) -> Tensor:
    return tensor(shape, promote(DType("float32"), *[x for x in parameters if is_tensor(x)]))


class Distribution:
    has_rsample = True

    def __init__(self, batch_shape=(), event_shape=(), validate_args=None):
        self._batch_shape = tuple(batch_shape)
        self._event_shape = tuple(event_shape)
        self._given = ()

    def _from(self, event, *parameters):
        """Sets the shapes from parameters whose last `event` axes belong to one event."""
        shape = broadcast(*[_shape(x) for x in parameters])
        Distribution.__init__(self, shape[:len(shape) - event], shape[len(shape) - event:])
        self._given = parameters

    @property
    def batch_shape(self):
        return self._batch_shape

    @property
    def event_shape(self):
        return self._event_shape

    def _get_checked_instance(self, cls, _instance=None):
        if _instance is None and type(self).__init__ != cls.__init__:
            raise NotImplementedError("Subclass of a distribution that defines __init__ must define expand, too")
        return object.__new__(type(self)) if _instance is None else _instance

    def expand(self, batch_shape, _instance=None):
        new = self._get_checked_instance(type(self), _instance)
        for name, value in self.__dict__.items():
            setattr(new, name, value)
        new._batch_shape = tuple(batch_shape)
        return new

    def _extended_shape(self, sample_shape=()):
        return tuple(sample_shape) + self._batch_shape + self._event_shape

    def rsample(self, sample_shape=()):
        return _sample(self._extended_shape(sample_shape), *self._given)

    def sample(self, sample_shape=()):
        return self.rsample(sample_shape)

    def sample_n(self, n):
        return self.sample((n,))

    def _density_shape(self, value):
        shape = broadcast(_shape(value), self._batch_shape + self._event_shape)
        return shape[:len(shape) - len(self._event_shape)]

    def log_prob(self, value):
        return _density(self._density_shape(value), value, *self._given)

    def cdf(self, value):
        return _density(self._density_shape(value), value, *self._given)

    def icdf(self, value):
        return _density(self._density_shape(value), value, *self._given)

    def entropy(self):
        return _density(self._batch_shape, *self._given)

    @property
    def mean(self):
        return _density(self._batch_shape + self._event_shape, *self._given)

    @property
    def mode(self):
        return self.mean

    @property
    def variance(self):
        return self.mean

    @property
    def stddev(self):
        return self.mean


class Normal(Distribution):
    def __init__(self, loc, scale, validate_args=None):
        self.loc = loc
        self.scale = scale
        self._from(0, loc, scale)


class Laplace(Normal):
    pass


class LogNormal(Normal):
    pass


class LogisticNormal(Normal):
    pass


class Gumbel(Normal):
    pass


class Cauchy(Normal):
    pass


class Uniform(Distribution):
    def __init__(self, low, high, validate_args=None):
        self.low = low
        self.high = high
        self._from(0, low, high)


class Beta(Distribution):
    def __init__(self, concentration1, concentration0, validate_args=None):
        self.concentration1 = concentration1
        self.concentration0 = concentration0
        self._from(0, concentration1, concentration0)


class Kumaraswamy(Beta):
    pass


class Gamma(Distribution):
    def __init__(self, concentration, rate, validate_args=None):
        self.concentration = concentration
        self.rate = rate
        self._from(0, concentration, rate)


class Exponential(Distribution):
    def __init__(self, rate, validate_args=None):
        self.rate = rate
        self._from(0, rate)


class Poisson(Exponential):
    pass


class StudentT(Distribution):
    def __init__(self, df, loc=0.0, scale=1.0, validate_args=None):
        self.df = df
        self.loc = loc
        self.scale = scale
        self._from(0, df, loc, scale)


class NegativeBinomial(Distribution):
    def __init__(self, total_count, probs=None, logits=None, validate_args=None):
        self.total_count = total_count
        self.logits = logits
        self.probs = probs
        self._from(0, total_count, logits if probs is None else probs)


class AffineTransform:
    def __init__(self, loc, scale, event_dim=0, cache_size=0):
        self.loc = loc
        self.scale = scale
        self.event_dim = event_dim


class TransformedDistribution(Distribution):
    """Transforms here keep the shape."""

    def __init__(self, base_distribution, transforms, validate_args=None):
        Distribution.__init__(self, base_distribution._batch_shape, base_distribution._event_shape)
        self.base_dist = base_distribution
        self.transforms = list(transforms) if isinstance(transforms, (list, tuple)) else [transforms]
        self._given = base_distribution._given


class Dirichlet(Distribution):
    def __init__(self, concentration, validate_args=None):
        self.concentration = concentration
        self._from(1, concentration)


class MultivariateNormal(Distribution):
    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        self.loc = loc
        self._from(1, loc)


class _Logits(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        self.probs = probs if probs is not None else logits
        self.logits = logits if logits is not None else probs
        self._from(0, self.probs)


class Bernoulli(_Logits):
    pass


class RelaxedBernoulli(_Logits):
    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits, validate_args)
        self.temperature = temperature


class Categorical(_Logits):
    def __init__(self, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits, validate_args)
        shape = self._batch_shape
        Distribution.__init__(self, shape[:-1])
        self._given = (self.probs,)

    def rsample(self, sample_shape=()):
        return tensor(self._extended_shape(sample_shape), DType("int64"))

    def log_prob(self, value):
        return _density(broadcast(_shape(value), self._batch_shape), self.probs)


class OneHotCategorical(_Logits):
    def __init__(self, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits, validate_args)
        self._from(1, self.probs)


class RelaxedOneHotCategorical(OneHotCategorical):
    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits, validate_args)
        self.temperature = temperature


class Independent(Distribution):
    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        shape = base_distribution._batch_shape
        keep = len(shape) - reinterpreted_batch_ndims
        Distribution.__init__(self, shape[:keep], shape[keep:] + base_distribution._event_shape)
        self.base_dist = base_distribution
        self._given = base_distribution._given


def kl_divergence(p, q) -> Any:
    return _density(broadcast(p._batch_shape, q._batch_shape), *p._given, *q._given)
