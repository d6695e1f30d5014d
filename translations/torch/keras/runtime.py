"""What surrounds models: tracing, exporting, logging. Nothing of it computes."""

import contextlib

import keras
from keras import ops


@dropped("torch._C._log_api_usage_once", note="usage statistics")
def log_api_usage_once(name):
    ...


@dropped("torch.fx.wrap", note="symbolic tracing")
def fx_wrap(fn_or_name):
    ...


@dropped("torch.onnx.register_custom_op_symbolic", note="export")
def register_custom_op_symbolic(symbolic_name, symbolic_fn, opset_version):
    ...


@dropped("torch.onnx.symbolic_helper.parse_args", note="export")
def parse_args(*arg_descriptors):
    ...


@value("torch.__version__")
def version():
    return "2.13.0"


@dropped("torch.jit._script_if_tracing", note="compilation")
def script_if_tracing(fn):
    ...


@dropped("torch.jit._overload_method", note="compilation")
def overload_method(fn):
    ...


@dropped("torch.compiler.disable", note="compilation")
def compiler_disable(fn=None, recursive=True, *, reason=None):
    ...


@dropped("torch._dynamo.allow_in_graph", note="compilation")
def dynamo_allow_in_graph(fn):
    ...


@adapter("torch._dynamo.allow_in_graph")
def allow_in_graph(fn):
    """Nothing is compiled by PyTorch here."""
    return fn


@dropped("torch._dynamo.disable", note="compilation")
def dynamo_disable(fn=None, recursive=True, *, reason=None, wrapping=True):
    ...


@translation("torch.jit.isinstance")
def jit_isinstance(obj, target_type):
    return isinstance(obj, target_type)


@translation("torch.backends.mkldnn.is_available")
def mkldnn_is_available():
    return True


@translation("torch.backends.mkl.is_available")
def mkl_is_available():
    return True


@translation("torch.backends.openmp.is_available")
def openmp_is_available():
    return True


@translation("torch.backends.opt_einsum.is_available")
def opt_einsum_is_available():
    return True


@translation("torch.backends.xnnpack.is_available")
def xnnpack_is_available():
    return True


@dropped("torch.no_grad", note="as a decorator: what the function computes passes no gradients")
def no_grad(orig_func=None):
    ...


@translation("torch.no_grad")
def no_grad_context(orig_func=None):
    if orig_func is None:
        return contextlib.nullcontext()


@dropped("torch.inference_mode", note="as a decorator: what the function computes passes no gradients")
def inference_mode(mode=True):
    ...


@translation("torch.inference_mode")
def inference_mode_context(mode=True):
    if isinstance(mode, bool):
        return contextlib.nullcontext()


@translation("torch.set_grad_enabled")
def set_grad_enabled_context(mode):
    return contextlib.nullcontext()


@dropped("torch.enable_grad", note="as a decorator: gradients are recorded")
def enable_grad(orig_func=None):
    ...


@translation("torch.enable_grad")
def enable_grad_context(orig_func=None):
    if orig_func is None:
        return contextlib.nullcontext()


@dropped("torch.autocast", note="layers compute in float32")
def autocast_decorator(device_type, dtype=None, enabled=True, cache_enabled=None):
    if not enabled or device_type == "cuda":
        return True


@adapter("torch.autocast")
class autocast(contextlib.ContextDecorator):
    """Mixed precision that is switched off, or that is for another device."""

    def __init__(self, device_type, dtype=None, enabled=True, cache_enabled=None):
        if enabled and device_type != "cuda":
            raise NotImplementedError("mixed precision: keras.mixed_precision")

    def __enter__(self):
        return None

    def __exit__(self, kind, value, trace):
        return None


@translation("torch.autocast")
def autocast_context(device_type, dtype=None, enabled=True, cache_enabled=None):
    if not enabled or device_type == "cuda":
        return contextlib.nullcontext()


@dropped("torch.cuda.amp.autocast", note="layers compute in float32")
def cuda_autocast_decorator(enabled=True, dtype=None, cache_enabled=True):
    ...


@translation("torch.cuda.amp.autocast")
def cuda_autocast(enabled=True, dtype=None, cache_enabled=True):
    return contextlib.nullcontext()


@adapter("torch.backends.cuda.sdp_kernel")
def sdp_kernel(enable_flash=True, enable_math=True, enable_mem_efficient=True, enable_cudnn=True):
    """Which kernel computes attention changes nothing."""
    return contextlib.nullcontext()


@translation("torch.backends.cuda.sdp_kernel")
def sdp_kernel_context(enable_flash=True, enable_math=True, enable_mem_efficient=True, enable_cudnn=True):
    return contextlib.nullcontext()


@value("torch.backends.cudnn.deterministic")
def cudnn_deterministic():
    return False


@value("torch.backends.cudnn.benchmark")
def cudnn_benchmark():
    return False


@value("torch.backends.cudnn.enabled")
def cudnn_enabled():
    return True


@dropped("torch.backends.cudnn.deterministic", note="device")
def set_cudnn_deterministic():
    ...


