"""PyTorch to Keras in TensorFlow's spelling: the tables are those of Keras."""

spelling_of = "keras"

imports = {
    "keras": "from tensorflow import keras",
    "layers": "from tensorflow.keras import layers",
    "ops": "from tensorflow.keras import ops",
    "activations": "from tensorflow.keras import activations",
    "initializers": "from tensorflow.keras import initializers",
    "math": "import math",
    "functools": "import functools",
    "contextlib": "import contextlib",
    "itertools": "import itertools",
    "collections": "import collections",
    "np": "import numpy as np",
    "einops": "import einops",
}
