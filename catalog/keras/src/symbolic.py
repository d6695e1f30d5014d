"""Symbolic tensors: what keras.Input gives, and the graph of calls on them."""
from __future__ import annotations

import _nw
from keras.src import dtypes, state, tree

__public__ = "keras"


class KerasTensor:
    def __init__(self, shape, dtype="float32", sparse=False, ragged=False, record_history=True, name=None, ragged_rank=None, row_splits_dtype=None):
        self._shape = _standard_shape(shape)
        self._dtype = dtypes.standardize(dtype) if _nw.known(dtype) else dtype
        self._sparse = sparse
        self._ragged = ragged
        self.name = name or state.auto_name("KerasTensor")
        self.record_history = record_history

    @property
    def shape(self):
        return self._shape

    @property
    def dtype(self):
        return self._dtype

    @property
    def sparse(self):
        return self._sparse

    @property
    def ragged(self):
        return self._ragged

    @property
    def ndim(self):
        return len(self._shape)

    def get_shape(self):
        return self._shape

    def reshape(self, *newshape):
        from keras.src.ops import numpy
        return numpy.reshape(self, newshape[0] if len(newshape) == 1 and isinstance(newshape[0], (tuple, list)) else newshape)

    def squeeze(self, axis=None):
        from keras.src.ops import numpy
        return numpy.squeeze(self, axis)

    @property
    def T(self):
        from keras.src.ops import numpy
        return numpy.transpose(self)

    def __int__(self):
        raise ValueError("A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical value.")

    def __float__(self):
        raise ValueError("A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical value.")

    def __bool__(self):
        raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")

    def __iter__(self):
        raise NotImplementedError("Iterating over a symbolic KerasTensor is not supported.")

    def __repr__(self):
        return "<KerasTensor shape=" + str(self.shape) + ", dtype=" + self.dtype + ", name=" + self.name + ">"

    def __add__(self, other):
        return _operator("add", self, other)

    def __radd__(self, other):
        return _operator("add", other, self)

    def __sub__(self, other):
        return _operator("subtract", self, other)

    def __rsub__(self, other):
        return _operator("subtract", other, self)

    def __mul__(self, other):
        return _operator("multiply", self, other)

    def __rmul__(self, other):
        return _operator("multiply", other, self)

    def __matmul__(self, other):
        return _operator("matmul", self, other)

    def __rmatmul__(self, other):
        return _operator("matmul", other, self)

    def __truediv__(self, other):
        return _operator("divide", self, other)

    def __rtruediv__(self, other):
        return _operator("divide", other, self)

    def __neg__(self):
        return _operator("negative", self)

    def __abs__(self):
        return _operator("absolute", self)

    def __pow__(self, other):
        return _operator("power", self, other)

    def __rpow__(self, other):
        return _operator("power", other, self)

    def __floordiv__(self, other):
        return _operator("floor_divide", self, other)

    def __rfloordiv__(self, other):
        return _operator("floor_divide", other, self)

    def __mod__(self, other):
        return _operator("mod", self, other)

    def __rmod__(self, other):
        return _operator("mod", other, self)

    def __lt__(self, other):
        return _operator("less", self, other)

    def __le__(self, other):
        return _operator("less_equal", self, other)

    def __gt__(self, other):
        return _operator("greater", self, other)

    def __ge__(self, other):
        return _operator("greater_equal", self, other)

    def __ne__(self, other):
        return _operator("not_equal", self, other)

    def __and__(self, other):
        return _operator("logical_and", self, other)

    def __rand__(self, other):
        return _operator("logical_and", other, self)

    def __or__(self, other):
        return _operator("logical_or", self, other)

    def __ror__(self, other):
        return _operator("logical_or", other, self)

    def __xor__(self, other):
        return _operator("logical_xor", self, other)

    def __rxor__(self, other):
        return _operator("logical_xor", other, self)

    def __invert__(self):
        return _operator("logical_not", self)

    def __getitem__(self, key):
        return _operator("get_item", self, key)

    def __round__(self, ndigits=None):
        return _operator("round", self, ndigits or 0)


def _operator(name, *operands):
    from keras.src.ops import numpy
    return getattr(numpy, name)(*operands)


def _standard_shape(shape):
    if shape is None:
        raise ValueError("Undefined shapes are not supported.")
    sizes = []
    for size in ([shape] if isinstance(shape, int) else shape):
        if size is not None and _nw.known(size):
            if not isinstance(size, int):
                raise ValueError("Cannot convert a shape with an entry of invalid type.")
            if size < 0:
                raise ValueError("Cannot convert a shape. Negative dimensions are not allowed.")
        sizes.append(size if size is None or _nw.known(size) else None)
    return tuple(sizes)


