# A subclassed model with a layer of its own, a list of layers and a weight made in build.
# entry: Net()
# input: f32[2,3,8,8]
import keras
from keras import layers, ops

class Block(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(units, activation="relu")
        self.drop = layers.Dropout(0.3)
        self.blocks = [layers.Dense(units) for i in range(2)]

    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="scale")

    def call(self, x, training=False):
        x = x * self.scale
        x = self.dense(x)
        for b in self.blocks:
            x = b(x) + x
        return self.drop(x, training=training)

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(8, 3, padding="same", data_format="channels_first")
        self.bn = layers.BatchNormalization(axis=1)
        self.flat = layers.Flatten()
        self.block = Block(16)
        self.out = layers.Dense(10)

    def call(self, x):
        x = ops.relu(self.bn(self.conv(x)))
        x = self.flat(x)
        x = self.block(x)
        return self.out(x)
