"""keras.Layer: how layers are built, named, called and what state they hold."""
from __future__ import annotations

import _nw
from keras.src import conversion, dtypes, state, symbolic, tree
from keras.src.variables import Variable

__public__ = "keras"

_OBJECT_SET = object.__setattr__


class Operation:
    """What a functional model is a graph of."""

    def __init__(self, name=None):
        if name is None:
            name = state.auto_name(type(self).__name__)
        if not isinstance(name, str) or "/" in name:
            raise ValueError("Argument `name` must be a string and cannot contain character `/`. Received: name=" + str(name))
        self.name = name
        self._inbound_nodes = []
        self._outbound_nodes = []

    def __call__(self, *args, **kwargs):
        if symbolic.any_symbolic(args, kwargs):
            return symbolic.call_operation(self, args, kwargs)
        return self.call(*args, **kwargs)

    def call(self, *args, **kwargs):
        raise NotImplementedError

    def _obj_type(self):
        return "Operation"

    @property
    def input(self):
        return _only([part for node in self._inbound_nodes[:1] for part in node.input_tensors], self)

    @property
    def output(self):
        if not self._inbound_nodes:
            raise AttributeError("The layer " + self.name + " has never been called and thus has no defined output.")
        return _only(self._inbound_nodes[0].outputs, self)

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def _only(parts, operation):
    if not parts:
        raise AttributeError("The layer " + operation.name + " has never been called and thus has no defined input.")
    return parts[0] if len(parts) == 1 else list(parts)


class _TrackedList(list):
    """A list among a layer's attributes: what is put into it belongs to the layer."""

    def append(self, value):
        super().append(self._owner._nw_track(value))

    def insert(self, index, value):
        super().insert(index, self._owner._nw_track(value))

    def extend(self, values):
        for value in values:
            self.append(value)

    def __setitem__(self, index, value):
        super().__setitem__(index, value if isinstance(index, slice) else self._owner._nw_track(value))


class _Tracked:
    def __setitem__(self, key, value):
        super().__setitem__(key, self._owner._nw_track(value))

    def update(self, *mappings, **values):
        for mapping in mappings:
            for key in mapping:
                self[key] = mapping[key]
        for key in values:
            self[key] = values[key]

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]


class _TrackedDict(_Tracked, dict):
    """A dict among them."""


class _TrackedOrderedDict(_Tracked, _nw.OrderedDict):
    pass


def _signature(layer):
    """Parameters of call: (name, kind, default, annotation), without self."""
    kind = type(layer)
    if kind not in _SIGNATURES:
        _SIGNATURES[kind] = _nw.parameters(layer.call)
    return _SIGNATURES[kind]


_SIGNATURES = {}


def bind(parameters, args, kwargs):
    """(given, with defaults): arguments by name, as inspect.Signature.bind has them."""
    given = {}
    complete = {}
    position = 0
    rest = dict(kwargs)
    for name, kind, default, annotation in parameters:
        if kind == "VAR_POSITIONAL":
            complete[name] = tuple(args[position:])
            if args[position:]:
                given[name] = complete[name]
            position = len(args)
            continue
        if kind == "VAR_KEYWORD":
            complete[name] = rest
            if rest:
                given[name] = rest
            rest = {}
            continue
        if kind != "KEYWORD_ONLY" and position < len(args):
            given[name] = complete[name] = args[position]
            position += 1
            if name in rest:
                raise TypeError("multiple values for argument '" + name + "'")
        elif name in rest:
            given[name] = complete[name] = rest.pop(name)
        elif default is _nw.absent:
            raise TypeError("missing a required argument: '" + name + "'")
        else:
            complete[name] = default
    if position < len(args):
        raise TypeError("too many positional arguments")
    if rest:
        raise TypeError("got an unexpected keyword argument '" + list(rest)[0] + "'")
    return given, complete


def _of_unknown_rank(args):
    for part in tree.flatten(args):
        if symbolic.is_lost(part):
            return True
    return False


