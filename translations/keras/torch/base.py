"""Layers and models as PyTorch modules: weights made at the first call, symbolic tensors, functional and sequential models."""

import inspect
import operator
import re

import torch
from torch import nn


# ---------------------------------------------------------------- values that are not known yet


@adapter("netwright.is_symbolic")
def is_symbolic(*values):
    """Whether a symbolic tensor is among the values, or in lists, tuples and dicts of them."""
    for value in values:
        if isinstance(value, dict):
            value = list(value.values())
        if getattr(value, "is_symbolic", False) or (isinstance(value, (list, tuple)) and is_symbolic(*value)):
            return True
    return False


@adapter("netwright.map_tensors")
def map_tensors(function, value):
    """The same structure with the function applied to each tensor, symbolic or not."""
    if isinstance(value, dict):
        return {key: map_tensors(function, item) for key, item in value.items()}
    if isinstance(value, list):
        return [map_tensors(function, item) for item in value]
    if isinstance(value, tuple):
        items = [map_tensors(function, item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    if isinstance(value, slice):
        return slice(map_tensors(function, value.start), map_tensors(function, value.stop), map_tensors(function, value.step))
    if isinstance(value, torch.Tensor) or getattr(value, "is_symbolic", False):
        return function(value)
    return value


@adapter("netwright.flat_tensors")
def flat_tensors(value):
    """The tensors of a structure in a list."""
    found = []
    map_tensors(found.append, value)
    return found


@adapter("netwright.Node")
class Node:
    """A call whose arguments hold symbolic tensors, and its results."""

    def __init__(self, function, args, kwargs):
        self.function = function
        self.args = map_tensors(lambda x: x, args)  # lists may change afterwards
        self.kwargs = map_tensors(lambda x: x, kwargs)
        self.key = id(function) if isinstance(function, nn.Module) else id(self)
        self.inputs = [x for x in flat_tensors([args, kwargs]) if getattr(x, "is_symbolic", False)]
        self.outputs = []

    @property
    def operation(self):
        return self.function

    def run(self, known):
        """The call with known tensors in the place of the symbolic ones."""
        def find(x):
            return known[id(x)] if getattr(x, "is_symbolic", False) else x
        result = self.function(*map_tensors(find, self.args), **map_tensors(find, self.kwargs))
        for x, value in zip(self.outputs, flat_tensors(result)):
            known[id(x)] = value
        return result


@adapter("netwright.fitting_trials")
def fitting_trials(trial):
    """The results of the first two sizes that fit: a table of positions may end early, an image may get too small."""
    calls = active_calls()
    depth = len(calls)
    for sizes in ((64, 96), (8, 6), (2, 1)):
        try:
            return [trial(size) for size in sizes]
        except (RuntimeError, IndexError, ValueError):
            del calls[depth:]
    return [trial(512), trial(768)]


@adapter("netwright.record")
def record(function, *args, **kwargs):
    """The symbolic result of a call. Its shape is that of a trial with zeros: one sample, and some size for other axes without one."""
    node = Node(function, args, kwargs)
    training = getattr(function, "training", False)
    if training:
        function.eval()

    def trial(size):
        known = {}
        for x in node.inputs:
            shape = [(1 if axis == 0 else size) if n is None else n for axis, n in enumerate(x.shape)]
            known[id(x)] = torch.zeros(shape, dtype=x.dtype)
        with torch.no_grad():
            return node.run(known)

    results = fitting_trials(trial) if any(None in x.shape[1:] for x in node.inputs) else [trial(1)]
    result = results[0]
    sizes = [[None if n == 1 and i == 0 else n for i, n in enumerate(x.shape)] for x in flat_tensors(result)]
    for other in results[1:]:
        for shape, x in zip(sizes, flat_tensors(other)):
            shape[1:] = [n if n == m else None for n, m in zip(shape[1:], x.shape[1:])]
    if training:
        function.train()

    def symbol(x):
        node.outputs.append(KerasTensor(sizes[len(node.outputs)], x.dtype))
        node.outputs[-1].node = node
        return node.outputs[-1]

    outputs = map_tensors(symbol, result)
    if hasattr(function, "inbound"):
        function.inbound.append((args[0] if len(args) == 1 else list(args), outputs))
    return outputs


@adapter("keras.KerasTensor")
class KerasTensor:
    """A tensor of a functional model before its inputs are there: a shape, and the node that computes it."""

    is_symbolic = True

    def __init__(self, shape, dtype="float32", sparse=False, ragged=False, record_history=True, name=None, **kwargs):
        self.shape = tuple(shape)
        self.dtype = torch_dtype(dtype)
        self.ndim = len(self.shape)
        self.name = name or unique_name("keras_tensor")
        self.node = None

    def get_shape(self):
        return self.shape

    @property
    def _keras_history(self):
        """The call that it comes from."""
        return self.node

    def __add__(self, other):
        return record(operator.add, self, other)

    def __radd__(self, other):
        return record(operator.add, other, self)

    def __sub__(self, other):
        return record(operator.sub, self, other)

    def __rsub__(self, other):
        return record(operator.sub, other, self)

    def __mul__(self, other):
        return record(operator.mul, self, other)

    def __rmul__(self, other):
        return record(operator.mul, other, self)

    def __truediv__(self, other):
        return record(operator.truediv, self, other)

    def __rtruediv__(self, other):
        return record(operator.truediv, other, self)

    def __floordiv__(self, other):
        return record(operator.floordiv, self, other)

    def __mod__(self, other):
        return record(operator.mod, self, other)

    def __pow__(self, other):
        return record(operator.pow, self, other)

    def __rpow__(self, other):
        return record(operator.pow, other, self)

    def __matmul__(self, other):
        return record(operator.matmul, self, other)

    def __rmatmul__(self, other):
        return record(operator.matmul, other, self)

    def __neg__(self):
        return record(operator.neg, self)

    def __abs__(self):
        return record(operator.abs, self)

    def __invert__(self):
        return record(operator.invert, self)

    def __and__(self, other):
        return record(operator.and_, self, other)

    def __or__(self, other):
        return record(operator.or_, self, other)

    def __lt__(self, other):
        return record(operator.lt, self, other)

    def __le__(self, other):
        return record(operator.le, self, other)

    def __gt__(self, other):
        return record(operator.gt, self, other)

    def __ge__(self, other):
        return record(operator.ge, self, other)

    def __getitem__(self, key):
        return record(get_item, self, key)

    def __iter__(self):
        raise NotImplementedError("Iterating over a symbolic KerasTensor is not supported.")

    def __bool__(self):
        raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")


@adapter("netwright.get_item")
def get_item(x, key):
    """x[key]; slices may have negative steps."""
    if is_symbolic(x, key):
        return record(get_item, x, key)
    if isinstance(x, tuple):  # sizes, which PyTorch has as numbers
        return x[key]
    parts = list(key) if isinstance(key, tuple) else [key]
    hidden = parts.index(Ellipsis) if any(part is Ellipsis for part in parts) else len(parts)
    used = len([part for part in parts if part is not None and part is not Ellipsis])
    axis = 0
    for i, part in enumerate(parts):
        if part is None:
            continue
        if part is Ellipsis:
            axis += x.ndim - used
            continue
        if isinstance(part, slice) and part.step is not None and part.step < 0:
            start, stop, step = part.indices(x.shape[axis])
            x = torch.flip(x, (axis,))
            parts[i] = slice(x.shape[axis] - 1 - start, max(x.shape[axis] - 1 - stop, x.shape[axis] - 1 - start), -step)
        axis += 1
    return x[tuple(parts)]


@adapter("netwright.torch_dtype")
def torch_dtype(dtype):
    """An element type by its name or as it is."""
    if dtype is None:
        return torch.float32
    return getattr(torch, dtype) if isinstance(dtype, str) else dtype


@adapter("netwright.mask_of")
def mask_of(x):
    """Which places of a tensor count, where a layer has said so."""
    return getattr(x, "_keras_mask", None)


# ---------------------------------------------------------------- layers


@adapter("netwright.unique_name")
def unique_name(name, counts={}):
    """A name in snake case, numbered from its second use on."""
    name = re.sub("([a-z])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()
    counts[name] = counts.get(name, -1) + 1
    return name if counts[name] == 0 else f"{name}_{counts[name]}"


@adapter("netwright.initial_value")
def initial_value(initializer, shape, dtype=torch.float32):
    """A first value for a weight."""
    if callable(initializer):
        return torch.as_tensor(initializer(shape, dtype=str(dtype).replace("torch.", "")), dtype=dtype)
    if initializer == "ones":
        return torch.ones(shape, dtype=dtype)
    if initializer in (None, "zeros") or not dtype.is_floating_point:
        return torch.zeros(shape, dtype=dtype)
    if len(shape) < 2:
        return nn.init.uniform_(torch.empty(shape, dtype=dtype), -0.05, 0.05)
    return nn.init.xavier_uniform_(torch.empty(shape, dtype=dtype))


@adapter("netwright.active_calls")
def active_calls(calls=[]):
    """Whether the layers that are being called train, the innermost last."""
    return calls


@adapter("keras.DTypePolicy")
class DTypePolicy:
    """The element types of a layer under one name."""

    def __init__(self, name=None):
        name = name or "float32"
        self.name = name
        self.compute_dtype = name.replace("mixed_", "")
        self.variable_dtype = "float32" if name.startswith("mixed_") else name

    def get_config(self):
        return {"name": self.name}


@adapter("keras.dtype_policies.get")
def dtype_policy_of(identifier):
    """The policy of a name, or as it is given."""
    if isinstance(identifier, DTypePolicy):
        return identifier
    return DTypePolicy("float32" if identifier is None else str(identifier).replace("torch.", ""))


@adapter("keras.Layer")
class Layer(nn.Module):
    """A module with the protocol of Keras: `build` makes the weights at the first call, `call` computes."""

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)

    def __init__(self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs):
        if "_modules" not in self.__dict__:
            super().__init__()
        self.name = name or unique_name(type(self).__name__)
        self.is_trainable = trainable
        self.dtype_policy = dtype_policy_of(dtype)
        self.dtype = self.variable_dtype = self.dtype_policy.variable_dtype
        self.compute_dtype = self.dtype_policy.compute_dtype
        self.float_dtype = torch.float32
        self.built = False
        self.tracked = False
        self.input_spec = None
        self.supports_masking = type(self).compute_mask is not Layer.compute_mask
        self.inbound = []
        self.given_shape = (kwargs["input_dim"],) if "input_dim" in kwargs else kwargs.get("input_shape")

    def add_weight(self, shape=None, initializer=None, dtype=None, trainable=True, autocast=True, regularizer=None, constraint=None,
                   aggregation="none", overwrite_with_gradient=False, name=None):
        shape = () if shape is None else (shape,) if isinstance(shape, int) else tuple(shape)
        value = initial_value("glorot_uniform" if initializer is None else initializer, shape, torch_dtype(dtype))
        if trainable and value.is_floating_point():
            return nn.Parameter(value)
        return nn.Buffer(value)

    def __setattr__(self, name, value):
        if "_modules" not in self.__dict__:  # a layer may have attributes before its own beginning
            nn.Module.__init__(self)
        if isinstance(getattr(type(self), name, None), property):  # PyTorch would keep layers and weights beside it
            return object.__setattr__(self, name, value)
        if isinstance(value, nn.Buffer):
            self.__dict__.pop(name, None)  # a buffer does not take the place of another attribute
        return super().__setattr__(name, value)

    def _apply(self, fn, recurse=True):
        """A layer that is cast, such as by double(), computes in that type what it computed in float32."""
        self.float_dtype = fn(torch.empty(0, dtype=self.float_dtype)).dtype
        return super()._apply(fn, recurse)

    def build(self, input_shape=None):
        self.built = True

    def call(self, *args, **kwargs):
        raise NotImplementedError(f"{type(self).__name__} has no call().")

    def forward(self, *args, **kwargs):
        if is_symbolic(args, kwargs):
            return record(self, *args, **kwargs)
        training = kwargs.pop("training", None)
        calls = active_calls()
        if training is None and len(calls):  # a layer that is made within a call, too
            training = calls[-1]
        if training is not None and bool(training) != self.training:
            self.train(bool(training))
            result = self.forward(*args, **kwargs)
            self.train(not training)
            return result
        accepted = inspect.signature(self.call).parameters
        if not self.built:
            self.build_for(accepted, args, kwargs)
        if not self.tracked:
            self.track()
        if "training" in accepted:
            kwargs["training"] = self.training
        given = {**dict(zip(accepted, args)), **kwargs}
        masks = self.take_masks(accepted, given, kwargs)
        calls.append(self.training)
        outputs = self.call(*args, **kwargs)
        calls.pop()
        if self.supports_masking and len(given):
            self.leave_masks(next(iter(given.values())), outputs, masks)
        return outputs

    def take_masks(self, accepted, given, kwargs):
        """The masks of the arguments become arguments, too, where `call` takes them; gives those of the first."""
        tensors = {name: value for name, value in given.items() if len(flat_tensors(value))}
        for name, value in tensors.items():
            expected = "mask" if len(tensors) == 1 else name + "_mask"
            if expected in accepted and given.get(expected) is None:
                kwargs[expected] = map_tensors(mask_of, value)
        if kwargs.get("mask") is not None or len(given) == 0:
            return kwargs.get("mask")
        return map_tensors(mask_of, next(iter(given.values())))

    def leave_masks(self, inputs, outputs, masks):
        """The outputs get what `compute_mask` says, where they have no masks yet."""
        outputs = flat_tensors(outputs)
        if all(mask_of(x) is not None for x in outputs):
            return
        masks = self.compute_mask(inputs, masks)
        for x, mask in zip(outputs, masks if isinstance(masks, (list, tuple)) else [masks]):
            if mask is not None and mask_of(x) is None:
                x._keras_mask = mask

    def build_for(self, accepted, args, kwargs):
        """Calls build() with the shapes of the arguments."""
        given = {**dict(zip(accepted, args)), **kwargs}
        shapes = {name: map_tensors(lambda x: tuple(x.shape), value) for name, value in given.items()}
        wanted = [name for name in inspect.signature(self.build).parameters]
        if len(wanted) < 2:
            self.build(shapes[next(iter(shapes))])
        else:
            self.build(**{name: shapes[name[:-6]] for name in wanted if name[:-6] in shapes})
        self.built = True
        self.train(self.training)

    def track(self):
        """Layers and weights in lists and dicts of attributes become parts of the module."""
        self.tracked = True
        modules = {id(part) for part in self._modules.values()}
        weights = {id(part) for part in [*self._parameters.values(), *self._buffers.values()]}

        def visit(name, value):
            if isinstance(value, (list, tuple)):
                for i, item in enumerate(value):
                    visit(f"{name}_{i}", item)
            elif isinstance(value, dict):
                for key, item in value.items():
                    visit(f"{name}_{key}", item)
            elif isinstance(value, nn.Module) and id(value) not in modules:
                modules.add(id(value))
                self.add_module(name.replace(".", "_"), value.train(self.training))
            elif isinstance(value, nn.Parameter) and id(value) not in weights:
                weights.add(id(value))
                self.register_parameter(name, value)
            elif isinstance(value, nn.Buffer) and id(value) not in weights:
                weights.add(id(value))
                self.register_buffer(name, value)

        for name, value in list(self.__dict__.items()):
            if name not in ("_modules", "_parameters", "_buffers", "inbound") and isinstance(value, (list, tuple, dict)):
                visit(name, value)
        for part in list(self._modules.values()):
            if getattr(part, "tracked", None) is False:  # a layer of this or another file: it may never be called; if it is, there may be more by then
                part.track()
                part.tracked = False

    def _flatten_layers(self, recursive=True, include_self=True):
        """The layers that this one holds."""
        self.track()
        self.tracked = False  # there may be more by the first call
        found = list(self.modules()) if recursive else [self, *self.children()]
        return [part for part in found if isinstance(part, nn.Module) and (include_self or part is not self)]

    def compute_output_shape(self, *args, **kwargs):
        found = record(self, *[KerasTensor(shape) for shape in args])
        return map_tensors(lambda x: x.shape, found)

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask

    @property
    def trainable(self):
        return self.is_trainable

    @trainable.setter
    def trainable(self, value):
        for part in self.modules():
            part.is_trainable = value
        for weight in self.parameters():
            weight.requires_grad_(value)

    @property
    def weights(self):
        return [*self.parameters(), *self.buffers()]

    @property
    def trainable_variables(self):
        self.track()
        self.tracked = False  # there may be more by the first call
        return [weight for weight in self.parameters() if weight.requires_grad]

    trainable_weights = trainable_variables

    @property
    def input(self):
        return self.inbound[0][0]

    @property
    def output(self):
        return self.inbound[0][1]

    def count_params(self):
        return sum(weight.numel() for weight in self.weights)

    def get_config(self):
        return {"name": self.name, "trainable": self.trainable, "dtype": self.dtype}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


@adapter("keras.layers.InputLayer")
class InputLayer(Layer):
    """What a functional model begins with."""

    def __init__(self, shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, input_tensor=None, optional=False, name=None, **kwargs):
        super().__init__(name=name or unique_name("input_layer"))
        if batch_shape is None:
            batch_shape = (batch_size, *shape) if input_tensor is None else input_tensor.shape
        self.batch_shape = tuple(batch_shape)
        self.tensor = KerasTensor(batch_shape, torch_dtype(dtype), name=self.name) if input_tensor is None else input_tensor
        if self.tensor.node is None:
            self.tensor.node = Node(self, (), {})
            self.tensor.node.outputs.append(self.tensor)
        self.built = True
        self.inbound.append((self.tensor, self.tensor))

    def call(self, inputs):
        return inputs


@adapter("keras.layers.Input")
@adapter("keras.Input")
def Input(shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, name=None, tensor=None, optional=False):
    return InputLayer(shape, batch_size, dtype, batch_shape=batch_shape, input_tensor=tensor, name=name).tensor


# ---------------------------------------------------------------- models


@adapter("keras.Model")
class Model(Layer):
    """A model of its own class, or the computation between symbolic inputs and outputs."""

    def __init__(self, *args, **kwargs):
        given = dict(zip(("inputs", "outputs", "name"), args))
        given.update(kwargs)
        super().__init__(name=given.get("name"), trainable=given.get("trainable", True))
        self.nodes = None
        if "outputs" in given:
            self.connect(given["inputs"], given["outputs"])

    def connect(self, inputs, outputs):
        """Keeps the calls that lead from the inputs to the outputs: those farthest from an output first, in the order of Keras."""
        self.input_structure = inputs
        self.inputs = flat_tensors(inputs)
        self.outputs = flat_tensors(outputs)
        self.input_names = list(inputs) if isinstance(inputs, dict) else [x.name for x in self.inputs]
        self.structure = outputs
        nodes, seen = self.nodes_before(self.outputs)
        node_depths, depths = {}, {}
        for node in nodes[::-1]:
            depths[node.key] = node_depths[id(node)] = max(node_depths.get(id(node), 0), depths.get(node.key, 0))
            for x in node.inputs:
                node_depths[id(x.node)] = max(node_depths.get(id(x.node), 0), depths[node.key] + 1)
        own = {id(node): node for node in nodes if len(node.inputs)}
        self.nodes = [own[key] for key in sorted(node_depths, key=lambda key: -node_depths[key]) if key in own]
        unused = [x.node for x in self.inputs if x.node is not None and id(x.node) not in node_depths and len(x.node.inputs) == 0]
        found = {node.key: node.function for node in [*unused, *nodes] if isinstance(node.function, nn.Module)}
        self.parts = sorted(found.values(), key=lambda part: (-depths.get(id(part), 0), seen.get(id(part), -1)))
        for part in self.parts:
            self.add_part(part)
        self.built = True

    def nodes_before(self, outputs):
        """The nodes that outputs need, behind those that they need themselves, and in which order their functions were met."""
        known = {id(x) for x in self.inputs if x.node is not None and len(x.node.inputs)}
        nodes, done, seen = [], set(), {}
        for output in outputs:
            waiting = [(output.node, False)]
            while len(waiting):
                node, is_done = waiting.pop()
                if is_done:
                    nodes.append(node)
                elif node is not None and id(node) not in done:
                    done.add(id(node))
                    seen.setdefault(node.key, len(seen))
                    waiting.append((node, True))
                    waiting.extend([(x.node, False) for x in node.inputs[::-1] if id(x) not in known])
        return nodes, seen

    def add_part(self, part):
        """Registers a layer under its name."""
        name = getattr(part, "name", type(part).__name__.lower()).replace(".", "_")
        while hasattr(self, name):
            name = name + "_"
        self.add_module(name, part)

    def call(self, *inputs, training=None, mask=None):
        if self.nodes is None:
            raise NotImplementedError(f"{type(self).__name__} has no call().")
        if isinstance(inputs[0], dict):
            values = [inputs[0][name] for name in self.input_names]
        else:
            values = flat_tensors(inputs)
        known = {id(x): value.to(self.float_dtype if x.dtype == torch.float32 else x.dtype) for x, value in zip(self.inputs, values)}
        for node in self.nodes:
            node.run(known)
        return map_tensors(lambda x: known[id(x)], self.structure)

    @property
    def layers(self):
        return list(self.children()) if self.nodes is None else list(self.parts)

    @property
    def input(self):
        return self.input_structure

    @property
    def output(self):
        return self.structure

    @property
    def input_shape(self):
        return map_tensors(lambda x: x.shape, self.input)

    @property
    def output_shape(self):
        return map_tensors(lambda x: x.shape, self.output)

    def get_layer(self, name=None, index=None):
        if index is not None:
            return self.layers[index]
        for layer in self.layers:
            if getattr(layer, "name", None) == name:
                return layer
        raise ValueError(f"No such layer: {name}.")


@adapter("keras.Sequential")
class Sequential(Model):
    """Layers called one after the other."""

    def __init__(self, layers=None, trainable=True, name=None):
        super().__init__(name=name, trainable=trainable)
        self.sequence = []
        self.stages = []
        for layer in layers or []:
            self.add(layer)

    def add(self, layer, rebuild=True):
        start = getattr(layer, "given_shape", None)
        if len(self.sequence) == 0 and len(self.inbound) == 0 and start is not None:
            self.add(Input(start))
        if isinstance(getattr(layer, "tensor", layer), KerasTensor):
            tensor = getattr(layer, "tensor", layer)
            self.inbound.append((tensor, tensor))
            return
        self.add_part(layer)
        self.sequence = [*self.sequence, layer]
        if len(self.inbound):
            self.stages = [*self.stages, self.inbound[0][1]]
            self.inbound[0] = (self.inbound[0][0], layer(self.inbound[0][1]))

    def pop(self, rebuild=True):
        layer = self.sequence[-1]
        self.sequence = self.sequence[:-1]
        if len(self.stages):
            self.inbound[0] = (self.inbound[0][0], self.stages[-1])
            self.stages = self.stages[:-1]
        for name, part in list(self._modules.items()):
            if part is layer:
                delattr(self, name)
        return layer

    def call(self, inputs, training=None, mask=None):
        for layer in self.sequence:
            inputs = layer(inputs)
        return inputs

    @property
    def layers(self):
        return list(self.sequence)

    @property
    def inputs(self):
        return flat_tensors(self.inbound[0][0])

    @property
    def outputs(self):
        return flat_tensors(self.inbound[0][1])

    @property
    def input(self):
        return self.inbound[0][0]

    @property
    def output(self):
        return self.inbound[0][1]
