"""PyTorch to Keras 3: what belongs to programs as a whole."""

# Imports of these packages, and of names of other packages that need them, go.
packages = ("torch", "torchvision", "functorch", "einops.layers.torch", "safetensors.torch", "huggingface_hub.PyTorchModelHubMixin")

# The package of the target, whose being there is asked for instead.
framework = "keras"

# What templates and adapters may refer to, with the import that it needs.
imports = {
    "keras": "import keras",
    "layers": "from keras import layers",
    "ops": "from keras import ops",
    "activations": "from keras import activations",
    "initializers": "from keras import initializers",
    "math": "import math",
    "functools": "import functools",
    "contextlib": "import contextlib",
    "itertools": "import itertools",
    "collections": "import collections",
    "np": "import numpy as np",
    "einops": "import einops",
}

# The class of modules: what it becomes for the one that the entry builds, and for all others.
module = "torch.nn.Module"
model_class = "keras.Model"
layer_class = "layers.Layer"

# Tensors: their class, what reads and writes parts of them, and the rows of Python's operators.
tensor = "torch.Tensor"
get_item = "torch.Tensor.__getitem__"
set_item = "torch.Tensor.__setitem__"
operators = {
    "+": "torch.add", "-": "torch.sub", "*": "torch.mul", "/": "torch.div", "//": "torch.floor_divide", "%": "torch.remainder", "**": "torch.pow",
    "@": "torch.matmul", "&": "torch.bitwise_and", "|": "torch.bitwise_or", "^": "torch.bitwise_xor", "<<": "torch.bitwise_left_shift",
    ">>": "torch.bitwise_right_shift", "==": "torch.eq", "!=": "torch.ne", "<": "torch.lt", "<=": "torch.le", ">": "torch.gt", ">=": "torch.ge",
    "unary -": "torch.neg", "unary ~": "torch.bitwise_not",
}

# The attribute of modules that says whether they train; the target hands it to the computation as an argument.
mode = "training"

# A program that keeps tensors between calls cannot be tried on tensors that are traced: its classes get this method.
untried = "def build(self, input_shape):\n    \"\"\"The layers inside build themselves when they are called.\"\"\""

# The target's layers take only tensors by position.
tensors_by_position = True

# They make their weights when they are called: `layer.forward(x)` is a call, too.
calls_make_weights = True

# They look at the first argument of their computation: what one that takes nothing has for it.
first_parameter = "inputs"

# What len() of a tensor is: variables have none.
length = "torch.Tensor.__len__"

# Functions that programs hold in variables, and what stands for one that is called with names of arguments: functools.partial(torch.add, other=2).
called_by_name = {
    "torch.add": "helper.named_add", "torch.sub": "helper.named_sub", "torch.mul": "helper.named_mul", "torch.div": "helper.named_div",
    "torch.maximum": "helper.named_maximum", "torch.minimum": "helper.named_minimum", "torch.matmul": "helper.named_matmul",
    "torch.nn.functional.relu": "helper.named_relu", "torch.nn.functional.relu6": "helper.named_relu6", "torch.nn.functional.selu": "helper.named_selu",
    "torch.nn.functional.silu": "helper.named_silu", "torch.nn.functional.hardswish": "helper.named_hardswish",
    "torch.nn.functional.hardsigmoid": "helper.named_hardsigmoid",
}

# What makes a tensor a buffer: also one that a constructor assigns to the name of a buffer.
register_buffer = "torch.nn.Module.register_buffer"

# Views that keep the order of the elements, and what gives back the whole from such a view that was written to.
views_in_order = {
    "torch.Tensor.view", "torch.reshape", "torch.Tensor.reshape", "torch.flatten", "torch.unsqueeze", "torch.squeeze", "torch.unflatten", "torch.detach",
    "torch.Tensor.data",
}
in_order = "helper.in_order"

# Views that give back the whole when they are taken once more, those whose other arguments say how to turn them back, and those that take a tensor apart
# along `dim`, with what joins the parts.
views_turned = {
    "torch.transpose", "torch.swapaxes", "torch.swapdims", "torch.t", "torch.Tensor.T", "torch.Tensor.mT",
}
views_permuted = {"torch.permute", "torch.Tensor.permute"}
views_in_parts = {
    "torch.chunk": "ops.concatenate", "torch.split": "ops.concatenate", "torch.Tensor.split": "ops.concatenate", "torch.split_with_sizes": "ops.concatenate",
    "torch.tensor_split": "ops.concatenate", "torch.unbind": "ops.stack",
}

