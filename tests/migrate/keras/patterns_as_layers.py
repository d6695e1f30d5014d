# entry: Patched(8)
# input: f32[2,4,6,3]
"""Patterns of einops as layers of Keras, between layers and by themselves, and as functions."""
import tensorflow as tf
from einops import rearrange
from einops.layers.tensorflow import Rearrange, Reduce


class Patched(tf.keras.Model):
    def __init__(self, dim):
        super().__init__()
        self.patches = tf.keras.Sequential([Rearrange("b (h p) (w q) c -> b (h w) (p q c)", p=2, q=2), tf.keras.layers.Dense(dim)])
        self.mean = Reduce("b n c -> b c", "mean")
        self.head = tf.keras.layers.Dense(3)
        self.rows = functional()

    def call(self, x):
        rows = self.rows(x)
        x = rearrange(self.patches(x), "b n (h d) -> b h n d", h=2)
        return self.head(self.mean(rearrange(x, "b h n d -> b n (h d)"))), rows


def functional():
    image = tf.keras.Input((4, 6, 3))
    x = tf.keras.layers.Dense(4)(Rearrange("b h w c -> b (h w) c")(image))
    return tf.keras.Model(image, Reduce("b (h w) c -> b h c", "max", h=4)(x))
