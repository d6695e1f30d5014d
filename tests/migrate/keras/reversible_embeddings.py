# entry: build()
# input: x=i32[2,6]
import keras
from keras import layers


class Drop(layers.Layer):
    """Whole samples are left out in training."""

    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, x, training=None):
        if not training or self.rate == 0.0:
            return x
        kept = keras.random.uniform((x.shape[0], 1, 1), seed=self.seed_generator) >= self.rate
        return x * keras.ops.cast(kept, x.dtype)


def build():
    tokens = keras.Input((6,), dtype="int32")
    table = layers.ReversibleEmbedding(10, 8)
    free = layers.ReversibleEmbedding(10, 8, tie_weights=False, logit_soft_cap=3.0)
    x = table(tokens) + free(tokens)
    x = Drop(0.2)(x)
    x = layers.Dense(8, activation="tanh")(x)
    return keras.Model(tokens, [table(x, reverse=True), free(x, reverse=True)])
