"""The first rows of Keras against Keras: shapes and weights."""
import importlib.util
import os
import subprocess
import sys

import pytest

if importlib.util.find_spec("keras") is None:  # importing it here would choose a backend for the whole run
    pytest.skip("keras is not installed", allow_module_level=True)
HERE = os.path.dirname(os.path.abspath(__file__))

# A layer, the shapes of its inputs, how it is called.
CASES = """
Dense(4) | 2,3 | f(x) ; Dense(4, activation='relu', use_bias=False) | 2,5,3 | f(x) ; Conv2D(4, 3) | 1,8,8,3 | f(x) ; Conv2D(4, (3, 5), strides=2, padding='same') | 1,7,9,3 | f(x) ; Conv2D(4, 3, dilation_rate=2, groups=2) | 1,9,9,6 | f(x) ; Conv2D(6, 2, strides=(2, 1), activation='gelu') | 1,8,8,2 | f(x)
BatchNormalization() | 2,4,4,3 | f(x) ; BatchNormalization(axis=1, scale=False) | 2,3,4,4 | f(x) ; LayerNormalization() | 2,5,3 | f(x) ; LayerNormalization(axis=[1, 2], center=False) | 2,5,3 | f(x) ; Embedding(10, 4) | 2,3 | f(x) ; Dropout(0.5) | 2,3 | f(x) ; MaxPooling2D() | 1,7,8,3 | f(x) ; MaxPooling2D(3, 2, padding='same') | 1,7,8,3 | f(x)
Flatten() | 2,3,4,5 | f(x) ; Activation('softmax') | 2,3 | f(x) ; ReLU(6.0) | 2,3 | f(x) ; Add() | 2,3;2,3 | f([x, y]) ; Concatenate() | 2,3;2,4 | f([x, y]) ; Concatenate(axis=1) | 2,3,5;2,4,5 | f([x, y]) ; MultiHeadAttention(2, 4) | 2,5,6;2,7,6 | f(x, y) ; MultiHeadAttention(2, 4, value_dim=3, use_bias=False) | 2,5,6 | f(x, x) ; MultiHeadAttention(3, 4, output_shape=9) | 2,5,6;2,7,8 | f(x, y, return_attention_scores=True)
"""
OPERATORS = """
softmax(x) | 2,3 ; gelu(x) | 2,3 ; relu(x) | 2,3 ; matmul(x, y) | 2,3,4;2,4,5 ; reshape(x, (3, -1)) | 2,3 ; transpose(x) | 2,3,4 ; transpose(x, (0, 2, 1)) | 2,3,4 ; concatenate([x, y], axis=-1) | 2,3;2,4 ; mean(x, axis=(1, 2)) | 2,3,4 ; sum(x, axis=-1, keepdims=True) | 2,3 ; max(x) | 2,3 ; expand_dims(x, 1) | 2,3 ; squeeze(x, 1) | 2,1,3 ; stack([x, y]) | 2,3;2,3 ; einsum('ij,jk->ik', x, y) | 2,3;3,4 ; add(x, y) | 2,1;3 ; where(x > 0, x, y) | 2,3;2,3
conv(x, y, 1, 'same', 'channels_last') | 1,8,8,3;3,3,3,4 ; max_pool(x, 2, data_format='channels_last') | 1,7,8,3
"""

PROGRAM = """
import importlib, os, sys
if sys.argv[1] == "catalog":
    import server
    torch = importlib.import_module("torch")
    make = server.make_tensor
else:
    os.environ["KERAS_BACKEND"] = "torch"
    import numpy
    make = lambda *shape: keras.ops.convert_to_tensor(numpy.zeros(shape, "float32"))
import keras
def flat(r):
    return [part for item in r for part in flat(item)] if isinstance(r, (list, tuple)) else [list(map(int, r.shape))]
for line in sys.stdin.read().split("\\n"):
    kind, text, shapes, call = (line.split("|") + [""])[:4]
    inputs = [make(*[int(n) for n in shape.split(",")]) for shape in shapes.strip().split(";")]
    names = dict(zip("xy", inputs))
    if kind == "layer":
        f = eval("keras.layers." + text.strip())
        result = eval(call, {"f": f, **names})
        print(flat(result), [list(w.shape) for w in f.weights])
    else:
        print(flat(eval("keras.ops." + text.strip(), {"keras": keras, **names})))
"""


def rows():
    for kind, block in (("layer", CASES), ("operator", OPERATORS)):
        for line in block.strip().split("\n"):
            for case in line.split(" ; "):
                yield kind + "|" + case.strip()


@pytest.fixture(scope="module")
def answers():
    text = "\n".join(rows())
    found = []
    for side, flags in (("catalog", ["-I", "-S"]), ("framework", [])):
        program = "import sys; sys.path.insert(0, %r)\n" % HERE + PROGRAM if side == "catalog" else PROGRAM
        run = subprocess.run([sys.executable, *flags, "-c", program, side], input=text, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr[-2000:]
        found.append(run.stdout.strip().split("\n"))
    return found


@pytest.mark.parametrize("index, case", list(enumerate(rows())))
def test_agrees(answers, index, case):
    assert answers[0][index] == answers[1][index]
