# entry: Net()
# input: x=f32[4,6]
"""Scatters, gathers with samples, looking up in order, loops that call functions, pools of TensorFlow, parts that are the rest."""
import keras
import tensorflow as tf
from keras import ops


class Net(keras.Model):
    def call(self, x):
        u, i = x[:2], ops.argsort(x, axis=1)[:, :3]
        sums, products = ops.scan(lambda carry, row: (carry + row, carry * row), ops.zeros((6,)), x)
        images = ops.reshape(x, (1, 4, 6, 1))
        return [
            ops.scatter_update(x, [[0, 1], [2, 3]], [10.0, 20.0]), ops.scatter(ops.array([[1], [1]]), u, (5, 6)),
            tf.tensor_scatter_nd_update(x, [[0], [2]], u), tf.scatter_nd([[4], [1]], u, [6, 6]), tf.gather_nd(x, [[0, 1], [1, 2]]),
            tf.gather(x, i, batch_dims=1), ops.multi_hot(i, num_classes=6), tf.one_hot(i, 6, on_value=2.0, off_value=-1.0),
            ops.digitize(x, ops.array([0.0, 1.0])), tf.searchsorted(tf.constant([0.0, 1.0]), x[0]), ops.segment_sum(x, ops.array([0, 0, 2, 1]), 3),
            ops.quantile(x, [0.2, 0.5], axis=1), ops.average(x, axis=1, weights=ops.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])), ops.sparsemax(x),
            sums, products, tf.scan(lambda a, row: a * 0.5 + row, x), ops.map(lambda row: ops.sum(row) * row, x),
            ops.while_loop(lambda n, y: n < 3, lambda n, y: (n + 1, y * 1.5 + 1), (0, x))[1], ops.fori_loop(0, 3, lambda n, y: y + x, x),
            *tf.split(x, [1, 2, -1], axis=1), tf.strided_slice(x, [0, 1], [4, 6], [2, 2]), x * tf.sequence_mask(i[:, 0], 6, dtype=tf.float32),
            tf.nn.max_pool2d(images, 2, 2, "SAME"), tf.nn.avg_pool2d(images, ksize=3, strides=1, padding="SAME"),
            ops.image.pad_images(images, 1, 2, target_height=8, target_width=9), ops.image.crop_images(images, 1, 1, target_height=2, target_width=3),
            tf.math.squared_difference(x, 1.0), tf.clip_by_norm(x, 1.0, axes=[1]), ops.arcsinh(x), *ops.rfft(x),
        ]
