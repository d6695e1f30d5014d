"""Keras 3, and TensorFlow inside of Keras code, to PyTorch: what belongs to programs as a whole.

Layers stay layers: classes of programs derive from the adapter `Layer`, a module with the protocol of Keras, so that `call`, `build` and
`add_weight` keep their names and `self.training` plays no part. There is no class for models that must be written beside other bases, and no
attribute of a module has a meaning of its own.
"""

# Imports of these packages go.
packages = ("keras", "tensorflow", "tf_keras", "safetensors.tensorflow", "einops.layers.tensorflow", "einops.layers.keras")
# What stands in the names of other libraries that import it, where their source is not found.
needing_words = ("keras", "tensorflow")

# The package of the target, whose being there is asked for instead.
framework = "torch"

# What templates and adapters may refer to, with the import that it needs.
imports = {
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "collections": "import collections",
    "copy": "import copy",
    "einops": "import einops",
    "functools": "import functools",
    "inspect": "import inspect",
    "itertools": "import itertools",
    "math": "import math",
    "np": "import numpy as np",
    "operator": "import operator",
    "re": "import re",
}

# The adapters `Layer` and `Model` are the classes of modules.
module = None
model_class = None
layer_class = None

# The class of tensors, whose attributes and methods have rows of this name.
tensor = "tensorflow.Tensor"

# Operators of Python on tensors mean the same on both sides, where both operands have one type.
operators = {}

# The row that makes an array of numpy a tensor where it stands beside one: PyTorch leaves such operators to numpy, which takes no tensor that gradients are recorded of.
array_operand = "netwright.tensor_of"
# The adapter that makes an array of numpy a tensor where a layer is called with it.
array_argument = "netwright.tensor_of"

# `x += y` on a tensor binds another one, while PyTorch changes the one that is there.
tensors_never_change = True

# The adapter for an index with a negative step, which PyTorch does not know.
get_item = "netwright.get_item"

# Methods that call their argument on every module.
appliers = ()

# Methods that programs define: they keep their names.
methods = {}

# What they are called in classes that derive from the target's own.
native_methods = {"call": "forward"}
# The parameters that they do not take, with the attribute that says the same.
native_left_parameters = {"training": "training"}

# What isinstance asks for where the target's own layers stand beside adapters.
native_classes = {"keras.Layer": "nn.Module"}
# What isinstance asks for instead of what is no class there.
asked_classes = {"keras.Variable": ("nn.Parameter", "nn.Buffer")}

# Modules keep their parts beside their attributes, and __getattr__ answers for them.
parts_beside_attributes = True

# Names that a module of PyTorch has for itself: attributes and methods of programs with these names are renamed.
reserved = {
    "T_destination", "add_module", "apply", "bfloat16", "buffers", "call_super_init", "children", "cpu", "cuda", "double", "dump_patches", "eval",
    "extra_repr", "float", "forward", "get_buffer", "get_extra_state", "get_parameter", "get_submodule", "half", "inbound", "is_trainable", "ipu",
    "load_state_dict", "modules", "mtia", "named_buffers", "named_children", "named_modules", "named_parameters", "nodes", "parameters",
    "register_backward_hook", "register_buffer", "register_forward_hook", "register_forward_pre_hook", "register_full_backward_hook",
    "register_full_backward_pre_hook", "register_load_state_dict_post_hook", "register_load_state_dict_pre_hook", "register_module",
    "register_parameter", "register_state_dict_post_hook", "register_state_dict_pre_hook", "requires_grad_", "sequence", "set_extra_state",
    "set_submodule", "share_memory", "state_dict", "structure", "to", "to_empty", "track", "tracked", "train", "training", "type", "xpu", "zero_grad",
}

# Options that adapters take and that only training would use.
unused_by_adapters = {
    "kernel_regularizer", "bias_regularizer", "activity_regularizer", "depthwise_regularizer", "pointwise_regularizer", "recurrent_regularizer",
    "embeddings_regularizer", "beta_regularizer", "gamma_regularizer", "alpha_regularizer", "kernel_constraint", "bias_constraint", "depthwise_constraint",
    "pointwise_constraint", "recurrent_constraint", "embeddings_constraint", "beta_constraint", "gamma_constraint", "alpha_constraint",
}