class _CallSpec:
    def __init__(self, parameters, context_names, args, kwargs):
        names = [parameter[0] for parameter in parameters]
        self.context = {}
        for name in context_names:
            if name in kwargs and name not in names:
                self.context[name] = kwargs.pop(name)
        self.given, self.arguments = bind(parameters, args, kwargs)
        self.tensors = {}
        self.nested = []
        self.undecided = []
        for name in self.arguments:
            value = self.arguments[name]
            if symbolic.is_undecided(value):
                self.undecided.append(name)
            elif symbolic.is_any_tensor(value):
                self.tensors[name] = value
            elif isinstance(value, (list, tuple, dict)) and len(value) > 0:
                flat = tree.flatten(value)
                count = len([part for part in flat if symbolic.is_any_tensor(part)])
                if count + len([part for part in flat if part is None]) == len(flat):
                    self.tensors[name] = value
                    self.nested.append(name)
                elif count:
                    raise ValueError("In a nested call() argument, you cannot mix tensors and non-tensors. Received invalid mixed argument: " + name)
        first = list(self.arguments)
        self.first_arg = self.arguments[first[0]]

    def shapes(self):
        found = {}
        for name in self.arguments:
            if name in self.undecided:
                found[name + "_shape"] = _nw.unknown("the shape of an argument that hangs on a condition")
            if name not in self.tensors or name in ("mask", "args", "kwargs"):
                continue
            value = self.tensors[name]
            found[name + "_shape"] = tree.map_structure(_shape_of, value) if name in self.nested else _shape_of(value)
        return found


def _shape_of(x):
    return None if x is None else symbolic.static_shape(x)


def _shapes_for(target, parameters, shapes, spec, class_name):
    """The keyword arguments of build() or compute_output_shape()."""
    names = [name for name, kind, default, annotation in parameters if kind not in ("VAR_POSITIONAL", "VAR_KEYWORD")]
    values = list(shapes.values())
    if len(names) == 1:
        return {names[0]: values[0] if values else None}
    kwargs = {}
    for name in names:
        if not name.endswith("_shape"):
            raise ValueError("For a `" + target + "()` method with more than one argument, all arguments should have a `_shape` suffix and match an argument from `call()`.")
        if name[:-6] not in spec.arguments:
            raise ValueError("For layer '" + class_name + "', received `" + target + "()` argument `" + name + "`, but `call()` does not have argument `" + name[:-6] + "`.")
        if name in shapes:
            kwargs[name] = shapes[name]
    return kwargs


def _check_constructor(made):
    """Making an object compares the constructor with what functools.wraps says it is, given the arguments; to a model's none are given."""
    own = type(made).__init__
    inner = own
    while hasattr(inner, "__wrapped__"):
        inner = inner.__wrapped__
    rows = _nw.parameters(inner)
    stars = [row[0] for row in _nw.parameters(own, unwraps=False) if row[1] == "VAR_POSITIONAL"]
    if not stars or stars[0] in [row[0] for row in rows]:
        return
    from keras.src.models.model import Model
    required = [row[0] for row in rows[1:] if row[2] is _nw.absent and row[1] not in ("VAR_POSITIONAL", "VAR_KEYWORD")]
    if not required or not isinstance(made, Model):
        raise KeyError(stars[0])


