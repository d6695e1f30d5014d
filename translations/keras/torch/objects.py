"""Initialisers, regularisers, constraints, settings of the backend, and what only matters when programs are stored."""

import torch
from torch import nn


@adapter("keras.initializers.Initializer")
class Initializer:
    """A first value for weights."""

    def __call__(self, shape, dtype=None):
        raise NotImplementedError

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def clone(self):
        return self.__class__.from_config(self.get_config())


@adapter("netwright.RandomInitializer")
class RandomInitializer(Initializer):
    """A first value for weights, drawn by `fill` of the derived class."""

    def __init__(self, **config):
        self.config = config
        for key, value in config.items():
            setattr(self, key, value)

    def __call__(self, shape, dtype=None):
        value = torch.empty(tuple(shape), dtype=torch_dtype(dtype))
        return self.fill(value if value.ndim > 1 else value.reshape(-1, 1)).reshape(tuple(shape))

    def get_config(self):
        return dict(self.config)


@adapter("keras.initializers.Constant")
class Constant(Initializer):
    def __init__(self, value=0.0):
        self.value = value

    def __call__(self, shape, dtype=None):
        return torch.as_tensor(self.value, dtype=torch_dtype(dtype)).expand(tuple(shape)).clone()

    def get_config(self):
        return {"value": self.value}


