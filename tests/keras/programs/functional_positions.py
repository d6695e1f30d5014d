# A list of inputs, given by position; the model's own layers, found by name and index.
# entry: build()
# input: f32[2,4,4,3]
# input: f32[2,7]
import keras
from keras import layers


def build():
    first, second = keras.Input((4, 4, 3)), keras.Input((7,))
    x = layers.Conv2D(4, 3, padding="same", name="conv")(first)
    x = layers.Flatten()(x)
    y = layers.Dense(4)(second)
    model = keras.Model([first, second], layers.concatenate([x, y]))
    assert model.get_layer("conv").filters == 4
    assert model.output_shape == (None, 68)
    assert len(model.layers) == 6
    assert model.get_layer(index=2).name == "conv" or model.layers[1].name == "conv"
    features = keras.Model(model.inputs, [model.get_layer("conv").output, model.output])
    return features
