"""keras.Model: of the program's own, or a graph of calls on symbolic tensors."""
from __future__ import annotations

import _nw
from _nw import check, known
from keras.src import conversion, dtypes, state, symbolic, tree
from keras.src.layers.input_layer import InputLayer
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer, Operation

__public__ = "keras"

_OBJECT_SET = object.__setattr__


def _is_functional(args, kwargs):
    return len(args) == 2 or (len(args) == 1 and "outputs" in kwargs) or ("inputs" in kwargs and "outputs" in kwargs)


class Model(Layer):
    def __init__(self, *args, **kwargs):
        if _is_functional(args, kwargs):
            if type(self) is Model:
                self.__class__ = Functional
            _start(self, *args, **kwargs)
        else:
            Layer.__init__(self, *args, **kwargs)

    @property
    def _nw_is_graph(self):
        return "_nodes_by_depth" in self.__dict__

    def _obj_type(self):
        return "Functional" if self._nw_is_graph else "Layer"

    def _lock_state(self):
        if not self._nw_is_graph:
            super()._lock_state()

    def call(self, *args, **kwargs):
        if "_nw_lost" in self.__dict__:  # what made an output is not known
            return self._nw_lost
        if not self._nw_is_graph:
            raise NotImplementedError("Model " + type(self).__name__ + " does not have a `call()` method implemented.")
        return self._nw_run(*args, **kwargs)

    @property
    def layers(self):
        if self._nw_is_graph:
            return [one for one in self._operations if isinstance(one, Layer)]
        return list(self._flatten_layers(include_self=False, recursive=False))

    @layers.setter
    def layers(self, value):
        raise AttributeError("`Model.layers` attribute is reserved and should not be used. Please use another name.")

    def get_layer(self, name=None, index=None):
        if index is not None and name is not None:
            raise ValueError("Provide only a layer name or a layer index.")
        if index is not None:
            if len(self.layers) <= index:
                raise ValueError("Was asked to retrieve layer at an index that the model does not have.")
            return self.layers[index]
        if name is None:
            raise ValueError("Provide either a layer name or layer index at `get_layer`.")
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError("No such layer: " + name + ".")

    # --- graphs

    @property
    def operations(self):
        return list(self._operations)

    @property
    def inputs(self):
        return self._nw_own("_inputs")

    @property
    def outputs(self):
        return self._nw_own("_outputs")

    @property
    def input(self):
        return self._inputs_struct if self._nw_is_graph else Operation.input.fget(self)

    @property
    def output(self):
        return self._outputs_struct if self._nw_is_graph else Operation.output.fget(self)

    @property
    def input_shape(self):
        shapes = [x.shape for x in self._nw_own("_inputs")]
        return shapes[0] if len(shapes) == 1 else shapes

    @property
    def output_shape(self):
        shapes = [x.shape for x in self._nw_own("_outputs")]
        return shapes[0] if len(shapes) == 1 else shapes

    def _nw_own(self, name):
        if name not in self.__dict__:
            raise AttributeError("'" + type(self).__name__ + "' object has no attribute '" + name[1:] + "'")
        return self.__dict__[name]

    def _nw_specs(self):
        struct = self._inputs_struct
        if isinstance(struct, dict):
            if not all([symbolic.is_symbolic(x) for x in struct.values()]):
                return None
            return [_spec(struct[name], name) for name in sorted(struct)]
        return [_spec(x, None) for x in self._inputs]

    def _assert_input_compatibility(self, first):
        if not self._nw_is_graph:
            return super()._assert_input_compatibility(first)
        from keras.src.layers.input_spec import assert_input_compatibility
        for x, reference in zip(tree.flatten(first), self._inputs):
            if x is None and not _is_optional(reference):
                raise ValueError("The input '" + reference.name + "' is not optional, but None was passed.")
        specs = self._nw_specs()
        if specs is not None:
            assert_input_compatibility(specs, first, self.name)

    def _nw_run(self, inputs, training=None, mask=None, **kwargs):
        flat = self._nw_standard(inputs)
        if mask is not None:
            for x, one in zip(flat, tree.flatten(mask)):
                if one is not None:
                    x._keras_mask = one
        outputs = self._nw_through(flat, training)
        return outputs[0] if isinstance(outputs, (list, tuple)) and len(outputs) == 1 else outputs

    def _nw_through(self, flat, training):
        """The graph on other tensors."""
        values = {}
        for x, y in zip(self._inputs, flat):
            values[id(x)] = y
        for depth in sorted(self._nodes_by_depth, reverse=True):
            for node in self._nodes_by_depth[depth]:
                if node.is_input or [x for x in node.input_tensors if id(x) not in values]:
                    continue
                fill = _Fill(values)
                args = tree.map_structure(fill, node.args)
                kwargs = tree.map_structure(fill, node.kwargs)
                if training is not None and isinstance(node.operation, Layer):
                    kwargs = {**kwargs, "training": training}
                made = node.operation(*args, **kwargs)
                for x, y in zip(node.outputs, tree.flatten(made)):
                    values[id(x)] = y
        for x in self._outputs:
            if id(x) not in values:
                raise ValueError("Output is not connected to `inputs`")
        return tree.pack_sequence_as(self._outputs_struct, [values[id(x)] for x in self._outputs])

    def _nw_standard(self, inputs):
        struct = self._inputs_struct
        refused = False
        if isinstance(struct, list) and len(struct) == 1 and symbolic.is_any_tensor(inputs):
            inputs = [inputs]
        elif isinstance(inputs, dict) and not isinstance(struct, dict):
            if symbolic.is_symbolic(struct):
                refused = struct.name not in inputs
                inputs = inputs if refused else [inputs[struct.name]]
            elif all([symbolic.is_symbolic(x) for x in struct]):
                refused = bool([x for x in struct if x.name not in inputs])
                inputs = inputs if refused else [inputs[x.name] for x in struct]
            else:
                refused = True
        if isinstance(struct, dict) and not isinstance(inputs, dict) and list(struct) != sorted(struct):
            refused = True
        if refused:
            raise ValueError("The structure of `inputs` doesn't match the expected structure.")
        flat = []
        for x, reference in zip(tree.flatten(inputs), self._inputs):
            flat.append(None if x is None else self._nw_adjusted(x, reference))
        return flat

    def _nw_adjusted(self, x, reference):
        """One input with the element type and the rank that the graph was made for."""
        from keras.src.ops import numpy
        from keras.src.ops.core import convert_to_tensor
        mask = getattr(x, "_keras_mask", None)
        made = convert_to_tensor(x, dtype=reference.dtype)
        rank, wanted = len(made.shape), len(reference.shape)
        if rank == wanted + 1 and known(made.shape[-1]) and made.shape[-1] == 1:
            made = numpy.squeeze(made, axis=-1)
        elif rank == wanted - 1 and reference.shape[-1] == 1:
            made = numpy.expand_dims(made, axis=-1)
        elif rank != wanted:
            raise ValueError("Invalid input shape for input with name '" + reference.name + "'.")
        if mask is not None:
            made._keras_mask = mask
        return made

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config) if known(config) else _nw.unknown("a model from a configuration")

    # --- training

    def compile(self, *args, **kwargs):
        self.compiled = True

    def fit(self, *args, **kwargs):
        return _nw.unknown("a run of training")

    def evaluate(self, *args, **kwargs):
        return _nw.unknown("a run of evaluation")

    def predict(self, *args, **kwargs):
        return _nw.unknown("a run of prediction")

    def predict_on_batch(self, x):
        return _nw.unknown("a run of prediction")

    def summary(self, *args, **kwargs):
        return None

    def save(self, *args, **kwargs):
        return None

    def save_weights(self, *args, **kwargs):
        return None

    def load_weights(self, filepath, skip_mismatch=False, **kwargs):
        return None

    def get_compile_config(self):
        return None

    def to_json(self, **kwargs):
        return _nw.unknown("a configuration")

    def reset_metrics(self):
        return None

    def compute_loss(self, *args, **kwargs):
        return _nw.unknown("a loss")


