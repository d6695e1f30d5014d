# entry: cnn()
# input: f32[2,32,32,3]
"""Layers of images: padding with strides, separable and depthwise convolutions, activations by name and by function."""
import keras
import tensorflow as tf
from keras import layers, regularizers


def cnn():
    return keras.Sequential([
        layers.Input((32, 32, 3)),
        layers.Rescaling(1.0 / 255),
        layers.Conv2D(16, 3, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.Activation(tf.nn.relu),
        layers.Conv2D(32, (3, 3), strides=2, padding="same", activation="relu", kernel_regularizer=regularizers.l2(1e-4)),
        layers.MaxPooling2D((2, 2)),
        layers.SeparableConv2D(24, 3, padding="same", activation="swish"),
        layers.DepthwiseConv2D(3),
        layers.Dropout(0.25),
        layers.GlobalAveragePooling2D(),
        layers.Dense(64),
        layers.LeakyReLU(),
        layers.BatchNormalization(momentum=0.9),
        layers.Dense(10, activation=tf.keras.activations.softmax, dtype="float32"),
    ], name="cnn")