@dropped("torch.backends.cudnn.benchmark", note="device")
def set_cudnn_benchmark():
    ...


@dropped("torch.backends.cudnn.enabled", note="device")
def set_cudnn_enabled():
    ...


@value("torch.backends.cudnn.allow_tf32")
def cudnn_allow_tf32():
    return True


@dropped("torch.backends.cudnn.allow_tf32", note="device")
def set_cudnn_allow_tf32():
    ...


@value("torch.backends.mkldnn.enabled")
def mkldnn_enabled():
    return True


@dropped("torch.backends.mkldnn.enabled", note="device")
def set_mkldnn_enabled():
    ...


@value("torch.backends.cuda.matmul.allow_tf32")
def matmul_allow_tf32():
    return False


@dropped("torch.backends.cuda.matmul.allow_tf32", note="device")
def set_matmul_allow_tf32():
    ...


@value("torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction")
def matmul_allow_fp16_reduced():
    return True


@dropped("torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction", note="device")
def set_matmul_allow_fp16_reduced():
    ...


@value("torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction")
def matmul_allow_bf16_reduced():
    return True


@dropped("torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction", note="device")
def set_matmul_allow_bf16_reduced():
    ...


@translation("torch.nn.attention.sdpa_kernel")
def sdpa_kernel(backends, set_priority=False):
    return contextlib.nullcontext()


@value("torch.nn.attention.SDPBackend.MATH")
def sdp_backend_math():
    return 0


@value("torch.nn.attention.SDPBackend.FLASH_ATTENTION")
def sdp_backend_flash():
    return 1


@value("torch.nn.attention.SDPBackend.EFFICIENT_ATTENTION")
def sdp_backend_efficient():
    return 2


@value("torch.nn.attention.SDPBackend.CUDNN_ATTENTION")
def sdp_backend_cudnn():
    return 3


@translation("torch.is_autocast_enabled")
def is_autocast_enabled(device_type=None):
    return False


@adapter("torch.compiler.is_compiling")
def compiler_is_compiling():
    """Nothing is compiled by PyTorch here."""
    return False


@translation("torch.compiler.is_compiling")
def is_compiling():
    return False


@translation("torch._dynamo.is_compiling")
def dynamo_is_compiling():
    return False


@adapter("torch.compiler.is_dynamo_compiling")
def compiler_is_dynamo_compiling():
    """Nothing is compiled by PyTorch here."""
    return False


@translation("torch.compiler.is_dynamo_compiling")
def is_dynamo_compiling():
    return False


@translation("torch.onnx.is_in_onnx_export")
def is_in_onnx_export():
    return False


@translation("torch._C._get_tracing_state")
def get_tracing_state():
    return None


@translation("torch.distributed.is_initialized")
def is_initialized():
    return False


@translation("torch.distributed.is_available")
def is_available():
    return False


@adapter("torch.utils._pytree.tree_flatten")
def tree_flatten(tree, is_leaf=None):
    """The leaves of nested tuples, lists and dicts, and what is needed to put them together again."""
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree))) if isinstance(tree, (tuple, list)) else None
    if keys is None or (is_leaf is not None and is_leaf(tree)):
        return [tree], None
    leaves, parts = [], []
    for key in keys:
        inner, part = tree_flatten(tree[key], is_leaf)
        leaves.extend(inner)
        parts.append((key, len(inner), part))
    return leaves, (type(tree), parts)


@adapter("torch.utils._pytree.tree_unflatten")
def tree_unflatten(leaves, treespec):
    """Nested tuples, lists and dicts from their leaves."""
    leaves = list(leaves)
    if treespec is None:
        return leaves[0]
    kind, parts = treespec
    items, at = [], 0
    for key, count, part in parts:
        items.append((key, tree_unflatten(leaves[at:at + count], part)))
        at += count
    if issubclass(kind, dict):
        return kind(items)
    values = [value for _, value in items]
    return kind(*values) if hasattr(kind, "_fields") else kind(values)


@adapter("torch.utils._pytree.tree_map")
def tree_map(func, tree, *rests, is_leaf=None):
    """A function of all leaves of nested tuples, lists and dicts."""
    leaves, spec = tree_flatten(tree, is_leaf)
    others = [tree_flatten(rest, is_leaf)[0] for rest in rests]
    return tree_unflatten([func(*values) for values in zip(leaves, *others)], spec)


@adapter("torch.is_tensor")
def is_tensor_like(obj):
    """Whether something is a tensor: one of the backend, a variable, or one without values."""
    return ops.is_tensor(obj) or isinstance(obj, (keras.Variable, keras.KerasTensor))


@adapter("helper.is_parameter")
def is_parameter(obj):
    """Whether something is a weight that is trained."""
    return isinstance(obj, keras.Variable) and obj.trainable


@adapter("helper.is_proxy")
def is_proxy(obj):
    """Nothing is traced by PyTorch here."""
    return False


@attribute("torch.device.type")
def device_type(self):
    return "cpu"


