# Sequential: with and without an input, added to, nested, one of them in a layer of the program.
# entry: Net()
# input: f32[2,8,8,3]
import keras
from keras import layers


def stem():
    model = keras.Sequential(name="stem")
    model.add(layers.Conv2D(4, 3, padding="same"))
    model.add(layers.BatchNormalization())
    model.add(layers.ReLU())
    return model


class Net(keras.Model):
    def __init__(self):
        super().__init__(name="net")
        self.stem = stem()
        self.body = keras.Sequential([keras.Input((8, 8, 4)), layers.MaxPooling2D(), keras.Sequential([layers.Conv2D(8, 3, strides=2)]), layers.Flatten()])
        self.head = keras.Sequential([layers.Dropout(0.2), layers.Dense(5)])

    def call(self, x, training=None):
        return self.head(self.body(self.stem(x, training=training)), training=training)
