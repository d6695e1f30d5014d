# Several inputs and outputs in dicts and lists, a shared layer, a nested model, operators and functions on symbolic tensors.
# entry: build()
# input: a=f32[2,8]
# input: b=i64[2,5]{0..9}
import keras
from keras import layers, ops


def tower(name):
    inputs = keras.Input((8,), name=name + "_in")
    x = layers.Dense(6, activation="relu")(inputs)
    return keras.Model(inputs, layers.LayerNormalization()(x), name=name)


def build():
    a = keras.Input((8,), name="a")
    b = keras.Input((5,), dtype="int32", name="b")
    shared = layers.Dense(6, name="shared")
    left = tower("left")(a)
    words = layers.GlobalAveragePooling1D()(layers.Embedding(10, 6)(b))
    x = shared(left) + shared(words) * 2.0
    x = ops.concatenate([x, -left[:, :3]], axis=-1)
    x = x / (ops.abs(x) + 1)
    return keras.Model({"a": a, "b": b}, {"main": layers.Dense(3)(x), "rest": [x, ops.mean(x, axis=-1)]})
