# single
# entry: model
# input: x=f32[2,10,16]
"""Sizes that tf.shape tells are numbers in PyTorch; a file of statements has its adapters before the first one that needs them."""
import tensorflow as tf
from tensorflow import keras

inputs = keras.Input((10, 16), name="x")
width = keras.layers.Dense(16, kernel_initializer=tf.random_normal_initializer(0.0, 0.02))(inputs)

from tensorflow.keras import layers


class Masked(layers.Layer):
    def call(self, x):
        batch, length, size = tf.unstack(tf.shape(x))
        counts = tf.concat([tf.expand_dims(batch, -1), tf.constant([1, 1], dtype=tf.int32)], axis=0)
        past = tf.cast(tf.range(length)[:, tf.newaxis] >= tf.range(length), tf.float32)
        mask = tf.tile(tf.reshape(past, (1, length, length)), counts)
        kept = tf.sequence_mask(tf.fill([batch], length - 3), length, dtype=tf.float32)
        shifted = tf.concat([tf.zeros((batch, 1, size)), x[:, :-1]], axis=1)
        return tf.matmul(mask, x) / tf.sqrt(tf.cast(size, tf.float32)) + shifted * kept[..., None] + tf.eye(length, 16)


class Folded(layers.Layer):
    def call(self, x):
        shape = tf.shape(x)
        heads = tf.reshape(x, tf.concat([shape[:-1], [2, shape[-1] // 2]], axis=-1))
        sizes = tf.unstack(tf.shape(tf.transpose(heads, [0, 2, 1, 3])))
        rows = tf.reshape(heads, [tf.reduce_prod(shape[:-1]), shape[2]])
        whole = tf.reshape(tf.reshape(rows, tf.stack([shape[0], shape[1] * shape[2]])), tf.concat([[shape[0]], [shape[1]], [shape[2]]], axis=0))
        return tf.reshape(whole, shape) * tf.cast(tf.maximum(sizes[1], shape[1]), tf.float32)


class Placed(layers.Layer):
    def call(self, x):
        shape = tf.shape(x)
        half = shape[1] // 2
        places = tf.cast(tf.range(0, shape[1], 1), x.dtype)[tf.newaxis, :, tf.newaxis]
        first = tf.repeat(places, shape[0], axis=0)[:, :half] + tf.broadcast_to(places, shape)[:, :half]
        steps = tf.linspace(0.0, 1.0, shape[1])[None, :, None] + tf.cast(tf.reverse(tf.range(shape[1]), axis=[0])[None, :, None], tf.float32)
        a, b = tf.split(shape[1:], 2)
        scale = tf.cast(a[0] + b[0] + tf.reduce_sum(shape) + tf.size(x), tf.float32)
        corner = tf.reduce_max(tf.reshape(tf.stack(tf.meshgrid(tf.range(shape[1]), tf.range(shape[2]), indexing="ij"), axis=-1), (-1, 2)), axis=0)
        return x[:, :half] + first, tf.gather(x, tf.range(shape[1] - 1, -1, -1), axis=1) + steps * scale + tf.cast(corner[0], tf.float32)


outputs = Masked()(width)
outputs = Folded()(outputs)
model = keras.Model(inputs, Placed()(outputs))
