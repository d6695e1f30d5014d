"""torch.func: transformations of functions. Gradients have the sizes of what they are gradients of."""
from __future__ import annotations

from _nw import unknown


def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False) -> Any:
    """The call itself: the given tensors have the shapes of the module's own."""
    if args is None:
        args = ()
    elif not isinstance(args, tuple):
        args = (args,)
    return module(*args, **(kwargs or {}))


def vmap(func, in_dims=0, out_dims=0, randomness="error", *, chunk_size=None) -> Any:
    return lambda *args, **kwargs: unknown("what torch.func.vmap computes")


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
