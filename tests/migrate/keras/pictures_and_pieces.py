# entry: Net()
# input: f32[2,8,6,3]
"""Pictures that are prepared, turned and cut, colours, blurs, windows within borders of their own, places within each sample, masks of two directions."""
import keras
import tensorflow as tf
from keras import layers, ops


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.prepare = keras.Sequential([layers.RandomHue(0.1), layers.RandomGrayscale(0.2), layers.RandomErasing(0.5), layers.Resizing(6, 6, crop_to_aspect_ratio=True), layers.CenterCrop(7, 4)])
        self.pad = layers.Resizing(8, 8, pad_to_aspect_ratio=True, fill_value=0.5)
        self.ranges = layers.Discretization([-0.5, 0.0, 0.5])
        self.table = layers.Embedding(4, 3, mask_zero=True)
        self.both = layers.Bidirectional(layers.LSTM(3, return_sequences=True, zero_output_for_mask=True))
        self.norm = layers.LayerNormalization(rms_scaling=True)
        self.kernel = self.add_weight(shape=(3, 3, 3, 2), name="kernel")

    def call(self, x):
        i = tf.cast(tf.clip_by_value(3 * tf.abs(x[:, :3, :2, 0]), 0.0, 3.5), tf.int32)
        colours = tf.image.adjust_saturation(tf.sigmoid(x), 1.3)
        turned = tf.image.rot90(tf.image.central_crop(colours, 0.5), k=3)
        edges = tf.image.sobel_edges(ops.image.gaussian_blur(x))
        fitted = tf.image.resize_with_crop_or_pad(x, 6, 8)
        within = tf.nn.conv2d(x, self.kernel, strides=[1, 2, 2, 1], padding=[[0, 0], [1, 1], [2, 0], [0, 0]])
        picked = tf.gather_nd(x, i, batch_dims=1), tf.gather_nd(x, i[..., :1], batch_dims=1)
        words = self.both(self.table(self.ranges(x[:, :, 0, 0])))
        joined = tf.signal.overlap_and_add(tf.signal.frame(x[:, :, 0, 0], 4, 2), 2)
        return self.prepare(x), self.pad(x), turned, edges, fitted, within, *picked, self.norm(words), joined + ops.logspace(0, 1, 8)