@adapter("keras.initializers.Zeros")
class Zeros(Initializer):
    def __call__(self, shape, dtype=None):
        return torch.zeros(tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.initializers.Ones")
class Ones(Initializer):
    def __call__(self, shape, dtype=None):
        return torch.ones(tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.initializers.GlorotUniform")
class GlorotUniform(RandomInitializer):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(seed=seed, input_axes=input_axes, output_axes=output_axes)

    def fill(self, x):
        return nn.init.xavier_uniform_(x)


@adapter("keras.initializers.GlorotNormal")
class GlorotNormal(RandomInitializer):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(seed=seed, input_axes=input_axes, output_axes=output_axes)

    def fill(self, x):
        return nn.init.xavier_normal_(x)


@adapter("keras.initializers.HeUniform")
class HeUniform(RandomInitializer):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(seed=seed, input_axes=input_axes, output_axes=output_axes)

    def fill(self, x):
        return nn.init.kaiming_uniform_(x)


@adapter("keras.initializers.HeNormal")
class HeNormal(RandomInitializer):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(seed=seed, input_axes=input_axes, output_axes=output_axes)

    def fill(self, x):
        return nn.init.kaiming_normal_(x)


@adapter("keras.initializers.LecunUniform")
class LecunUniform(RandomInitializer):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(seed=seed, input_axes=input_axes, output_axes=output_axes)

    def fill(self, x):
        return nn.init.kaiming_uniform_(x, nonlinearity="linear")


@adapter("keras.initializers.LecunNormal")
class LecunNormal(RandomInitializer):
    def __init__(self, seed=None, input_axes=None, output_axes=None):
        super().__init__(seed=seed, input_axes=input_axes, output_axes=output_axes)

    def fill(self, x):
        return nn.init.kaiming_normal_(x, nonlinearity="linear")


@adapter("keras.initializers.RandomNormal")
class RandomNormal(RandomInitializer):
    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        super().__init__(mean=mean, stddev=stddev, seed=seed)

    def fill(self, x):
        return nn.init.normal_(x, self.mean, self.stddev)


@adapter("keras.initializers.RandomUniform")
class RandomUniform(RandomInitializer):
    def __init__(self, minval=-0.05, maxval=0.05, seed=None):
        super().__init__(minval=minval, maxval=maxval, seed=seed)

    def fill(self, x):
        return nn.init.uniform_(x, self.minval, self.maxval)


@adapter("keras.initializers.TruncatedNormal")
class TruncatedNormal(RandomInitializer):
    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        super().__init__(mean=mean, stddev=stddev, seed=seed)

    def fill(self, x):
        return nn.init.trunc_normal_(x, self.mean, self.stddev, self.mean - 2 * self.stddev, self.mean + 2 * self.stddev)


@adapter("keras.initializers.Orthogonal")
class Orthogonal(RandomInitializer):
    def __init__(self, gain=1.0, seed=None):
        super().__init__(gain=gain, seed=seed)

    def fill(self, x):
        return nn.init.orthogonal_(x, self.gain)


@adapter("keras.initializers.Identity")
class IdentityInitializer(RandomInitializer):
    def __init__(self, gain=1.0):
        super().__init__(gain=gain)

    def fill(self, x):
        return nn.init.eye_(x).mul_(self.gain)


@adapter("keras.initializers.VarianceScaling")
class VarianceScaling(RandomInitializer):
    def __init__(self, scale=1.0, mode="fan_in", distribution="truncated_normal", seed=None, input_axes=None, output_axes=None):
        super().__init__(scale=scale, mode=mode, distribution=distribution, seed=seed, input_axes=input_axes, output_axes=output_axes)

    def fill(self, x):
        fan = "fan_out" if self.mode == "fan_out" else "fan_in"
        draw = nn.init.kaiming_uniform_ if self.distribution == "uniform" else nn.init.kaiming_normal_
        return draw(x, mode=fan, nonlinearity="linear").mul_(self.scale ** 0.5)


@adapter("netwright.NamedInitializer")
class NamedInitializer(Initializer):
    """What a name such as "glorot_uniform" stands for."""

    def __init__(self, name):
        self.name = name

    def __call__(self, shape, dtype=None):
        return initial_value(self.name, shape, torch_dtype(dtype))

    def get_config(self):
        return {"name": self.name}


@adapter("keras.initializers.get")
def get_initializer(identifier):
    """The initialiser of a name or class, otherwise what is given."""
    if isinstance(identifier, str):
        return NamedInitializer(identifier)
    return identifier() if isinstance(identifier, type) else identifier


@adapter("keras.regularizers.Regularizer")
class Regularizer:
    """Only losses in training know regularisers."""

    def __call__(self, x):
        return 0.0

    @classmethod
    def from_config(cls, config):
        return cls(**config)


@adapter("keras.regularizers.L1")
def L1(l1=0.01):
    """Only losses in training know regularisers."""
    return None


@adapter("keras.regularizers.L2")
def L2(l2=0.01):
    """Only losses in training know regularisers."""
    return None


@adapter("keras.regularizers.L1L2")
def L1L2(l1=0.0, l2=0.0):
    """Only losses in training know regularisers."""
    return None


@adapter("keras.regularizers.get")
def get_regularizer(identifier):
    return None


@adapter("keras.constraints.Constraint")
class Constraint:
    """Only optimisers know constraints."""

    def __call__(self, w):
        return w

    @classmethod
    def from_config(cls, config):
        return cls(**config)


@adapter("keras.constraints.MaxNorm")
def MaxNorm(max_value=2, axis=0):
    """Only optimisers know constraints."""
    return None


@adapter("keras.constraints.MinMaxNorm")
def MinMaxNorm(min_value=0.0, max_value=1.0, rate=1.0, axis=0):
    """Only optimisers know constraints."""
    return None


@adapter("keras.constraints.NonNeg")
def NonNeg():
    """Only optimisers know constraints."""
    return None


@adapter("keras.constraints.UnitNorm")
def UnitNorm(axis=0):
    """Only optimisers know constraints."""
    return None


@adapter("keras.constraints.get")
def get_constraint(identifier):
    return None


@translation("keras.config.is_flash_attention_enabled")
def is_flash_attention_enabled():
    return None


@translation("keras.backend.image_data_format")
def image_data_format():
    return "channels_last"


@translation("keras.config.image_data_format")
def config_image_data_format():
    return "channels_last"


@translation("keras.backend.floatx")
def floatx():
    return "float32"


@translation("keras.config.floatx")
def config_floatx():
    return "float32"


@translation("keras.backend.epsilon")
def backend_epsilon():
    return 1e-7


@translation("keras.config.epsilon")
def config_epsilon():
    return 1e-7


@translation("keras.backend.backend")
def backend_name():
    return "tensorflow"


@translation("keras.config.backend")
def config_backend_name():
    return "tensorflow"


@adapter("keras.src.state.get_uid")
@adapter("keras.backend.get_uid")
def get_uid(prefix=""):
    return count_use(prefix)


@adapter("netwright.count_use")
def count_use(prefix, counts={}):
    """How often the prefix was asked for."""
    counts[prefix] = counts.get(prefix, 0) + 1
    return counts[prefix]


@adapter("keras.backend.is_keras_tensor")
@adapter("keras.utils.is_keras_tensor")
def is_keras_tensor(x):
    return is_symbolic(x)


@adapter("keras.backend.standardize_dtype")
@adapter("keras.utils.standardize_dtype")
def standardize_dtype(dtype):
    """An element type as text."""
    return "float32" if dtype is None else dtype if isinstance(dtype, str) else str(dtype).replace("torch.", "")


@adapter("keras.utils.get_source_inputs")
def get_source_inputs(tensor):
    """The inputs that a symbolic tensor is computed from."""
    found = []
    waiting = [tensor]
    while len(waiting):
        x = waiting.pop(0)
        if x.node is None or len(x.node.inputs) == 0:
            found = [*found, x] if all(x is not y for y in found) else found
        else:
            waiting.extend(x.node.inputs)
    return found


@adapter("keras.ops.name_scope")
@adapter("keras.src.state.name_scope")
@adapter("tensorflow.name_scope")
@adapter("keras.name_scope")
class name_scope:
    """Names of weights in PyTorch are those of attributes."""

    def __init__(self, name, **kwargs):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


@adapter("keras.layers.InputSpec")
@adapter("keras.InputSpec")
class InputSpec:
    """What a layer expects of its inputs."""

    def __init__(self, dtype=None, shape=None, ndim=None, max_ndim=None, min_ndim=None, axes=None, allow_last_axis_squeeze=False, name=None,
                 optional=False):
        self.dtype = dtype
        self.shape = shape
        self.ndim = ndim
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.axes = axes or {}


@adapter("keras.Variable")
def Variable(initializer, shape=None, dtype=None, trainable=True, autocast=True, aggregation="none", synchronization="auto", name=None, layout=None,
             **kwargs):
    """A weight that an attribute of a layer will hold."""
    if callable(initializer) or isinstance(initializer, str):
        value = initial_value(initializer, tuple(shape), torch_dtype(dtype))
    else:
        value = tensor_of(initializer) if dtype is None else tensor_of(initializer).to(torch_dtype(dtype))
    return nn.Parameter(value) if trainable and value.is_floating_point() else nn.Buffer(value)


@adapter("netwright.assign")
def assign(variable, value):
    """Writes a value of its shape into a variable, of which no gradient is recorded."""
    value = torch.as_tensor(value, dtype=variable.dtype, device=variable.device)
    with torch.no_grad():
        variable.copy_(value)
    return value


@translation("tensorflow.Tensor.assign")
def variable_assign(self, value, use_locking=False, name=None, read_value=True):
    return assign(self, value)


@translation("tensorflow.Tensor.assign_add")
def variable_assign_add(self, value, use_locking=False, name=None, read_value=True):
    return assign(self, self + value)


@translation("tensorflow.Tensor.assign_sub")
def variable_assign_sub(self, value, use_locking=False, name=None, read_value=True):
    return assign(self, self - value)


@adapter("tensorflow.Variable")
def tf_variable(initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None, dtype=None, import_scope=None,
                constraint=None, synchronization=None, aggregation=None, shape=None, **kwargs):
    """A tensor that can be written to, which is no weight of the layer that holds it."""
    value = initial_value() if callable(initial_value) else initial_value
    value = tensor_of(value) if dtype is None else tensor_of(value).to(torch_dtype(dtype))
    return nn.Buffer(value.clone(), persistent=False)


@translation("keras._TrackedList.append")
def tracked_append(self, value):
    return self.append(value)


@translation("keras._TrackedList.insert")
def tracked_insert(self, index, value):
    return self.insert(index, value)


@translation("keras._TrackedList.extend")
def tracked_extend(self, values):
    return self.extend(values)


@dropped("keras.saving.register_keras_serializable", note="stored models")
@dropped("keras.utils.register_keras_serializable", note="stored models")
def register_keras_serializable(package="Custom", name=None):
    pass


@adapter("keras.random.SeedGenerator")
class SeedGenerator:
    """Where random numbers begin; they are drawn in training only."""

    def __init__(self, seed=None, name=None, **kwargs):
        self.seed = seed
        self.name = name


@adapter("netwright.custom_objects")
def custom_objects(objects={}):
    """What programs have registered under names."""
    return objects


@translation("keras.saving.serialize_keras_object")
def serialize_keras_object(obj):
    return obj


@adapter("keras.saving.deserialize_keras_object")
def deserialize_keras_object(config, custom_objects=None, safe_mode=True, **kwargs):
    """What a configuration describes by the name of a class; everything else as it is."""
    known = {**get_custom_objects(), **(custom_objects or {}), **(kwargs.get("module_objects") or {})}
    if isinstance(config, str):
        return known.get(config, config)
    if not isinstance(config, dict) or "class_name" not in config or config["class_name"] not in known:
        return config
    return known[config["class_name"]].from_config(config.get("config") or {})


@adapter("keras.saving.CustomObjectScope")
class CustomObjectScope:
    """Objects that go by names for a while."""

    def __init__(self, custom_objects):
        self.custom_objects = custom_objects

    def __enter__(self):
        return self

    def __exit__(self, *args, **kwargs):
        return None


@adapter("keras.saving.get_custom_objects")
def get_custom_objects():
    return custom_objects()


@dropped("keras.Model.compile", note="training")
def model_compile(self):
    pass


@dropped("keras.Model.summary", note="a printed table")
def model_summary(self):
    pass


@dropped("keras.backend.clear_session", note="Keras' own state")
@dropped("keras.utils.clear_session", note="Keras' own state")
def clear_session(free_memory=True):
    pass


@dropped("keras.backend.set_image_data_format", note="it is that already")
@dropped("keras.config.set_image_data_format", note="it is that already")
def set_image_data_format(data_format):
    if data_format == "channels_last":
        return


@dropped("keras.config.set_dtype_policy", note="it is that already")
@dropped("keras.mixed_precision.set_dtype_policy", note="it is that already")
@dropped("keras.mixed_precision.set_global_policy", note="it is that already")
def set_dtype_policy(policy):
    if policy == "float32":
        return


@dropped("keras.config.set_floatx", note="it is that already")
@dropped("keras.backend.set_floatx", note="it is that already")
def set_floatx(value):
    if value == "float32":
        return


@dropped("keras.utils.set_random_seed", note="random numbers")
def set_random_seed(seed):
    pass


@dropped("keras.Layer.set_weights", note="values of weights")
def set_weights(self, weights):
    pass


@dropped("keras.Layer.add_loss", note="training")
def add_loss(self, loss):
    pass


@dropped("tensorflow.function", note="a compiled graph")
def tensorflow_function(func=None, *args, **kwargs):
    pass


@dropped("tensorflow.random.set_seed", note="random numbers")
def set_seed(seed):
    pass