class Functional(Model):
    def get_config(self):
        return _nw.unknown("the configuration of a model") if type(self) is Functional else super().get_config()


class _Fill:
    def __init__(self, values):
        self.values = values

    def __call__(self, x):
        return self.values[id(x)] if symbolic.is_symbolic(x) else x


def _is_optional(x):
    operation = x._keras_history.operation
    return isinstance(operation, InputLayer) and operation.optional


def _spec(x, name):
    shape = list(x.shape)
    if shape:
        shape[0] = None
    operation = x._keras_history.operation
    return InputSpec(shape=tuple(shape), allow_last_axis_squeeze=True, name=operation.name if name is None else name, optional=_is_optional(x))


def _start(self, inputs, outputs, name=None, **kwargs):
    """A functional model; other options are not looked at."""
    trainable = kwargs.pop("trainable", None)
    lost = [x for x in (outputs if known(outputs) and isinstance(outputs, (list, tuple)) else [outputs]) if symbolic.is_lost(x)]
    if lost:
        Layer.__init__(self, name=name)
        _OBJECT_SET(self, "_nw_lost", lost[0])
        state.lost.append(lost[0])
        return
    flat_inputs, flat_outputs = tree.flatten(inputs), tree.flatten(outputs)
    for x in flat_inputs:
        if not symbolic.is_symbolic(x):
            raise ValueError("All `inputs` values must be KerasTensors.")
    for x in flat_outputs:
        if not symbolic.is_symbolic(x):
            raise ValueError("All `outputs` values must be KerasTensors.")
    if not flat_inputs:
        raise ValueError("`inputs` argument cannot be empty.")
    if not flat_outputs:
        raise ValueError("`outputs` argument cannot be empty.")
    if type(self) is Functional and name is None:
        name = state.auto_name("Functional")
    Layer.__init__(self, name=name)
    if [x for x in flat_inputs if not _is_input(x)]:
        inputs, outputs = _cut(inputs, outputs)
        flat_inputs, flat_outputs = tree.flatten(inputs), tree.flatten(outputs)
    set_plainly = _OBJECT_SET
    if isinstance(inputs, list) and len(inputs) == 1:
        pass
    set_plainly(self, "_inputs_struct", inputs)
    set_plainly(self, "_outputs_struct", outputs)
    set_plainly(self, "_inputs", flat_inputs)
    set_plainly(self, "_outputs", flat_outputs)
    nodes_by_depth, operations = _map_graph(flat_inputs, flat_outputs)
    set_plainly(self, "_nodes_by_depth", nodes_by_depth)
    set_plainly(self, "_operations", operations)
    if trainable is not None:
        self.trainable = trainable
    for layer in self.layers:
        self._nw_add(self._layers, layer)
    self.build(None)
    self._convert_input_args = False
    self._allow_non_tensor_positional_args = True
    set_plainly(self, "output_names", [x._keras_history.operation.name for x in flat_outputs])
    set_plainly(self, "input_names", [x._keras_history.operation.name for x in flat_inputs])


