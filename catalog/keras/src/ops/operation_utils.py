"""What code inside Keras asks of symbolic tensors."""
from __future__ import annotations


def get_source_inputs(tensor):
    """The inputs that a symbolic tensor was made from."""
    history = getattr(tensor, "_keras_history", None)
    if history is None or history.operation is None or not history.operation._inbound_nodes:
        return [tensor]
    node = history.operation._inbound_nodes[history.node_index]
    if node.is_input:
        return list(node.outputs)
    found = []
    for x in node.input_tensors:
        for source in get_source_inputs(x):
            if not any([source is one for one in found]):
                found.append(source)
    return found


def compute_reshape(input_shape, target):
    """The target of keras.layers.Reshape with its -1 filled in."""
    import _nw
    unknown = [i for i in range(len(target)) if target[i] == -1]
    if len(unknown) > 1:
        raise ValueError("There must be at most one unknown dimension (-1) in a target shape.")
    if not unknown:
        _nw.check(_nw.prod(input_shape) == _nw.prod(target), "The total size of the tensor must be unchanged.", ValueError)
        return tuple(target)
    return tuple(_nw.reshaped(input_shape, tuple(target)))
