"""Keras 3 to PyTorch as one writes it by hand: modules of torch.nn with `forward`, channels on axis 1, and no adapter that emulates Keras.

A spelling of the tables beside it: rows of these files come first, and of the others only those that need no adapter are left. A program
is written so where all that it calls has a row and the gate proves the result; otherwise the tables beside it are used alone.
"""

spelling_of = "torch"

# Rows of the tables beside this one that are adapters, or need some, are left out.
without_adapters = True

# Those that emulate nothing stay.
kept_adapters = {
    "keras.backend.get_uid", "keras.src.state.get_uid", "netwright.count_use", "keras.ops.name_scope", "keras.src.state.name_scope", "tensorflow.name_scope",
    "keras.name_scope", "netwright.assign", "keras.src.applications.imagenet_utils.obtain_input_shape", "keras.src.applications.imagenet_utils.validate_activation",
    "keras.src.utils.argument_validation.standardize_tuple", "keras.src.utils.argument_validation.standardize_padding",
    "keras.backend.standardize_data_format",
}

# What only means something for symbolic tensors, which there are none of: where the program never comes to it stays as it is.
of_symbols = {"keras.utils.get_source_inputs"}

# Contexts that only name what is made within them.
scopes = {"keras.name_scope", "keras.ops.name_scope", "keras.src.state.name_scope", "tensorflow.name_scope"}

# The row that makes an array of numpy a tensor where it stands beside one.
array_operand = "netwright.array_operand"

imports = {
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "math": "import math",
}

# Options of layers that say nothing about what is computed: sizes are observed.
harmless = {"name", "input_shape", "batch_input_shape", "input_dim", "input_length", "dtype", "seed"}

# Options that checkpoints overwrite, or that say something about training alone.
noted = {
    "kernel_initializer", "bias_initializer", "depthwise_initializer", "pointwise_initializer", "embeddings_initializer", "recurrent_initializer",
    "beta_initializer", "gamma_initializer", "moving_mean_initializer", "moving_variance_initializer", "alpha_initializer", "kernel_regularizer",
    "bias_regularizer", "activity_regularizer", "depthwise_regularizer", "pointwise_regularizer", "embeddings_regularizer", "recurrent_regularizer",
    "beta_regularizer", "gamma_regularizer", "alpha_regularizer", "kernel_constraint", "bias_constraint", "depthwise_constraint", "pointwise_constraint",
    "embeddings_constraint", "recurrent_constraint", "beta_constraint", "gamma_constraint", "alpha_constraint", "unit_forget_bias", "use_cudnn", "unroll",
}

get_item = None

# Modules of the program: what their methods are called, and parameters that are an attribute here, or nothing.
methods = {"call": "forward"}
left_parameters = {"training": "training", "mask": ""}

# What a class of layers is, what runs several in a row, and what stands for none.
module_class = "nn.Module"
sequence = "nn.Sequential"
nothing = "nn.Identity"

# Lists and dictionaries of modules among the attributes of one.
module_list = "nn.ModuleList"
module_dict = "nn.ModuleDict"

# The method that makes weights when the shape of the input is known: it is called at the end of `__init__` with the one that was observed.
building = "build"

# What makes a functional model, and the inputs that it begins with.
graphs = ("keras.Model", "keras.models.Model")
inputs = ("keras.Input", "keras.layers.Input")

# Layers without weights, and functions, that a functional model calls with a list of tensors: the operator, or the function with the layer's option as its `dim`.
applied = {"Sum": "+", "Product": "*", "Concatenation": "torch.cat", "keras.layers.add": "+", "keras.layers.multiply": "*"}

# Methods that only Keras calls.
left_methods = {"get_config": "serialisation", "from_config": "serialisation", "compute_output_shape": "shape inference", "compute_mask": "masks"}

# Turns the axes of a tensor.
transpose = "torch.permute"

# What keeps the order of its operands' axes, where all have the same.
any_layout = {
    "keras.layers.ReLU", "keras.layers.LeakyReLU", "keras.layers.ELU", "keras.layers.Dropout", "keras.layers.GaussianNoise",
    "keras.layers.GaussianDropout", "keras.layers.Identity", "keras.layers.Rescaling", "keras.layers.Add", "keras.layers.add", "keras.layers.multiply", "keras.layers.subtract", "keras.layers.average", "keras.layers.maximum", "keras.layers.minimum", "keras.layers.Subtract", "keras.layers.Multiply", "keras.layers.Average",
    "keras.layers.Maximum", "keras.layers.Minimum", "keras.layers.ActivityRegularization", "keras.ops.relu", "keras.ops.sigmoid", "keras.ops.tanh",
    "keras.ops.silu", "keras.ops.swish", "keras.ops.gelu", "keras.ops.elu", "keras.ops.leaky_relu", "keras.ops.relu6", "keras.ops.hard_sigmoid",
    "keras.ops.hard_silu", "keras.ops.hard_swish", "keras.ops.softplus", "keras.ops.softsign", "keras.ops.selu", "keras.ops.exp", "keras.ops.log",
    "keras.ops.sqrt", "keras.ops.square", "keras.ops.abs", "keras.ops.clip", "keras.ops.add", "keras.ops.subtract", "keras.ops.multiply", "keras.ops.divide",
    "keras.ops.maximum", "keras.ops.minimum", "keras.activations.relu", "keras.activations.sigmoid", "keras.activations.tanh", "keras.activations.silu",
    "keras.activations.gelu", "keras.activations.elu", "keras.activations.leaky_relu", "keras.activations.selu", "tensorflow.nn.relu", "tensorflow.nn.sigmoid",
    "tensorflow.nn.tanh", "tensorflow.nn.relu6", "tensorflow.nn.silu", "tensorflow.nn.swish", "tensorflow.nn.gelu", "tensorflow.nn.elu",
    "tensorflow.nn.leaky_relu", "tensorflow.sigmoid", "tensorflow.tanh", "tensorflow.exp", "tensorflow.sqrt", "tensorflow.square", "tensorflow.abs",
    "tensorflow.add", "tensorflow.subtract", "tensorflow.multiply", "tensorflow.maximum", "tensorflow.minimum",
}

# What takes layers, in a list or one by one, and layers that turn the axes between them.
containers = ("keras.Sequential", "keras.Sequential.add")
turn = "netwright.ChannelsFirst"
turn_back = "netwright.ChannelsLast"

# Products with parameters, which take features in any order.
products = ("keras.layers.Dense",)
