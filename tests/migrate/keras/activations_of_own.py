# entry: build()
# input: x=f32[2,8,8,3]
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


def swish(x):
    return x * tf.sigmoid(x)


def build():
    inputs = keras.Input((8, 8, 3))
    x = layers.Conv2D(4, 3, padding="same", activation=swish)(inputs)
    x = layers.DepthwiseConv2D(3, activation=lambda t: tf.nn.relu(t) + 0.5)(x)
    x = layers.Conv2DTranspose(4, 2, strides=2, activation=layers.LeakyReLU())(x)
    x = layers.SeparableConv2D(5, 3, activation=swish)(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(6, activation=swish)(x)
    x = layers.Dense(6, activation=layers.PReLU())(x)
    x = layers.BatchNormalization()(x)
    x = layers.Dense(6, activation=keras.layers.Softmax())(x)
    return keras.Model(inputs, x)
