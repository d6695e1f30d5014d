# A class that derives from Model and builds a graph in its constructor; one that derives from a layer.
# entry: Classifier(3)
# input: f32[2,8,8,3]
import keras
from keras import layers


class ConvBlock(layers.Conv2D):
    def __init__(self, filters, **kwargs):
        super().__init__(filters, 3, padding="same", use_bias=False, **kwargs)
        self.norm = layers.BatchNormalization()

    def call(self, x, training=None):
        return keras.activations.relu(self.norm(super().call(x), training=training))


class Classifier(keras.Model):
    def __init__(self, classes, **kwargs):
        inputs = keras.Input((8, 8, 3))
        x = ConvBlock(4)(inputs)
        x = layers.GlobalAveragePooling2D()(x)
        super().__init__(inputs=inputs, outputs=layers.Dense(classes)(x), **kwargs)
        self.classes = classes
