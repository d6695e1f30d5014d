# entry: Net()
# input: x=f32[1,8,8,3]
"""A list that a call fills, joins and takes away again."""
import tensorflow as tf


class Block(tf.keras.layers.Layer):
    def __init__(self, layers, growth):
        super().__init__()
        self.features = []
        self.parts = []
        for _ in range(layers):
            self.parts.append(tf.keras.layers.Conv2D(growth, 3, padding="same"))

    def call(self, inputs):
        self.features.append(inputs)
        x = inputs
        for part in self.parts:
            self.features.append(part(x))
            x = tf.concat(self.features, axis=-1)
        self.features.clear()
        return x


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(2, 4), Block(3, 2)]
        self.pool = tf.keras.layers.GlobalAveragePooling2D()

    def call(self, x):
        for block in self.blocks:
            x = tf.nn.relu(block(x))
        return self.pool(x)