class Layer(Operation):
    def __init__(self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs):
        self._lock = False
        if state.alone[0]:  # nobody knows what it is called
            name = name if _nw.known(name) else None
            dtype = dtype if _nw.known(dtype) else None
            trainable = trainable if _nw.known(trainable) else True
            kwargs = kwargs if _nw.known(len(kwargs)) else {}
        if hasattr(type(self).__init__, "__wrapped__"):
            _check_constructor(self)
        Operation.__init__(self, name=name)
        self._dtype_policy = _policy(dtype)
        from keras.src import regularizers
        self.activity_regularizer = regularizers.get(activity_regularizer)
        input_dim = kwargs.pop("input_dim", None)
        input_shape = (input_dim,) if input_dim is not None else kwargs.pop("input_shape", None)
        if input_shape is not None:
            self._input_shape_arg = input_shape
        if kwargs:
            raise ValueError("Unrecognized keyword arguments passed to " + type(self).__name__ + ": " + str(list(kwargs)))
        if not isinstance(trainable, bool):
            raise ValueError("Expected `trainable` to be a boolean.")
        self._path = None
        self._parent_path = None
        self.built = False
        self.autocast = autocast
        self._input_spec = None
        self._called = False
        self.supports_jit = True
        self._trainable = trainable
        self._losses = []
        self._supports_masking = type(self).compute_mask is not Layer.compute_mask
        self._convert_input_args = True
        self._allow_non_tensor_positional_args = False
        self._build_shapes_dict = None
        self._call_context_args = ["training"]
        self._nw_stores()

    def _nw_stores(self):
        if "_layers" in self.__dict__:
            return
        _OBJECT_SET(self, "_nw_locked", False)
        _OBJECT_SET(self, "_trainable_variables", [])
        _OBJECT_SET(self, "_non_trainable_variables", [])
        _OBJECT_SET(self, "_layers", [])
        _OBJECT_SET(self, "_metrics", [])
        _OBJECT_SET(self, "_seed_generators", [])

    # --- attributes

    def __setattr__(self, name, value):
        _nw.layer_setattr(self, name, value)

    def __delattr__(self, name):
        value = getattr(self, name)
        for store in (self._trainable_variables, self._non_trainable_variables):
            for i in range(len(store)):
                if store[i] is value:
                    del store[i]
                    break
        object.__delattr__(self, name)

    def _nw_track(self, value):
        """What stands for the value among the attributes; state in it becomes the layer's."""
        if "_layers" not in self.__dict__:
            self._nw_stores()
        if isinstance(value, Variable):
            self._nw_add(self._trainable_variables if value.trainable else self._non_trainable_variables, value)
            return value
        if isinstance(value, Layer):
            self._nw_add(self._layers, value)
            return value
        if isinstance(value, _TrackedList) or isinstance(value, _TrackedDict) or isinstance(value, _TrackedOrderedDict):
            return value
        if isinstance(value, tuple):
            if hasattr(value, "_fields"):
                return type(value)(*[self._nw_track(part) for part in value])
            return type(value)(list(value) if _nw.is_bare(value) else [self._nw_track(part) for part in value])
        if isinstance(value, list):
            made = _TrackedList(value if _nw.is_bare(value) else [self._nw_track(part) for part in value])
            made._owner = self
            return made
        if isinstance(value, dict):  # whatever class it was of
            made = (_TrackedOrderedDict if isinstance(value, _nw.OrderedDict) else _TrackedDict)({key: self._nw_track(part) for key, part in value.items()})
            made._owner = self
            return made
        if isinstance(value, set):
            return set(value)
        if isinstance(value, _special()):
            self._nw_add(self._metrics if value._nw_is_metric else self._seed_generators, value)
        return value

    def _nw_add(self, store, value):
        for held in (store, self._trainable_variables):
            known = _nw.has(held, value)
            if known:
                return
            if known is None:
                for one in held:
                    if one is value:
                        return
        if self._nw_locked:
            raise ValueError("You cannot add new elements of state (variables or sub-layers) to a layer that is already built. All state must be created in the `__init__()` method or in the `build()` method.")
        store.append(value)

    def _lock_state(self):
        _OBJECT_SET(self, "_nw_locked", True)

    def _obj_type(self):
        return "Layer"

    # --- weights

    def add_weight(self, *args, shape=None, initializer=None, dtype=None, trainable=True, autocast=True, regularizer=None, constraint=None,
                   aggregation="none", overwrite_with_gradient=False, name=None):
        self._check_super_called()
        if len(args) > 3:
            raise TypeError("add_weight() takes at most 3 positional arguments")
        if args:
            if isinstance(args[0], str):
                raise ValueError("`name` must be passed as a keyword argument.")
            if shape is not None:
                raise ValueError("`shape` was passed both positionally and as a keyword argument.")
            shape = args[0]
            if len(args) > 1:
                initializer = args[1]
            if len(args) > 2:
                dtype = args[2]
        from keras.src import constraints, initializers, regularizers
        shape = () if shape is None else shape
        dtype = dtypes.standardize(dtype) if dtype is not None else self.variable_dtype
        if initializer is None:
            initializer = "glorot_uniform" if "float" in dtype else "zeros"
        initializer = initializers.get(initializer)
        with state.name_scope(self.name, caller=self):
            made = Variable(initializer, shape=shape, dtype=dtype, trainable=trainable, name=name)
        made.regularizer = regularizers.get(regularizer)
        made.constraint = constraints.get(constraint)
        self._nw_add(self._trainable_variables if trainable else self._non_trainable_variables, made)
        if not self.trainable:
            made.trainable = False
        return made

    def add_variable(self, shape, initializer, dtype=None, trainable=True, autocast=True, regularizer=None, constraint=None, name=None):
        return self.add_weight(shape=shape, initializer=initializer, dtype=dtype, trainable=trainable, regularizer=regularizer, constraint=constraint, name=name)

    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        value = bool(value)
        self._trainable = value
        for variable in self._trainable_variables:
            variable.trainable = value
        for layer in self._layers:
            layer.trainable = value

    @property
    def variables(self):
        found = list(self._trainable_variables) + list(self._non_trainable_variables)
        for generator in self._seed_generators:
            found.append(generator.state)
        for layer in self._layers:
            found.extend(layer.variables)
        return _distinct(found)

    @property
    def weights(self):
        found = list(self._trainable_variables) + list(self._non_trainable_variables)
        for layer in self._layers:
            found.extend(layer.weights)
        return _distinct(found)

    @property
    def trainable_variables(self):
        return [v for v in self.variables if v.trainable] if self.trainable else []

    @property
    def non_trainable_variables(self):
        return [v for v in self.variables if not v.trainable] if self.trainable else self.variables

    @property
    def trainable_weights(self):
        return [v for v in self.weights if v.trainable] if self.trainable else []

    @property
    def non_trainable_weights(self):
        return [v for v in self.weights if not v.trainable] if self.trainable else self.weights

    @property
    def metrics(self):
        return list(self._metrics)

    @property
    def metrics_variables(self):
        return []

    @property
    def losses(self):
        return list(self._losses)

    def get_weights(self):
        return [v.numpy() for v in self.weights]

    def set_weights(self, weights):
        own = self.weights
        if len(own) != len(weights):
            raise ValueError("You called `set_weights(weights)` on layer '" + self.name + "' with a weight list of another length.")

    def count_params(self):
        if not self.built:
            raise ValueError("You tried to call `count_params` on layer '" + self.name + "', but the layer isn't built.")
        total = 0
        for weight in self.weights:
            total = total + _nw.prod(weight.shape)
        return total

    # --- element types

    @property
    def dtype_policy(self):
        return self._dtype_policy

    @dtype_policy.setter
    def dtype_policy(self, value):
        self._dtype_policy = _policy(value)

    @property
    def dtype(self):
        return self._dtype_policy.variable_dtype

    @property
    def compute_dtype(self):
        return self._dtype_policy.compute_dtype

    @property
    def variable_dtype(self):
        return self._dtype_policy.variable_dtype

    @property
    def input_dtype(self):
        return self.compute_dtype

    @property
    def quantization_mode(self):
        return None

    # --- what stands around a call

    @property
    def path(self):
        return self._path

    @property
    def input_spec(self):
        return self._input_spec

    @input_spec.setter
    def input_spec(self, value):
        self._input_spec = value

    @property
    def supports_masking(self):
        return self._supports_masking

    @supports_masking.setter
    def supports_masking(self, value):
        self._supports_masking = value

    def compute_mask(self, inputs, previous_mask):
        return previous_mask

    def _check_super_called(self):
        if "_lock" not in self.__dict__:
            raise RuntimeError("In layer '" + type(self).__name__ + "', you forgot to call `super().__init__()` as the first statement in the `__init__()` method. Go add it!")

    def _open_name_scope(self):
        if self._parent_path is None:
            self._parent_path = state.current_path()
        return state.name_scope(self.name, caller=self)

    def build(self, input_shape):
        self._check_super_called()
        self.built = True

    def _nw_build(self, *args, **kwargs):
        """Every call of a layer's build comes here first."""
        own = type(self).build
        with self._open_name_scope():
            self._path = state.current_path()
            own(self, *args, **kwargs)
        self._build_shapes_dict = bind(_nw.parameters(own)[1:], args, kwargs)[0]
        self.built = True
        self._post_build()
        self._lock_state()

    def _post_build(self):
        pass

    def _nw_ready(self):
        """Layers without weights count as built once they are made."""
        if type(self).build is Layer.build:
            self.built = True
            self._lock_state()

    _build_at_init = _nw_ready

    def get_build_config(self):
        return {"input_shape": list(self._build_shapes_dict.values())[0]} if self._build_shapes_dict else None

    def build_from_config(self, config):
        if config:
            self.build(config["input_shape"])

    def _maybe_build(self, spec):
        shapes = spec.shapes()
        own = type(self).build
        if own is not Layer.build:
            self.build(**_shapes_for("build", _nw.parameters(own)[1:], shapes, spec, type(self).__name__))
            self._assert_input_compatibility(spec.first_arg)
            return
        if [layer for layer in self._layers if not layer.built]:
            try:  # a first look at the call makes the weights below
                symbolic.trace(self.call, [], spec.arguments)
            except Exception:
                if _all_eager(spec):
                    return
        values = list(shapes.values())
        self.build(values[0] if values else None)

    def _assert_input_compatibility(self, first):
        if self.input_spec:
            from keras.src.layers.input_spec import assert_input_compatibility
            assert_input_compatibility(self.input_spec, first, self.name)

    def _nw_convert(self, x):
        if not _nw.known(x):
            found = _nw.alternatives(x)
            if len(found) > 1 and not all([self._nw_convert(part) is part for part in found]):
                return _nw.unknown("another element type under a condition")
            return x
        if _nw.is_tensor(x) or symbolic.is_symbolic(x):
            name, wanted = dtypes.name_of(x), self.input_dtype
            if self.autocast and _nw.known(name) and name != wanted and dtypes.is_float(wanted) and dtypes.is_float(name):
                from keras.src.ops.core import cast
                mask = getattr(x, "_keras_mask", None)
                x = cast(x, wanted)
                if mask is not None:
                    x._keras_mask = mask
            return x
        if x is not None and not isinstance(x, (bool, int, float, str)) and hasattr(x, "__array__"):
            x = conversion.to_tensor(x)
            return self._nw_convert(x)
        return x

    def __call__(self, *args, **kwargs):
        self._check_super_called()
        if not self._called:
            self._called = True
        original_args, original_kwargs = args, kwargs
        if state.alone[0] and (not _nw.known(args) or _of_unknown_rank(args)):
            return self._nw_run_blind(args, kwargs)
        if not state.alone[0] and args and symbolic.is_lost(args[0]):  # the reason stays with the value
            return args[0]
        if self._convert_input_args:
            args = tree.map_structure(self._nw_convert, args)
            if kwargs:
                kwargs = tree.map_structure(self._nw_convert, kwargs)
        if not self._allow_non_tensor_positional_args:
            for part in tree.flatten(args):
                if part is not None and not symbolic.is_any_tensor(part):
                    raise ValueError("Only input tensors may be passed as positional arguments. The following argument value should be passed as a keyword argument: " + str(part))
        kwargs = dict(kwargs)
        parameters = _signature(self)
        spec = _CallSpec(parameters, self._call_context_args, args, kwargs)
        if state.alone[0] and "first_arg" not in spec.__dict__:  # a test on the arguments that nobody can decide
            return self._nw_run_blind(original_args, original_kwargs)
        if spec.undecided and (("mask" in spec.undecided and self._supports_masking) or any([_is_masked(part) for part in tree.flatten(spec.arguments)])):
            return _nw.unknown("masks beside arguments that hang on a condition")
        if self.input_spec:
            self._assert_input_compatibility(spec.first_arg)
        if not self.built:
            with self._open_name_scope():
                self._maybe_build(spec)
        outermost = state.context[0] is None
        if outermost:
            state.context[0] = {}
        context = state.context[0]
        names = [parameter[0] for parameter in parameters]
        for name in self._call_context_args:
            if name in spec.given:
                value = spec.given[name]
            elif name in spec.context:
                value = spec.context[name]
            else:
                value = context.get(name, None)
                if value is None:
                    value = spec.arguments.get(name, None)
            context[name] = value
            positional = name in spec.given and name not in kwargs
            if name in names and value is not None and not positional:
                kwargs[name] = value
        previous = self._nw_masks(spec, kwargs)
        is_symbolic = symbolic.any_symbolic(original_args, original_kwargs)
        try:
            with self._open_name_scope():
                if is_symbolic:
                    outputs = self._nw_symbolic_outputs(spec, args, kwargs)
                else:
                    outputs = _nw.layer_run(self, args, kwargs)
                if not self.built:
                    self.built = True
            if self._supports_masking:
                self._nw_set_mask(spec.first_arg, outputs, previous)
        finally:
            if outermost:
                state.context[0] = None
        if is_symbolic and _nw.known(outputs):
            symbolic.Node(self, original_args, original_kwargs, outputs)
        return outputs

    def _nw_run_blind(self, args, kwargs):
        """A call on tensors of which not even the number of dimensions is known: a shape that nobody knows is what the program's build gets."""
        if not self.built:
            own = type(self).build
            if _nw.is_catalog(own):
                if own is not Layer.build:
                    state.blind[0] = True
                    _OBJECT_SET(self, "_nw_blind", True)
            else:
                required = [parameter for parameter in _nw.parameters(own)[1:] if parameter[2] is _nw.absent and not parameter[1].startswith("VAR_")]
                self.build(*[_nw.unknown("the shape of an input") for parameter in required])
            self.built = True
        return _nw.layer_run(self, args, kwargs)

    def _nw_masks(self, spec, kwargs):
        if spec.undecided:  # there are no masks
            return None
        if len(spec.tensors) == 1:
            if "mask" in spec.arguments and spec.arguments["mask"] is None:
                mask = tree.map_structure(_mask_of, list(spec.tensors.values())[0])
                kwargs["mask"] = mask
        elif len(spec.tensors) > 1:
            for name in spec.tensors:
                expected = name + "_mask"
                if expected in spec.arguments and spec.arguments[expected] is None:
                    kwargs[expected] = tree.map_structure(_mask_of, spec.tensors[name])
        if kwargs.get("mask", None) is not None:
            return kwargs["mask"]
        return tree.map_structure(_mask_of, spec.first_arg)

    def _nw_set_mask(self, inputs, outputs, previous):
        flat = tree.flatten(outputs)
        if all([_mask_of(x) is not None for x in flat]):
            return
        if type(self).compute_mask is Layer.compute_mask and all([mask is None for mask in tree.flatten(previous)]):
            return
        masks = self.compute_mask(inputs, previous)
        if masks is None:
            return
        for x, mask in zip(flat, tree.flatten(masks)):
            if mask is not None and _mask_of(x) is None:
                x._keras_mask = mask

    def _nw_symbolic_outputs(self, spec, args, kwargs):
        own = type(self).compute_output_shape
        if own is Layer.compute_output_shape or _nw.is_catalog(own):
            return symbolic.trace(self.call, args, kwargs)
        shapes = _shapes_for("compute_output_shape", _nw.parameters(own)[1:], spec.shapes(), spec, type(self).__name__)
        return tree.map_shape_structure(lambda shape: symbolic.KerasTensor(shape, dtype=self.compute_dtype), self.compute_output_shape(**shapes))

    def call(self, *args, **kwargs):
        raise NotImplementedError("Layer " + type(self).__name__ + " does not have a `call()` method implemented.")

    def compute_output_shape(self, *args, **kwargs):
        """By a look at the call, with tensors of that shape."""
        inputs = tree.map_shape_structure(lambda shape: symbolic.KerasTensor(shape, dtype=self.compute_dtype), args[0] if args else list(kwargs.values())[0])
        return tree.map_structure(lambda x: x.shape, self.compute_output_spec(inputs))

    def compute_output_spec(self, *args, **kwargs):
        return symbolic.trace(self.call, args, kwargs)

    def add_loss(self, loss):
        for part in tree.flatten(loss):
            if not symbolic.is_any_tensor(part):
                raise ValueError("`add_loss()` can only be called from inside `build()` or `call()`, on a tensor input.")
            self._losses.append(part)

    def add_metric(self, *args, **kwargs):
        raise NotImplementedError("Layer `add_metric()` method is deprecated.")

    def stateless_call(self, trainable_variables, non_trainable_variables, *args, return_losses=False, **kwargs):
        return self.call(*args, **kwargs), non_trainable_variables

    def quantize(self, mode=None, type_check=True, config=None):
        return _nw.unknown("a quantized layer")

    def get_config(self):
        config = {"name": self.name, "trainable": self.trainable, "dtype": self._dtype_policy.name}
        if self.activity_regularizer is not None:
            config["activity_regularizer"] = self.activity_regularizer
        return config

    def _register_call_context_args(self, *names):
        self._call_context_args = list(self._call_context_args) + [name for name in names if name not in self._call_context_args]

    @property
    def _call_has_context_arg(self):
        names = [parameter[0] for parameter in _signature(self)]
        return {name: name in names for name in self._call_context_args}

    @property
    def _call_has_training_arg(self):
        return "training" in [parameter[0] for parameter in _signature(self)]

    @property
    def _call_has_mask_arg(self):
        return "mask" in [parameter[0] for parameter in _signature(self)]

    def _flatten_layers(self, include_self=True, recursive=True):
        found = [self] if include_self else []
        seen = []
        waiting = list(self._layers)
        while waiting:
            layer = waiting.pop(0)
            if id(layer) in seen:
                continue
            seen.append(id(layer))
            found.append(layer)
            if recursive:
                for below in layer._layers:
                    waiting.insert(0, below)
        return found

    def save_own_variables(self, store):
        own = list(self._trainable_variables) + list(self._non_trainable_variables)
        for i in range(len(own)):
            store[str(i)] = own[i]

    def load_own_variables(self, store):
        return None

    def __repr__(self):
        return "<" + type(self).__name__ + " name=" + self.name + ", built=" + str(self.built) + ">"

    # --- for the reader of the model

    def _nw_state(self):
        """(path, variable, kind, datasets) for each weight, and the names of datasets of what is none; at the end None where there are others that
        nobody knows, and what hides some."""
        from keras.src.saving.store import OTHERS, datasets
        places = datasets(self)
        rows = []
        for variable in self.weights:
            rows.append((variable.path, variable, "parameter" if _nw.is_marked(variable) else "buffer", tuple(places.get(id(variable), []))))
        return _unique_rows(rows) + places[OTHERS] + ([None] if state.blind[0] else []) + state.lost

    def _nw_layers(self):
        """(layer, path): names joined by slashes, without that of the model itself."""
        found = [(self, "")]
        self._nw_below("", found, {id(self)})
        return found

    def _nw_below(self, prefix, found, seen):
        for layer in self._layers:
            if id(layer) in seen:
                continue
            seen.add(id(layer))
            path = prefix + layer.name
            found.append((layer, path))
            layer._nw_below(path + "/", found, seen)


