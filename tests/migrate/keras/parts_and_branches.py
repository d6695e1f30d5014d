"""Parts by beginnings and sizes, values gathered within samples, and branches chosen by a number."""
# entry: build()
# input: x=f32[2,3,4,5]
# input: i=i64[2,3,4,2]{0..4}
# input: j=i64[2,3]{0..3}
import keras
import tensorflow as tf
from keras import layers, ops


class Parts(layers.Layer):
    def call(self, inputs):
        x, i, j = inputs
        parts = [tf.slice(x, [0, 1, 0, 0], [-1, 2, 3, -1]), ops.slice(x, (0, 0, 2, 1), (2, 3, 2, 3))]
        near = ops.slice(ops.tri(5, 5, 1, dtype="bool"), (1, 0), (3, 3))
        found = [tf.gather(x, i, batch_dims=3), tf.gather(x, j, batch_dims=2), tf.gather(x, j, batch_dims=1, axis=-1),
                 tf.gather(x, i[:, 0], axis=3, batch_dims=1), tf.gather(x, j[..., None], batch_dims=-1, axis=3)]
        turned = ops.switch(1, [lambda t: t, lambda t: -t], x) + ops.switch(7, [lambda t: t, lambda t: t * 3], x)
        return [*parts, *found, ops.where(near, 1.0, x[0, :, :3, 0]), turned]


def build():
    x = keras.Input((3, 4, 5), batch_size=2, name="x")
    i = keras.Input((3, 4, 2), batch_size=2, dtype="int64", name="i")
    j = keras.Input((3,), batch_size=2, dtype="int64", name="j")
    return keras.Model([x, i, j], Parts()([layers.Dense(5)(x), i, j]))
