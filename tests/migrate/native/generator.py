# entry: Generator()
# input: f32[2,100]
"""A generator of images: transposed convolutions whose windows do not fit their strides."""
import tensorflow as tf
from tensorflow.keras import layers


class Generator(tf.keras.Model):
    def __init__(self):
        super(Generator, self).__init__()
        self.fc1 = layers.Dense(7 * 7 * 8, use_bias=False)
        self.bn1 = layers.BatchNormalization()
        self.conv1 = layers.Conv2DTranspose(8, (5, 5), strides=(1, 1), padding="same", use_bias=False)
        self.bn2 = layers.BatchNormalization()
        self.conv2 = layers.Conv2DTranspose(4, (5, 5), strides=(2, 2), padding="same", use_bias=False)
        self.bn3 = layers.BatchNormalization()
        self.conv3 = layers.Conv2DTranspose(1, (5, 5), strides=(2, 2), padding="same", use_bias=False)

    def call(self, x, training=True):
        x = self.fc1(x)
        x = self.bn1(x, training=training)
        x = tf.nn.relu(x)
        x = tf.reshape(x, shape=(-1, 7, 7, 8))
        x = tf.nn.relu(self.bn2(self.conv1(x), training=training))
        x = tf.nn.relu(self.bn3(self.conv2(x), training=training))
        return self.conv3(x)
