# A weight that two layers hold, and a layer used twice.
# entry: Tied(12, 6)
# input: i64[2,5]{0..11}
import keras
from keras import layers, ops


class Head(layers.Layer):
    def __init__(self, embedding, **kwargs):
        super().__init__(**kwargs)
        self.embedding = embedding

    def build(self, shape):
        self.table = self.embedding.embeddings
        self.bias = self.add_weight(shape=(self.embedding.input_dim,), initializer="zeros")

    def call(self, x):
        return ops.matmul(x, ops.transpose(self.table)) + self.bias


class Tied(keras.Model):
    def __init__(self, words, size):
        super().__init__()
        self.embed = layers.Embedding(words, size)
        self.dense = layers.Dense(size, activation="gelu")
        self.out = Head(self.embed)

    def call(self, x):
        x = self.embed(x)
        return self.out(self.dense(self.dense(x)))