# Libraries whose functions take tensors but not variables, and the attribute of a variable that holds its tensor.
tensor_libraries = ("einops", "einx")
variable_value = "value"

# What turns a tensor's axes, and what is the same whatever their order is: where all tensors have the same axes, these are written as they
# are, and hand on the layout that they get.
transpose = "ops.transpose"
any_layout = {
    "torch.Tensor.__len__", "torch.Tensor.add_", "torch.Tensor.addcdiv_", "torch.Tensor.addcmul_", "torch.Tensor.atan2_", "torch.Tensor.bitwise_and_",
    "torch.Tensor.bitwise_not_", "torch.Tensor.bitwise_or_", "torch.Tensor.bitwise_xor_", "torch.Tensor.bool", "torch.Tensor.contiguous", "torch.Tensor.cpu",
    "torch.Tensor.cuda", "torch.Tensor.data", "torch.Tensor.device", "torch.Tensor.dim", "torch.Tensor.div_", "torch.Tensor.double", "torch.Tensor.dtype",
    "torch.Tensor.erfinv_", "torch.Tensor.expand_as", "torch.Tensor.float", "torch.Tensor.floor_divide_", "torch.Tensor.fmod_", "torch.Tensor.half",
    "torch.Tensor.hardshrink", "torch.Tensor.int", "torch.Tensor.is_contiguous", "torch.Tensor.is_cuda", "torch.Tensor.is_floating_point", "torch.Tensor.lerp_",
    "torch.Tensor.logical_and_", "torch.Tensor.logical_not_", "torch.Tensor.logical_or_", "torch.Tensor.logical_xor_", "torch.Tensor.long",
    "torch.Tensor.masked_fill", "torch.Tensor.mul_", "torch.Tensor.ndim", "torch.Tensor.ndimension", "torch.Tensor.nelement", "torch.Tensor.pow_",
    "torch.Tensor.remainder_", "torch.Tensor.requires_grad", "torch.Tensor.requires_grad_", "torch.Tensor.sgn_", "torch.Tensor.sign_", "torch.Tensor.sub_",
    "torch.Tensor.to", "torch.Tensor.true_divide_", "torch.Tensor.type", "torch.Tensor.type_as", "torch.Tensor.where", "torch.abs", "torch.abs_", "torch.acos",
    "torch.acos_", "torch.acosh", "torch.acosh_", "torch.add", "torch.addcdiv", "torch.addcmul", "torch.angle", "torch.asin", "torch.asin_", "torch.asinh",
    "torch.asinh_", "torch.atan", "torch.atan2", "torch.atan_", "torch.atanh", "torch.atanh_", "torch.bitwise_and", "torch.bitwise_left_shift",
    "torch.bitwise_not", "torch.bitwise_or", "torch.bitwise_right_shift", "torch.bitwise_xor", "torch.ceil", "torch.ceil_", "torch.clamp", "torch.clamp_",
    "torch.clamp_max", "torch.clamp_max_", "torch.clamp_min", "torch.clamp_min_", "torch.clone", "torch.conj", "torch.copysign", "torch.cos", "torch.cos_",
    "torch.cosh", "torch.cosh_", "torch.deg2rad", "torch.deg2rad_", "torch.detach", "torch.div", "torch.eq", "torch.erf", "torch.erf_", "torch.erfc",
    "torch.erfc_", "torch.erfinv", "torch.exp", "torch.exp2", "torch.exp2_", "torch.exp_", "torch.expm1", "torch.expm1_", "torch.floor", "torch.floor_",
    "torch.floor_divide", "torch.fmax", "torch.fmin", "torch.fmod", "torch.frac", "torch.frac_", "torch.full_like", "torch.gcd", "torch.ge", "torch.gt",
    "torch.heaviside", "torch.hypot", "torch.i0", "torch.i0_", "torch.is_floating_point", "torch.is_tensor", "torch.isclose", "torch.isfinite", "torch.isinf",
    "torch.isnan", "torch.isneginf", "torch.isposinf", "torch.lcm", "torch.ldexp", "torch.le", "torch.lerp", "torch.log", "torch.log10", "torch.log10_",
    "torch.log1p", "torch.log1p_", "torch.log2", "torch.log2_", "torch.log_", "torch.logaddexp", "torch.logaddexp2", "torch.logical_and", "torch.logical_not",
    "torch.logical_or", "torch.logical_xor", "torch.logit", "torch.logit_", "torch.lt", "torch.masked_fill", "torch.maximum", "torch.minimum", "torch.mul",
    "torch.nan_to_num", "torch.nan_to_num_", "torch.ne", "torch.neg", "torch.neg_", "torch.nn.AlphaDropout", "torch.nn.CELU", "torch.nn.Dropout",
    "torch.nn.ELU", "torch.nn.GELU", "torch.nn.Hardshrink", "torch.nn.Hardsigmoid", "torch.nn.Hardswish", "torch.nn.Hardtanh", "torch.nn.Identity",
    "torch.nn.LeakyReLU", "torch.nn.LogSigmoid", "torch.nn.Mish", "torch.nn.RReLU", "torch.nn.ReLU", "torch.nn.ReLU6", "torch.nn.SELU", "torch.nn.SiLU",
    "torch.nn.Sigmoid", "torch.nn.Softplus", "torch.nn.Softshrink", "torch.nn.Softsign", "torch.nn.Tanh", "torch.nn.Tanhshrink", "torch.nn.Threshold",
    "torch.nn.functional.alpha_dropout", "torch.nn.functional.celu", "torch.nn.functional.celu_", "torch.nn.functional.dropout", "torch.nn.functional.elu",
    "torch.nn.functional.elu_", "torch.nn.functional.gelu", "torch.nn.functional.hardshrink", "torch.nn.functional.hardsigmoid",
    "torch.nn.functional.hardswish", "torch.nn.functional.hardtanh", "torch.nn.functional.hardtanh_", "torch.nn.functional.leaky_relu",
    "torch.nn.functional.leaky_relu_", "torch.nn.functional.logsigmoid", "torch.nn.functional.mish", "torch.nn.functional.relu", "torch.nn.functional.relu6",
    "torch.nn.functional.relu_", "torch.nn.functional.rrelu", "torch.nn.functional.selu", "torch.nn.functional.selu_", "torch.nn.functional.sigmoid",
    "torch.nn.functional.silu", "torch.nn.functional.softplus", "torch.nn.functional.softshrink", "torch.nn.functional.softsign", "torch.nn.functional.tanh",
    "torch.nn.functional.tanhshrink", "torch.nn.functional.threshold", "torch.nn.functional.threshold_", "torch.numel", "torch.ones_like", "torch.positive",
    "torch.pow", "torch.rad2deg", "torch.rad2deg_", "torch.reciprocal", "torch.reciprocal_", "torch.relu", "torch.relu_", "torch.remainder", "torch.round",
    "torch.round_", "torch.rsqrt", "torch.rsqrt_", "torch.rsub", "torch.sgn", "torch.sigmoid", "torch.sigmoid_", "torch.sign", "torch.signbit", "torch.sin",
    "torch.sin_", "torch.sinc", "torch.sinc_", "torch.sinh", "torch.sinh_", "torch.special.entr", "torch.special.ndtr", "torch.sqrt", "torch.sqrt_",
    "torch.square", "torch.square_", "torch.sub", "torch.tan", "torch.tan_", "torch.tanh", "torch.tanh_", "torch.true_divide", "torch.trunc", "torch.trunc_",
    "torch.where", "torch.xlogy", "torch.zeros_like",
}

