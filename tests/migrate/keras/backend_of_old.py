# entry: Net()
# input: x=f32[2,9,8,4]
"""Convolutions and pools of TensorFlow's backend of old, and what builders of classifiers take of keras.applications."""
import keras
import tensorflow as tf
from keras import layers
from keras.applications import imagenet_utils
from tensorflow.keras import backend as K


def preprocess_input(x, mode):
    return imagenet_utils.preprocess_input(x, mode=mode)


def decode_predictions(preds, top=5):
    return imagenet_utils.decode_predictions(preds, top=top)


decode_predictions.__doc__ = imagenet_utils.decode_predictions.__doc__


class Net(keras.Model):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(3, 3, 4, 6), name="kernel")
        self.depthwise = self.add_weight(shape=(3, 3, 4, 2), name="depthwise")
        self.pointwise = self.add_weight(shape=(1, 1, 8, 5), name="pointwise")
        self.line = self.add_weight(shape=(3, 4, 2), name="line")

    def call(self, x):
        a = K.conv2d(x, self.kernel, strides=(2, 2), padding="same")
        b = K.conv2d(x, self.kernel, dilation_rate=(2, 2))
        c = K.separable_conv2d(x, self.depthwise, self.pointwise, padding="same")
        d = K.depthwise_conv2d(x, self.depthwise)
        e = K.conv1d(x[:, 0], tf.convert_to_tensor(self.line), padding="causal", dilation_rate=2)
        f = K.pool2d(x, (2, 2), strides=(2, 2), pool_mode="avg", padding="same"), K.pool2d(x, (3, 3))
        g = K.pool3d(K.spatial_3d_padding(x[..., None], ((1, 0), (0, 2), (1, 1))), (2, 2, 2), pool_mode="avg")
        h = K.map_fn(lambda row: row * K.sum(row), x[:, 0, 0]), K.binary_crossentropy(K.sigmoid(x), K.softmax(x)), K.binary_crossentropy(K.sigmoid(x), x, from_logits=True)
        tf.assert_equal(tf.shape(x)[3], 4)
        pictures = [preprocess_input(x[..., :3], mode) for mode in ("caffe", "tf", "torch")]
        return a, b, c, d, e, *f, g, *h, keras.ops.tril(x[..., 0], k=keras.ops.array(-1)), *pictures
