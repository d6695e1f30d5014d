# entry: build()
# input: f32[2,40,3]
"""Layers of signals."""
import keras
from keras import layers


def build():
    return keras.Sequential([
        layers.ZeroPadding1D((2, 1)),
        layers.Conv1D(6, 3, strides=2, padding="same", activation="elu"),
        layers.BatchNormalization(epsilon=1e-5),
        layers.SpatialDropout1D(0.1),
        layers.Cropping1D((1, 0)),
        layers.SeparableConv1D(8, 3, activation="softplus"),
        layers.DepthwiseConv1D(3, padding="same", activation="softsign"),
        layers.PReLU(shared_axes=[1]),
        layers.AveragePooling1D(2),
        layers.Conv1D(8, 3, dilation_rate=2, activation="selu", groups=2),
        layers.Conv1DTranspose(5, 3, strides=1, padding="same", activation="hard_sigmoid"),
        layers.MaxPooling1D(3, strides=2, padding="same"),
        layers.Permute((2, 1)),
        layers.GlobalAveragePooling1D(),
        layers.Dense(6, activation="relu6"),
        layers.PReLU(),
        layers.Dense(5, activation="mish"),
        layers.ReLU(negative_slope=0.1),
        layers.Dense(4, activation="log_softmax", use_bias=False),
        layers.ELU(0.5),
        layers.ReLU(max_value=6),
        layers.Softmax(),
    ])
