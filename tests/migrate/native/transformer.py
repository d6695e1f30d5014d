# entry: Model()
# input: i32[2,12]{0..99}
"""A transformer in the spelling of TensorFlow: weights made in `build`, a configuration that nobody asks for, the mode that is read."""
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class Scale(layers.Layer):
    def __init__(self, units=8, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True, name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)

    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b

    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units})
        return config


class Attention(layers.Layer):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.dim = dim
        self.q = layers.Dense(dim)
        self.k = layers.Dense(dim)
        self.v = layers.Dense(dim)
        self.out = layers.Dense(dim)

    def split(self, x, batch):
        x = tf.reshape(x, (batch, -1, self.heads, self.dim // self.heads))
        return tf.transpose(x, perm=[0, 2, 1, 3])

    def call(self, x, mask=None):
        batch = tf.shape(x)[0]
        q, k, v = self.split(self.q(x), batch), self.split(self.k(x), batch), self.split(self.v(x), batch)
        scores = tf.matmul(q, k, transpose_b=True) / tf.math.sqrt(float(self.dim // self.heads))
        weights = tf.nn.softmax(scores, axis=-1)
        y = tf.transpose(tf.matmul(weights, v), perm=[0, 2, 1, 3])
        return self.out(tf.reshape(y, (batch, -1, self.dim)))


class Model(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(100, 16)
        self.attention = Attention(16, 4)
        self.norm1 = layers.LayerNormalization(epsilon=1e-6)
        self.norm2 = layers.LayerNormalization(epsilon=1e-6)
        self.ffn = keras.Sequential([layers.Dense(32, activation="gelu"), layers.Dense(16)])
        self.drop = layers.Dropout(0.1)
        self.scale = Scale(4)
        self.pool = layers.GlobalAveragePooling1D()

    def call(self, ids, training=None):
        x = self.embed(ids)
        x = self.norm1(x + self.drop(self.attention(x), training=training))
        x = self.norm2(x + self.drop(self.ffn(x, training=training), training=training))
        if training:
            x = x * 1.0
        return self.scale(self.pool(x))
