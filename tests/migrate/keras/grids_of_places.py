# entry: Head([(10, 13), (16, 30), (33, 23)], 4, 64)
# input: x=f32[2,4,5,6]
"""A grid of places as detectors add it to what they predict: what is divided by a number afterwards is constant in part."""
import keras
import tensorflow as tf
from keras import layers


class Head(keras.Model):
    def __init__(self, anchors, classes, size):
        super().__init__()
        self.anchors = tf.constant(anchors, tf.float32) / size
        self.classes = classes
        self.conv = layers.Conv2D(len(anchors) * (5 + classes), 1)

    def call(self, x):
        y = self.conv(x)
        sizes = tf.shape(y)[1:3]
        y = tf.reshape(y, (-1, sizes[0], sizes[1], 3, 5 + self.classes))
        xy, wh, found, kinds = tf.split(y, (2, 2, 1, self.classes), axis=-1)
        grid = tf.expand_dims(tf.stack(tf.meshgrid(tf.range(sizes[1]), tf.range(sizes[0])), axis=-1), axis=2)
        xy = (tf.sigmoid(xy) + tf.cast(grid, tf.float32)) / tf.cast(sizes[::-1], tf.float32)
        wh = tf.exp(wh) * self.anchors
        rows, columns = tf.meshgrid(tf.range(3.0), tf.range(2.0), indexing="ij")
        best = tf.nn.in_top_k([0, 1], kinds[:, 0, 0, 0], 2)
        return tf.concat([xy - wh / 2, xy + wh / 2], axis=-1), tf.sigmoid(found), (x[0, :3, :2, 0] + rows - columns) / 4.0, tf.cast(best, tf.float32)
