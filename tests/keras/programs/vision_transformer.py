# A small vision transformer: patches, a class token, positions, attention blocks in a functional model.
# entry: vit()
# input: f32[2,32,32,3]
import keras
from keras import layers, ops


class Tokens(layers.Layer):
    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    def build(self, input_shape):
        self.token = self.add_weight(shape=(1, 1, self.size), initializer="zeros", name="token")
        self.positions = layers.Embedding(input_shape[1] + 1, self.size)
        self.positions.build(())

    def call(self, x):
        token = ops.tile(self.token, (ops.shape(x)[0], 1, 1))
        x = ops.concatenate([token, x], axis=1)
        return x + self.positions(ops.arange(x.shape[1]))


def block(x, heads, size):
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.MultiHeadAttention(heads, size // heads, dropout=0.1)(y, y)
    x = layers.Add()([x, y])
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.Dense(2 * size, activation=keras.activations.gelu)(y)
    return x + layers.Dense(size)(layers.Dropout(0.1)(y))


def vit(size=16, depth=2):
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(size, 8, strides=8, name="patches")(inputs)
    x = layers.Reshape((-1, size))(x)
    x = Tokens(size)(x)
    for i in range(depth):
        x = block(x, 4, size)
    x = layers.LayerNormalization()(x)[:, 0]
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x), name="vit")
