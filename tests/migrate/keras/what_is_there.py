# entry: build()
# input: ids=i64[2,5]{0..9}
"""Asks whether the framework is there, checks values in front of what is needed, shapes of unknown size, objects by their identity."""
import importlib.util

import tensorflow as tf
from tensorflow import keras

_available = importlib.util.find_spec("tensorflow") is not None


def shape_list(x):
    dynamic = tf.shape(x)
    if x.shape == tf.TensorShape(None):
        return dynamic
    return [dynamic[i] if size is None else size for i, size in enumerate(x.shape.as_list())]


def check_within(x, count):
    tf.debugging.assert_less(x, tf.cast(count, dtype=x.dtype), message=f"{tf.math.reduce_max(x)} of {count}")


class Embeddings(keras.layers.Layer):
    def build(self, input_shape):
        self.table = self.add_weight(name="table", shape=[10, 6])
        self.built = True

    def call(self, ids: tf.Tensor = None, values: tf.Tensor = None) -> tf.Tensor:
        if ids is not None:
            check_within(ids, 10)
            values = tf.gather(params=self.table, indices=ids)
        shape = shape_list(values)[:-1]
        return values + tf.cast(tf.fill(dims=shape, value=2), "float32")[:, :, None]


class Holder(keras.Model):
    def __init__(self):
        super().__init__()
        self.embeddings = Embeddings()
        self.dense = keras.layers.Dense(3)
        self.own = set([id(self.dense)])

    def __dir__(self):
        return filter(lambda name: id(self.__dict__.get(name, name)) not in self.own or name == "dense", super().__dir__())

    def call(self, ids):
        return self.dense(self.embeddings(ids=ids))


def build():
    assert _available
    return Holder()
