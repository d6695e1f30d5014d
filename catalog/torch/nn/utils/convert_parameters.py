"""One vector of many parameters, and back."""
from __future__ import annotations

from _nw import is_tensor, op, prod, promote, tensor


@op
def parameters_to_vector(parameters) -> Tensor:
    parameters = list(parameters)
    count = 0
    for param in parameters:
        count = count + prod(param.shape)
    return tensor((count,), promote(*parameters))


def vector_to_parameters(vec, parameters) -> None:
    if not is_tensor(vec):
        raise TypeError("expected torch.Tensor")
