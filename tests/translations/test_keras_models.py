"""Whole programs in Keras against what the tables make of them: sequential, functional and subclassed models."""

import pytest
from keras_side import both, check_layer, floats

SEQUENTIAL = '''
def build():
    model = keras.Sequential([
        keras.Input(shape=(8, 8, 3)),
        layers.Conv2D(4, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
    ])
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(5, activation="softmax", name="head"))
    return model
'''

FUNCTIONAL = '''
def block(x, filters, name):
    shortcut = x
    if x.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, name=name + "_shortcut")(x)
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)
    x = layers.BatchNormalization(name=name + "_bn")(x)
    x = layers.Activation("relu", name=name + "_out")(x)
    return layers.add([x, shortcut])


def build():
    inputs = keras.Input((8, 8, 3))
    x = block(inputs, 4, "a")
    x = block(x, 4, "b") * 0.5 + 1.0
    x = layers.Concatenate()([x, x[..., :2], -x])
    y = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs=inputs, outputs=[layers.Dense(3)(y), y])
'''

SHARED = '''
def build():
    first = keras.Input((4,), name="first")
    second = keras.Input((4,), name="second")
    dense = layers.Dense(6, activation="tanh")
    inner = keras.Model(first, layers.Dense(2)(dense(first)), name="inner")
    merged = layers.Multiply()([inner(first), inner(second)])
    outputs = {"sum": merged + dense(second)[:, :2], "product": merged}
    return keras.Model([first, second], outputs)
'''

NESTED = '''
def build():
    base = keras.Sequential([layers.Conv2D(4, 3), layers.ReLU()], name="base")
    inputs = keras.Input((None, None, 3))
    x = base(inputs)
    x = layers.GlobalMaxPooling2D()(x)
    model = keras.Model(inputs, layers.Dense(2, name="last")(x))
    return keras.Model(model.input, [model.get_layer("last").output, model.layers[-2].output])
'''

SUBCLASSED = '''
class Scale(layers.Layer):
    def __init__(self, value, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def build(self, input_shape):
        self.gamma = self.add_weight(shape=(input_shape[-1],), initializer="ones", trainable=True, name="gamma")
        super().build(input_shape)

    def call(self, x):
        return x * self.gamma * self.value


class Net(keras.Model):
    def __init__(self, widths, **kwargs):
        super().__init__(**kwargs)
        self.blocks = [layers.Dense(width, activation="relu") for width in widths]
        self.scales = []
        for width in widths:
            self.scales.append(Scale(0.5))
        self.norm = layers.BatchNormalization(scale=False, center=False)
        self.heads = {"one": layers.Dense(2)}
        self.dropout = layers.Dropout(0.5)

    def call(self, inputs, training=None):
        x = inputs
        for block, scale in zip(self.blocks, self.scales):
            x = scale(block(x))
        x = self.norm(x, training=training)
        x = self.dropout(x, training=training)
        if training:
            x = x * 100
        return self.heads["one"](x)


def build():
    return Net([4, 5])
'''


@pytest.mark.parametrize("text", [SEQUENTIAL, FUNCTIONAL])
def test_models_of_images(text):
    check_layer(text, floats(2, 8, 8, 3))


def test_nested_models():
    check_layer(NESTED, floats(2, 8, 9, 3))


def test_shared_layers():
    check_layer(SHARED, [floats(2, 4), floats(2, 4)])


@pytest.mark.parametrize("training", [None, False])
def test_subclassed_models(training):
    check_layer(SUBCLASSED, floats(3, 6), training=training)


def test_names():
    source, target = both(FUNCTIONAL)
    assert [layer.name.split("_")[0] for layer in target.layers] == [layer.name.split("_")[0] for layer in source.layers]
    assert "a_conv.weight" in target.state_dict()
    assert "head.weight" in both(SEQUENTIAL)[1].state_dict()
    assert target.output_shape == [(None, 3), (None, 10)]