def is_symbolic(x):
    return isinstance(x, KerasTensor)


def is_any_tensor(x):
    return _nw.is_tensor(x) or isinstance(x, KerasTensor)


def is_undecided(x):
    """Whether nobody can say if something is a tensor: it is not known, or one under a condition only."""
    return not _nw.known(is_any_tensor(x))


def is_lost(x):
    """Whether a tensor is not known, or not even how many axes it has."""
    return not _nw.known(x) or (_nw.is_tensor(x) and not _nw.known(x.ndim))


def any_symbolic(args, kwargs):
    for part in tree.flatten(args):
        if isinstance(part, KerasTensor):
            return True
    if kwargs:
        for part in tree.flatten(kwargs):
            if isinstance(part, KerasTensor):
                return True
    return False


def static_shape(x):
    """The shape as it is known beforehand: None where it is not."""
    return tuple([size if size is None or (_nw.known(size) or not _nw.is_tracing()) else None for size in x.shape])


class KerasHistory:
    def __init__(self, operation, node_index, tensor_index):
        self.operation = operation
        self.node_index = node_index
        self.tensor_index = tensor_index

    def __getitem__(self, index):
        return (self.operation, self.node_index, self.tensor_index)[index]

    def __iter__(self):
        return iter((self.operation, self.node_index, self.tensor_index))


def _itself(x):
    return x


class Node:
    """One call of an operation on symbolic tensors."""

    def __init__(self, operation, args, kwargs, outputs):
        self.operation = operation
        self.args = tree.map_structure(_itself, args)  # lists of the program may change later
        self.kwargs = tree.map_structure(_itself, kwargs)
        self.outputs = [] if outputs is None else tree.flatten(outputs)
        for x in self.outputs:
            if not isinstance(x, KerasTensor):
                raise ValueError("All operation outputs must be tensors. Operation " + operation.name + " returned a non-tensor.")
        inputs = []
        for part in tree.flatten(args) + tree.flatten(kwargs):
            if isinstance(part, KerasTensor):
                inputs.append(part)
        self.input_tensors = inputs
        self.is_input = not inputs
        operation._inbound_nodes.append(self)
        index = len(operation._inbound_nodes) - 1
        for x in inputs:
            if not hasattr(x, "_keras_history"):
                x._keras_history = KerasHistory(None, 0, 0)
            if x._keras_history.operation is not None:
                x._keras_history.operation._outbound_nodes.append(self)
        for i in range(len(self.outputs)):
            self.outputs[i]._keras_history = KerasHistory(operation, index, i)

    @property
    def output_tensors(self):
        return self.outputs

    @property
    def parent_nodes(self):
        found = []
        for x in self.input_tensors:
            history = x._keras_history
            if history.operation is not None:
                found.append(history.operation._inbound_nodes[history.node_index])
        return found


# --- looking at a call with tensors whose sizes are partly unknown

def concrete(x):
    """A tensor that stands for a symbolic one."""
    if not isinstance(x, KerasTensor):
        return x
    made = _nw.tensor([_nw.size() if size is None else size for size in x.shape], x.dtype)
    mask = getattr(x, "_keras_mask", None)
    if mask is not None:
        made._keras_mask = concrete(mask)
    return made


def abstract(x):
    """The symbolic tensor of a traced result."""
    if not _nw.is_tensor(x):
        return x
    made = KerasTensor([size if _nw.known(size) else None for size in x.shape], dtype=dtypes.name_of(x))
    mask = getattr(x, "_keras_mask", None)
    if mask is not None:
        made._keras_mask = abstract(mask)
    return made


def trace(function, args, kwargs):
    result = _nw.trace(function, tree.map_structure(concrete, list(args)), tree.map_structure(concrete, dict(kwargs)))
    return tree.map_structure(abstract, result) if _nw.known(result) else result


class FunctionCall:
    """An operator as part of a functional model."""

    def __init__(self, function):
        self.function = function
        self.name = state.auto_name(function.__name__)
        self._inbound_nodes = []
        self._outbound_nodes = []

    def __call__(self, *args, **kwargs):
        return self.function(*args, **kwargs)


def call_function(function, args, kwargs):
    """A call of an operator of the catalog with symbolic tensors among its arguments."""
    if function.__module__.startswith("tensorflow"):
        raise ValueError("A KerasTensor cannot be used as input to a TensorFlow function.")
    outputs = trace(function, args, kwargs)
    Node(FunctionCall(function), args, kwargs, outputs)
    return outputs


def call_operation(operation, args, kwargs):
    outputs = trace(operation.call, args, kwargs)
    Node(operation, args, kwargs, outputs)
    return outputs


_nw.symbolic(KerasTensor, call_function)