# Matrix products whose first operand's last axis meets rows of a parameter, which may be put in any order.
products = ("torch.nn.Linear", "torch.nn.functional.linear", "torch.matmul", "torch.mm")

# Methods that call their argument on every module.
appliers = ("torch.nn.Module.apply",)

# What stands for a dropped function that is handed around as a value and is called with a tensor first.
unchanged = "helper.unchanged"

# Functions that change a layer that they are given: it needs the source's interface.
changers = (
    "torch.nn.utils.weight_norm", "torch.nn.utils.spectral_norm", "torch.nn.utils.remove_weight_norm", "torch.nn.utils.remove_spectral_norm",
    "torch.nn.utils.parametrizations.weight_norm", "torch.nn.utils.parametrizations.spectral_norm", "torch.nn.utils.parametrize.register_parametrization",
)

# Blocks that record no gradients, and what does that to a tensor.
detaching = ("torch.no_grad", "torch.inference_mode", "torch.set_grad_enabled")
detach = "ops.stop_gradient"
# Activations that give the same once more: where one changes an argument in place within a call, it is applied in front of the call.
repeatable = {
    "torch.nn.ReLU": "ops.relu", "torch.nn.ReLU6": "ops.relu6", "torch.nn.functional.relu": "ops.relu", "torch.nn.functional.relu_": "ops.relu",
    "torch.nn.functional.relu6": "ops.relu6", "torch.relu_": "ops.relu", "torch.Tensor.relu_": "ops.relu",
}

