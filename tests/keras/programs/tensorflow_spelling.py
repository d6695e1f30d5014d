# tensorflow.keras in all spellings, K and tf functions, a Lambda, a custom layer with get_config.
# entry: build(6)
# input: f32[2,6,4]
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras import layers
from tensorflow.keras.layers import Dense, Lambda, LayerNormalization
from tensorflow.keras.models import Model


@keras.utils.register_keras_serializable(package="mine")
class Pool(layers.Layer):
    def __init__(self, units=4, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.score = Dense(1)

    def build(self, input_shape):
        self.score.build(input_shape)
        self.gain = self.add_weight(name="gain", shape=(self.units,), initializer="ones", trainable=True)
        super().build(input_shape)

    def call(self, inputs):
        weights = tf.nn.softmax(self.score(inputs), axis=1)
        pooled = tf.reduce_sum(inputs * weights, axis=1)
        batch = tf.shape(inputs)[0]
        return tf.reshape(pooled * self.gain, [batch, -1]) + K.mean(inputs, axis=1)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def build(length):
    inputs = tf.keras.Input(shape=(length, 4))
    x = LayerNormalization(epsilon=1e-6)(inputs)
    x = Pool(4)(x)
    x = Lambda(lambda t: tf.math.tanh(t) * 2)(x)
    return Model(inputs=inputs, outputs=Dense(3)(x))