def _is_input(x):
    history = getattr(x, "_keras_history", None)
    if history is None or history.operation is None:
        return True
    return history.operation._inbound_nodes[history.node_index].is_input


def _cut(inputs, outputs):
    """The part of a graph that lies behind inner tensors: these become inputs of a graph of its own."""
    flat_inputs = tree.flatten(inputs)
    values = {}
    made = []
    for x in flat_inputs:
        if _is_input(x):
            made.append(x)
            values[id(x)] = x
        else:
            new = InputLayer(batch_shape=x.shape, dtype=x.dtype).output
            made.append(new)
            values[id(x)] = new
    for x in tree.flatten(outputs):
        _again(x, values)
    return tree.pack_sequence_as(inputs, made), tree.map_structure(lambda x: values[id(x)], outputs)


def _again(x, values):
    if id(x) in values:
        return
    history = x._keras_history
    node = history.operation._inbound_nodes[history.node_index]
    if node.is_input:
        values[id(x)] = x
        return
    for part in node.input_tensors:
        _again(part, values)
    fill = _Fill(values)
    outputs = [symbolic.KerasTensor(one.shape, dtype=one.dtype, name=one.name) for one in node.outputs]
    symbolic.Node(node.operation, tree.map_structure(fill, node.args), tree.map_structure(fill, node.kwargs), outputs)
    for one, new in zip(node.outputs, outputs):
        values[id(one)] = new


