# entry: Net()
# input: f32[2,16,16,3]
"""A residual network of classes: lists of blocks, the mode handed on, names."""
import keras
from keras import layers, ops


class Block(layers.Layer):
    """Two convolutions around a shortcut."""

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.conv1 = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.conv2 = layers.Conv2D(filters, 3, padding="same")
        self.norm = layers.BatchNormalization()
        self.drop = layers.Dropout(0.1)

    def call(self, x, training=None):
        y = self.conv2(self.conv1(x))
        y = self.norm(y, training=training)
        return ops.relu(x + self.drop(y, training=training))


class Net(keras.Model):
    def __init__(self, classes=10, name="net"):
        super(Net, self).__init__(name=name)
        self.stem = layers.Conv2D(16, 3)
        self.blocks = [Block(16, name=f"block{i}") for i in range(2)]
        self.pool = layers.GlobalAveragePooling2D()
        self.head = layers.Dense(classes)

    def call(self, inputs, training=False):
        x = self.stem(inputs)  # no activation
        for block in self.blocks:
            x = block(x, training=training)
        return self.head(self.pool(x))
