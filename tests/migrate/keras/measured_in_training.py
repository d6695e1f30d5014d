# entry: build()
# input: f32[4,6]
"""Metrics, losses and schedules of the program's own, which a model keeps or is compiled with: no result of the network asks for them."""
import tensorflow as tf
from tensorflow.keras import layers


class Hits(tf.keras.metrics.Metric):
    def __init__(self, name="hits", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.table = self.add_weight(shape=(3, 3), name="table", initializer="zeros", dtype="int32")

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.hits.assign_add(tf.reduce_sum(tf.cast(y_true, tf.float32) * tf.round(y_pred)))

    def result(self):
        return self.hits


class OfClasses(tf.keras.metrics.MeanIoU):
    def __init__(self, num_classes=None, name=None, dtype=None):
        super().__init__(num_classes=num_classes, name=name, dtype=dtype)

    def update_state(self, y_true, y_pred, sample_weight=None):
        return super().update_state(y_true, tf.math.argmax(y_pred, axis=-1), sample_weight)


class Squares(tf.keras.losses.Loss):
    def __init__(self, weight=2.0):
        super().__init__(name="squares")
        self.weight = weight

    def call(self, y_true, y_pred):
        return self.weight * tf.reduce_mean(tf.square(y_true - y_pred), axis=-1)


class Rate(tf.keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, size):
        super().__init__()
        self.size = tf.cast(size, tf.float32)

    def __call__(self, step):
        return tf.math.rsqrt(self.size) * tf.math.rsqrt(tf.cast(step, tf.float32))


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
        self.measured = [Hits(), OfClasses(num_classes=3), tf.keras.metrics.F1Score(threshold=0.5), tf.keras.metrics.Mean(name="mean")]
        self.squares = Squares()
        self.decay = tf.keras.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9)

    @property
    def metrics(self):
        return self.measured

    def call(self, x):
        y = self.dense(x)
        return y, self.squares(y, tf.zeros_like(y))


def build():
    model = Net()
    model.compile(tf.keras.optimizers.Adam(Rate(4), beta_2=0.98), Squares(), metrics=[Hits(), tf.keras.metrics.BinaryIoU(target_class_ids=[0, 1])])
    return model