def _map_graph(inputs, outputs):
    """Nodes by their distance from the outputs, and operations from the inputs on."""
    ordered = []
    indices = {}
    finished = {}
    for x in outputs:
        _visit(inputs, x, finished, {}, ordered, indices)
    in_graph = {id(node): True for node in ordered}
    depths = {}
    node_of = {}
    operation_depths = {}
    operation_of = {}
    for node in reversed(ordered):
        node_of[id(node)] = node
        depth = max(depths.get(id(node), 0), operation_depths.get(id(node.operation), 0))
        operation_depths[id(node.operation)] = depth
        operation_of[id(node.operation)] = node.operation
        depths[id(node)] = depth
        for parent in node.parent_nodes:
            if id(parent) in in_graph:
                depths[id(parent)] = max(depth + 1, depths.get(id(parent), 0))
                node_of[id(parent)] = parent
    for x in inputs:
        operation = x._keras_history.operation
        if operation is not None and id(operation) not in operation_depths:
            node = operation._inbound_nodes[x._keras_history.node_index]
            if node.is_input:
                operation_depths[id(operation)] = 0
                operation_of[id(operation)] = operation
                indices[id(operation)] = -1
                depths[id(node)] = 0
                node_of[id(node)] = node
    nodes_by_depth = {}
    for key in depths:
        nodes_by_depth.setdefault(depths[key], []).append(node_of[key])
    by_depth = {}
    for key in operation_depths:
        by_depth.setdefault(operation_depths[key], []).append(key)
    operations = []
    for depth in sorted(by_depth, reverse=True):
        for key in sorted(by_depth[depth], key=lambda one: indices[one]):
            operations.append(operation_of[key])
    _check_connected(inputs, nodes_by_depth)
    names = {}
    for operation in operations:
        if operation.name in names:
            raise ValueError("The name \"" + operation.name + "\" is used several times in the model. All operation names should be unique.")
        names[operation.name] = True
    return nodes_by_depth, operations


def _check_connected(inputs, nodes_by_depth):
    computable = {id(x): True for x in inputs}
    for depth in sorted(nodes_by_depth, reverse=True):
        for node in nodes_by_depth[depth]:
            for x in node.input_tensors:
                if id(x) not in computable:
                    raise ValueError("Graph disconnected: cannot find parent for a tensor at operation " + node.operation.name)
            for x in node.outputs:
                computable[id(x)] = True


def _visit(inputs, x, finished, running, ordered, indices):
    """Depth first, without recursion: networks are deep."""
    stack = [(x, None)]
    while stack:
        tensor, leaving = stack.pop()
        if leaving is not None:
            finished[id(leaving)] = True
            if id(leaving) in running:
                del running[id(leaving)]
            ordered.append(leaving)
            continue
        history = tensor._keras_history
        if history.operation is None:
            continue
        node = history.operation._inbound_nodes[history.node_index]
        if id(node) in finished:
            continue
        if not node.is_input and [one for one in inputs if one is tensor]:
            finished[id(node)] = True
            continue
        if id(node) in running:
            raise ValueError("Tensor from a layer is part of a cycle.")
        if id(history.operation) not in indices:
            indices[id(history.operation)] = len(indices)
        running[id(node)] = True
        stack.append((None, node))
        if not node.is_input:
            for part in reversed(node.input_tensors):
                stack.append((part, None))
