# Layers and weights in lists, dicts, tuples and lists of lists; attributes in an order of their own.
# entry: Net()
# input: f32[2,4]
import keras
from keras import layers, ops


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.zeta = layers.Dense(4)
        self.pairs = [[layers.Dense(4), layers.LayerNormalization()] for i in range(2)]
        self.named = {"one": layers.Dense(4), "two": layers.Dense(4, use_bias=False)}
        self.alpha = (layers.Dense(4), layers.BatchNormalization())
        self.later = []
        for i in range(2):
            self.later.append(layers.Dense(4))
        self.named["three"] = layers.Dense(4)
        self.scale = keras.Variable(ops.ones((4,)), name="scale")
        self.more = [self.add_weight(shape=(4,), name=f"w{i}", trainable=i == 0) for i in range(2)]

    def call(self, x, training=False):
        x = self.zeta(x) * self.scale + self.more[0] + self.more[1]
        for dense, norm in self.pairs:
            x = norm(dense(x))
        for key in self.named:
            x = self.named[key](x)
        for layer in self.alpha + tuple(self.later):
            x = layer(x)
        return x, {"sum": ops.sum(x, axis=-1), "list": [x, x + 1]}
