"""torch.nested: tensors of several lengths are not modelled."""
import _nw


def nested_tensor(tensor_list, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    return _nw.unknown("a nested tensor")


def as_nested_tensor(ts, dtype=None, device=None, layout=None):
    return _nw.unknown("a nested tensor")


def nested_tensor_from_jagged(values, offsets=None, lengths=None, jagged_dim=None, min_seqlen=None, max_seqlen=None):
    return _nw.unknown("a nested tensor")


def to_padded_tensor(input, padding, output_size=None, out=None):
    return _nw.unknown("a nested tensor, padded")
