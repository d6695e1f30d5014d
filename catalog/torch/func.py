"""torch.func: transformations of functions. Gradients have the sizes of what they are gradients of."""
from __future__ import annotations

from _nw import check, is_tensor, normal_dim, tensor, unknown


def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False) -> Any:
    """The call itself: the given tensors have the shapes of the module's own."""
    if args is None:
        args = ()
    elif not isinstance(args, tuple):
        args = (args,)
    return module(*args, **(kwargs or {}))


def _one_of(value, dim, sizes):
    """What the function sees of a batch; `sizes` gets how many there are."""
    if isinstance(value, (tuple, list)):
        dims = dim if isinstance(dim, (tuple, list)) else [dim] * len(value)
        return type(value)([_one_of(part, own, sizes) for part, own in zip(value, dims)])
    if isinstance(value, dict):
        return {key: _one_of(value[key], dim[key] if isinstance(dim, dict) else dim, sizes) for key in value}
    if dim is None or not is_tensor(value):
        return value
    shape = list(value.shape)
    sizes.append(shape.pop(normal_dim(dim, len(shape))))
    return tensor(shape, like=value)


def _batch_of(value, dim, size):
    if isinstance(value, (tuple, list)):
        dims = dim if isinstance(dim, (tuple, list)) else [dim] * len(value)
        return type(value)([_batch_of(part, own, size) for part, own in zip(value, dims)])
    if isinstance(value, dict):
        return {key: _batch_of(value[key], dim[key] if isinstance(dim, dict) else dim, size) for key in value}
    if dim is None or not is_tensor(value):
        return value
    shape = list(value.shape)
    shape.insert(normal_dim(dim, len(shape) + 1), size)
    return tensor(shape, like=value)


def vmap(func, in_dims=0, out_dims=0, randomness="error", *, chunk_size=None) -> Any:
    """The function runs once, on one of the batch."""
    def mapped(*args, **kwargs):
        sizes = []
        dims = in_dims if isinstance(in_dims, (tuple, list)) else [in_dims] * len(args)
        one = [_one_of(arg, dim, sizes) for arg, dim in zip(args, dims)]
        named = {name: _one_of(kwargs[name], 0, sizes) for name in kwargs}
        check(len(sizes) > 0, "vmap: no tensor among the inputs has a batch dimension", ValueError)
        for size in sizes:
            check(size == sizes[0], "vmap: Expected all tensors to have the same size in the mapped dimension", ValueError)
        return _batch_of(func(*one, **named), out_dims, sizes[0])

    return mapped


def grad(func, argnums=0, has_aux=False) -> Any:
    return lambda *args, **kwargs: unknown("a gradient")


def grad_and_value(func, argnums=0, has_aux=False) -> Any:
    return lambda *args, **kwargs: unknown("a gradient")


def vjp(func, *primals, has_aux=False) -> Any:
    return unknown("a gradient")


def jvp(func, primals, tangents, *, strict=False, has_aux=False) -> Any:
    return unknown("a gradient")


def jacrev(func, argnums=0, *, has_aux=False, chunk_size=None, _preallocate_and_copy=False) -> Any:
    return lambda *args, **kwargs: unknown("a gradient")


def jacfwd(func, argnums=0, has_aux=False, *, randomness="error") -> Any:
    return lambda *args, **kwargs: unknown("a gradient")


def hessian(func, argnums=0) -> Any:
    return lambda *args, **kwargs: unknown("a gradient")


def stack_module_state(models) -> Any:
    return unknown("the stacked state of modules")