# What other libraries have that imports the source framework itself.
needing = ("torchmetrics", "pytorch_lightning", "lightning", "accelerate")
# What stands in the names of such libraries whose source is not found, and those whose names do not say it.
needing_words = ("torch",)
needing_elsewhere = {
    "apex", "axial_attention", "axial_positional_embedding", "basicsr", "colt5_attention", "deepspeed", "diffusers", "e3nn", "effdet", "encodec", "facexlib", "fairscale",
    "fairseq", "fastai", "flash_attn", "hyper_connections", "kornia", "linear_attention_transformer", "local_attention", "lpips", "mamba_ssm", "mixture_of_experts",
    "mmcv", "monai", "neuralop", "open_clip", "peft", "product_key_memory", "sentence_transformers", "speechbrain", "taylor_series_linear_attention", "timm",
    "ultralytics", "vocos", "x_transformers", "xformers",
}

# Attributes of parameters and buffers that are written as what they were, where that is the same in all runs.
observed = ("torch.Tensor.requires_grad",)

# What isinstance(x, CLASS) becomes.
asks = {
    "torch.Tensor": "torch.is_tensor", "torch.nn.Parameter": "helper.is_parameter", "torch.nn.parameter.Parameter": "helper.is_parameter",
    "torch.fx.Proxy": "helper.is_proxy",
}
# The framework's own isinstance.
asking = ("torch.jit.isinstance",)

# What sets an attribute of a layer without looking at the value: layers put plain lists and dictionaries in the place of those of other classes.
plain_setter = "object.__setattr__"

# Methods that programs define.
methods = {"forward": "call"}

# Names that a layer of the target has for itself: attributes and methods of programs with these names are renamed.
reserved = {
    "activity_regularizer", "add_loss", "add_metric", "add_variable", "add_weight", "autocast", "build", "build_from_config", "built", "call",
    "compiled", "compile", "compile_config", "compiled_loss", "compiled_metrics", "compute_dtype", "compute_loss", "compute_mask",
    "compute_metrics", "compute_output_shape", "compute_output_spec", "count_params", "distribute_reduction_method", "distribute_strategy",
    "dtype", "dtype_policy", "evaluate", "export", "fit", "from_config", "get_build_config", "get_compile_config", "get_config", "get_layer",
    "get_metrics_result", "get_weights", "input", "input_dtype", "input_shape", "input_spec", "inputs", "jit_compile", "layers", "load_own_variables",
    "load_weights", "loss", "losses", "make_predict_function", "make_test_function", "make_train_function", "metrics", "metrics_names",
    "metrics_variables", "name", "non_trainable_variables", "non_trainable_weights", "optimizer", "optimizer_variables", "output", "output_shape", "outputs",
    "path", "predict", "predict_function", "predict_on_batch", "predict_step", "quantization_mode", "quantize", "quantized_build",
    "quantized_call", "remove_from_regularization", "rematerialized_call", "reset_metrics", "run_eagerly", "save", "save_own_variables",
    "save_weights", "set_weights", "stateless_call", "stateless_compute_loss", "steps_per_execution", "stop_training", "summary",
    "supports_jit", "supports_masking", "symbolic_call", "test_function", "test_on_batch", "test_step", "to_json", "train_function",
    "train_on_batch", "train_step", "trainable", "trainable_variables", "trainable_weights", "variable_dtype", "variables", "weights",
}
