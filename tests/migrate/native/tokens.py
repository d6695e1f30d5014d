# entry: build(True)
# input: i32[2,9]{0..39}
"""Containers in functions, options that nobody needs, and an order of statements that stays."""
import keras
from keras import layers


def head(units, classes):
    head = keras.Sequential(name="head")
    head.add(layers.InputLayer((units,)))  # sizes are known
    head.add(layers.Dense(units, activation=keras.activations.gelu, kernel_initializer="he_normal"))
    head.add(layers.Dropout(0.2))
    head.add(layers.Dense(classes))
    if classes > 1:
        head.add(layers.Softmax())
    return head


def build(pooled):
    return keras.Sequential(
        [
            # tokens
            layers.Embedding(40, 6, input_length=9),
            layers.Conv1D(8, 3, padding="same", strides=1, activation="tanh"),
            layers.MaxPooling1D(2), layers.LayerNormalization(),
            layers.GlobalAveragePooling1D() if pooled else layers.Flatten(),
            layers.Activation("linear", dtype="float32"),
            head(8, 3),  # the last one
        ]
    )