@attribute("torch.device.index")
def device_index(self):
    return None


@value("torch.Tensor")
def tensor_class():
    return keras.KerasTensor


@adapter("torch.autograd.function.FunctionCtx")
class FunctionCtx:
    """What a custom function keeps for its gradient."""

    def __init__(self):
        self.saved_tensors = ()
        self.needs_input_grad = ()

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors


@adapter("torch.autograd.function.Function")
class Function(FunctionCtx):
    """A function with a gradient of its own: `forward` and `backward` take a context first."""

    @classmethod
    def apply(cls, *args):
        context = FunctionCtx()
        places = [i for i, value in enumerate(args) if ops.is_tensor(value)]
        context.needs_input_grad = tuple(i in places for i in range(len(args)))

        def compute(*tensors):
            values = list(args)
            for place, tensor in zip(places, tensors):
                values[place] = tensor

            def gradient(*outer, upstream=None, variables=None):
                outer = outer if upstream is None else (upstream,)
                inner = cls.backward(context, *outer)
                inner = inner if isinstance(inner, tuple) else (inner,)
                given = tuple(inner[place] for place in places)
                return given if variables is None else (given, [None] * len(variables))  # TensorFlow asks for those of layers

            return cls.forward(context, *values), gradient

        return ops.custom_gradient(compute)(*[args[place] for place in places])


@adapter("torch.compiler.is_exporting")
def compiler_is_exporting():
    """Nothing is exported by PyTorch here."""
    return False


@adapter("torch.nn.modules.utils._single")
def _single(x):
    """A number for each axis."""
    return tuple(x) if hasattr(x, "__iter__") else (x,)


@adapter("torch.nn.modules.utils._pair")
def _pair(x):
    """A number for each axis."""
    return tuple(x) if hasattr(x, "__iter__") else (x,) * 2


@adapter("torch.nn.modules.utils._triple")
def _triple(x):
    """A number for each axis."""
    return tuple(x) if hasattr(x, "__iter__") else (x,) * 3


@adapter("torch.nn.modules.utils._quadruple")
def _quadruple(x):
    """A number for each axis."""
    return tuple(x) if hasattr(x, "__iter__") else (x,) * 4


@adapter("huggingface_hub.PyTorchModelHubMixin")
class PyTorchModelHubMixin:
    """The hub's mixin loads and saves PyTorch models: of its methods only the names are here."""

    def __init_subclass__(cls, **options):
        super().__init_subclass__()

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, **options):
        raise NotImplementedError("models of the hub hold PyTorch's weights")

    def save_pretrained(self, save_directory, **options):
        raise NotImplementedError("models of the hub hold PyTorch's weights")

    def push_to_hub(self, repo_id, **options):
        raise NotImplementedError("models of the hub hold PyTorch's weights")


@adapter("copy.deepcopy")
def deepcopy(x, memo=None):
    """copy.deepcopy for layers, too: Keras makes those again from their arguments, if it can."""
    memo = {} if memo is None else memo
    if id(x) in memo:
        return memo[id(x)]
    if isinstance(x, keras.Variable):
        memo[id(x)] = keras.Variable(ops.convert_to_numpy(x), trainable=x.trainable, dtype=x.dtype, name=x.name)
    elif isinstance(x, (layers.Layer, keras.random.SeedGenerator)) or x.__class__.__name__ == "Tracker":
        memo[id(x)] = new = x.__class__.__new__(x.__class__)
        for name, part in vars(x).items():
            if name != "build":  # each layer has one around its own
                new.__dict__[name] = deepcopy(part, memo)
    elif isinstance(x, list):
        memo[id(x)] = new = x.__class__()
        list.extend(new, [deepcopy(part, memo) for part in x])
    elif isinstance(x, dict):
        memo[id(x)] = new = x.__class__()
        dict.update(new, {name: deepcopy(part, memo) for name, part in x.items()})
    elif isinstance(x, set):
        memo[id(x)] = x.__class__(x)
    elif isinstance(x, tuple) and x.__class__ is tuple:
        return tuple(deepcopy(part, memo) for part in x)
    else:
        return x
    if hasattr(x, "tracker"):  # of a list or dict that a layer looks after
        memo[id(x)].tracker = deepcopy(x.tracker, memo)
    return memo[id(x)]


@translation("torch._C._are_functorch_transforms_active")
def functorch_transforms_active():
    return False


@translation("torch.is_grad_enabled")
def is_grad_enabled():
    return noted("what asks whether gradients are recorded is told that they are not", False)


@dropped("torch.utils._pytree.register_pytree_node", note="containers of outputs")
def register_pytree_node(cls, flatten_fn, unflatten_fn, **options):
    ...


@dropped("torch.utils._pytree._register_pytree_node", note="containers of outputs")
def private_register_pytree_node(cls, flatten_fn, unflatten_fn, **options):
    ...


@translation("torch.accelerator.is_available")
def accelerator_is_available():
    return False


@translation("torch.accelerator.current_accelerator")
def current_accelerator(check_available=False):
    return None
