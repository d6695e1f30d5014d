"""Custom functions run their forward; gradients have the sizes of what they are gradients of."""
import _nw
from torch import _Mode, enable_grad, inference_mode, no_grad, op, set_grad_enabled
from torch.autograd import function, functional, profiler
from torch.autograd.function import Function


@op(pivot="identity(data)")
def Variable(data, requires_grad=False, volatile=False) -> "Tensor":
    return _nw.same(data)


@op(result="list[Tensor]")
def grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, allow_unused=None, is_grads_batched=False, materialize_grads=False) -> "Any":
    items = inputs if isinstance(inputs, (list, tuple)) else (inputs,)
    return tuple([_nw.tensor(t.shape, t.dtype, like=t) for t in items])


def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None):
    return None


def set_detect_anomaly(mode, check_nan=True):
    return _Mode()


def detect_anomaly(check_nan=True):
    return _Mode()


def gradcheck(func, inputs, **options):
    return True
