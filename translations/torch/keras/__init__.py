"""PyTorch to Keras 3: what belongs to programs as a whole."""

# Imports of these packages go.
packages = ("torch", "torchvision", "functorch", "einops.layers.torch")

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

# The target's layers take only tensors by position.
tensors_by_position = True

# Libraries whose functions take tensors but not variables, and the attribute of a variable that holds its tensor.
tensor_libraries = ("einops", "einx")
variable_value = "value"

# Methods that call their argument on every module.
appliers = ("torch.nn.Module.apply",)

# Methods that programs define.
methods = {"forward": "call"}

# Names that a layer of the target has for itself: attributes and methods of programs with these names are renamed.
reserved = {
    "activity_regularizer", "add_loss", "add_metric", "add_variable", "add_weight", "autocast", "build", "build_from_config", "built", "call",
    "compiled", "compile", "compile_config", "compiled_loss", "compiled_metrics", "compute_dtype", "compute_loss", "compute_mask",
    "compute_metrics", "compute_output_shape", "compute_output_spec", "count_params", "distribute_reduction_method", "distribute_strategy",
    "dtype", "dtype_policy", "evaluate", "export", "fit", "from_config", "get_build_config", "get_compile_config", "get_config", "get_layer",
    "get_metrics_result", "get_weights", "input", "input_dtype", "input_spec", "inputs", "jit_compile", "layers", "load_own_variables",
    "load_weights", "loss", "losses", "make_predict_function", "make_test_function", "make_train_function", "metrics", "metrics_names",
    "metrics_variables", "name", "non_trainable_variables", "non_trainable_weights", "optimizer", "optimizer_variables", "output", "outputs",
    "path", "predict", "predict_function", "predict_on_batch", "predict_step", "quantization_mode", "quantize", "quantized_build",
    "quantized_call", "remove_from_regularization", "rematerialized_call", "reset_metrics", "run_eagerly", "save", "save_own_variables",
    "save_weights", "set_weights", "stateless_call", "stateless_compute_loss", "steps_per_execution", "stop_training", "summary",
    "supports_jit", "supports_masking", "symbolic_call", "test_function", "test_on_batch", "test_step", "to_json", "train_function",
    "train_on_batch", "train_step", "trainable", "trainable_variables", "trainable_weights", "variable_dtype", "variables", "weights",
}
