# entry: Classifier(None, (16, 16, 3), 5)
# input: x=f32[1,16,16,3]
"""A builder that asks what stands beside the models of Keras for the shape of its images, for paddings and for options."""
from keras import layers, models
from keras.src.applications import imagenet_utils
from keras.src.backend import standardize_data_format
from keras.src.utils.argument_validation import standardize_padding, standardize_tuple


class Scaled(layers.Layer):
    def __init__(self, filters, kernel_size, padding="VALID", data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.kernel_size = standardize_tuple(kernel_size, 2, "kernel_size")
        self.padding = standardize_padding(padding)
        self.data_format = standardize_data_format(data_format)
        self.conv = layers.Conv2D(filters, self.kernel_size, padding=self.padding, data_format=self.data_format)

    def call(self, x):
        return self.conv(x)


class Classifier(models.Model):
    def __init__(self, weights, input_shape, classes, activation="softmax"):
        input_shape = imagenet_utils.obtain_input_shape(input_shape, default_size=224, min_size=8, data_format="channels_last", require_flatten=True,
                                                        weights=weights)
        imagenet_utils.validate_activation(activation, weights)
        inputs = layers.Input(input_shape)
        x = layers.ZeroPadding2D(imagenet_utils.correct_pad(inputs, 3))(inputs)
        x = layers.DepthwiseConv2D(3, strides=2)(x)
        x = Scaled(4, 3)(x)
        x = layers.GlobalAveragePooling2D()(x)
        super().__init__(inputs=inputs, outputs=layers.Dense(classes, activation=activation)(x))