def _unique_rows(rows):
    """Two weights of one path, which Keras does not forbid, get numbers."""
    seen = {}
    made = []
    for path, variable, kind, place in rows:
        count = seen.get(path, 0)
        seen[path] = count + 1
        made.append((path if count == 0 else path + "#" + str(count), variable, kind, place))
    return made


def _distinct(values):
    seen = {}
    found = []
    for value in values:
        if id(value) not in seen:
            seen[id(value)] = True
            found.append(value)
    return found


def _mask_of(x):
    return getattr(x, "_keras_mask", None) if x is not None else None


def _is_masked(x):
    return any([_mask_of(part) is not None for part in _nw.alternatives(x)])


def _all_eager(spec):
    for value in spec.tensors.values():
        for part in tree.flatten(value):
            if part is not None and not _nw.is_tensor(part):
                return False
    return True


class DTypePolicy:
    def __init__(self, name=None):
        name = "float32" if name is None else name
        self.name = name
        if name.startswith("mixed_"):
            self.compute_dtype = name[6:]
            self.variable_dtype = "float32"
        else:
            self.compute_dtype = self.variable_dtype = dtypes.standardize(name)

    def get_config(self):
        return {"name": self.name}


_POLICIES = {}


def _policy(dtype):
    if isinstance(dtype, DTypePolicy):
        return dtype
    if dtype is None:
        if state.settings["dtype_policy"] is not None:
            return state.settings["dtype_policy"]
        dtype = state.settings["floatx"]
    name = dtype if isinstance(dtype, str) and dtype.startswith("mixed_") else dtypes.standardize(dtype)
    if name not in _POLICIES:
        _POLICIES[name] = DTypePolicy(name)
    return _POLICIES[name]


def _special():
    from keras.src.random import SeedGenerator
    from keras.src.metrics import Metric
    return (SeedGenerator, Metric)
