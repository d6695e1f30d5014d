"""Layers that a Sequential gives up again, kernels that training normalises, losses and rarer functions within a model."""
# entry: build()
# input: x=f32[2,6,6,3]
import keras
from keras import layers, ops


class Scores(layers.Layer):
    def call(self, x):
        target = ops.stop_gradient(ops.softmax(x[:, ::-1]))
        loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)(target, x)
        return loss + keras.losses.huber(target, x, delta=0.4), ops.percentile(x, 30, axis=1), ops.top_k(ops.relu(x), 2)[1]


def build():
    head = keras.Sequential([keras.Input((4,)), layers.Dense(5, activation="relu")])
    head.add(layers.Dense(9))
    head.pop()  # the five are left
    head.add(layers.Dense(3))
    x = keras.Input((6, 6, 3))
    y = layers.SpectralNormalization(layers.Conv2D(4, 3, padding="same"), power_iterations=2)(x)
    y = head(layers.GlobalAveragePooling2D()(y))
    return keras.Model(x, [y, *Scores()(layers.SpectralNormalization(layers.Dense(3))(y))])
