"""TensorFlow around the computation: contexts, branches, loops over a tensor, checks of arguments."""

import torch


@value("tensorflow.__version__")
def tensorflow_version():
    return "2.21.0"


@value("tensorflow.version.VERSION")
def tensorflow_version_number():
    return "2.21.0"


@value("tensorflow.keras.__version__")
@value("keras.__version__")
def keras_version():
    return "3.15.1"


@adapter("keras.version")
@adapter("keras.src.version.version")
def version_of_keras():
    return "3.15.1"


@adapter("keras.backend.get_keras_mask")
def get_keras_mask(x):
    return mask_of(x)


@adapter("keras.backend.set_keras_mask")
def set_keras_mask(x, mask):
    x._keras_mask = mask


@adapter("tensorflow.device")
class device_scope(name_scope):
    """Where to compute says the module."""

    def __init__(self, device_name):
        super().__init__(device_name)


@adapter("tensorflow.control_dependencies")
class control_dependencies(name_scope):
    """Statements run in their order."""

    def __init__(self, control_inputs):
        super().__init__("control")


@adapter("tensorflow.init_scope")
class init_scope(name_scope):
    def __init__(self):
        super().__init__("init")


@adapter("tensorflow.executing_eagerly")
def executing_eagerly():
    return True


@adapter("tensorflow.cond")
def tf_cond(pred, true_fn=None, false_fn=None, name=None):
    return true_fn() if pred else false_fn()


@adapter("tensorflow.map_fn")
def tf_map_fn(fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False, infer_shape=True, name=None, fn_output_signature=None):
    """The function of each part along the first axis, one below the other."""
    if isinstance(elems, (list, tuple)):
        results = [fn(type(elems)(part)) for part in zip(*elems)]
    else:
        results = [fn(x) for x in elems]
    if isinstance(results[0], (list, tuple)):
        return type(results[0])([torch.stack(part) for part in zip(*results)])
    return torch.stack(results)


@adapter("tensorflow.ensure_shape")
def tf_ensure_shape(x, shape, name=None):
    return x


@adapter("tensorflow.debugging.check_numerics")
def tf_check_numerics(tensor, message, name=None):
    return tensor


@dropped("keras.backend.name_scope", note="names")
@dropped("tensorflow.keras.backend.name_scope", note="names")
def patched_name_scope():
    pass


@dropped("tensorflow.print", note="output")
@dropped("tensorflow.Assert", note="checks of values")
@dropped("tensorflow.debugging.assert_equal", note="checks of values")
@dropped("tensorflow.debugging.assert_greater", note="checks of values")
@dropped("tensorflow.debugging.assert_greater_equal", note="checks of values")
@dropped("tensorflow.debugging.assert_less", note="checks of values")
@dropped("tensorflow.debugging.assert_less_equal", note="checks of values")
@dropped("tensorflow.debugging.assert_rank", note="checks of shapes")
@dropped("tensorflow.debugging.assert_rank_at_least", note="checks of shapes")
@dropped("tensorflow.debugging.assert_rank_in", note="checks of shapes")
@dropped("tensorflow.debugging.assert_shapes", note="checks of shapes")
@dropped("tensorflow.debugging.assert_type", note="checks of types")
@dropped("tensorflow.debugging.assert_near", note="checks of values")
@dropped("tensorflow.debugging.assert_non_negative", note="checks of values")
@dropped("tensorflow.debugging.assert_positive", note="checks of values")
@dropped("tensorflow.debugging.assert_all_finite", note="checks of values")
@dropped("tensorflow.debugging.enable_check_numerics", note="checks of values")
@dropped("tensorflow.config.run_functions_eagerly", note="settings of TensorFlow")
@dropped("tensorflow.config.set_visible_devices", note="settings of TensorFlow")
@dropped("tensorflow.compat.v1.disable_eager_execution", note="settings of TensorFlow")
@dropped("tensorflow.compat.v1.enable_eager_execution", note="settings of TensorFlow")
@dropped("tensorflow.compat.v1.disable_v2_behavior", note="settings of TensorFlow")
def nothing(*args, **kwargs):
    pass


@adapter("tensorflow.linspace")
def tf_linspace(start, stop, num, name=None, axis=0):
    return torch.linspace(float(start), float(stop), num)


@adapter("tensorflow.meshgrid")
def tf_meshgrid(*args, indexing="xy", name=None):
    return list(torch.meshgrid(*[tensor_of(x) for x in args], indexing=indexing))


@translation("tensorflow.argsort")
def native_tf_argsort(values, axis=-1, direction="ASCENDING", stable=False, name=None):
    if is_tensor(values) and direction == "ASCENDING":
        return torch.argsort(values, dim=axis, stable=True)


@adapter("tensorflow.argsort")
def tf_argsort(values, axis=-1, direction="ASCENDING", stable=False, name=None):
    return torch.argsort(values, dim=axis, descending=direction == "DESCENDING", stable=True)


@adapter("tensorflow.clip_by_norm")
def tf_clip_by_norm(t, clip_norm, axes=None, name=None):
    squares = torch.sum(t * t, axes_of(t, axes), keepdim=True)
    norms = torch.sqrt(torch.where(squares > 0, squares, torch.ones_like(squares)))
    norms = torch.where(squares > 0, norms, squares)
    return t * clip_norm / torch.clamp(norms, min=clip_norm)


@adapter("tensorflow.scatter_nd")
def tf_scatter_nd(indices, updates, shape, bad_indices_policy="", name=None):
    return torch.zeros(shape_tuple(shape), dtype=updates.dtype).index_put(places(indices), updates, accumulate=True)


@adapter("tensorflow.tensor_scatter_nd_update")
def tf_tensor_scatter_nd_update(tensor, indices, updates, name=None):
    return tensor.index_put(places(indices), tensor_of(updates).to(tensor.dtype))


@adapter("tensorflow.tensor_scatter_nd_add")
def tf_tensor_scatter_nd_add(tensor, indices, updates, bad_indices_policy="", name=None):
    return tensor.index_put(places(indices), tensor_of(updates).to(tensor.dtype), accumulate=True)
