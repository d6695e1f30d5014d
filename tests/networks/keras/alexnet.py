"""AlexNet in the variant of one GPU: five convolutions, three dense layers."""
# entry: AlexNet()
# input: f32[1,224,224,3]
import keras
from keras import layers


class AlexNet(keras.Model):
    def __init__(self, num_classes=10, dropout=0.5):
        super().__init__()
        self.features = keras.Sequential([
            layers.ZeroPadding2D(2),
            layers.Conv2D(64, 11, strides=4, activation="relu"),
            layers.MaxPooling2D(3, strides=2),
            layers.ZeroPadding2D(2),
            layers.Conv2D(192, 5, activation="relu"),
            layers.MaxPooling2D(3, strides=2),
            layers.ZeroPadding2D(1),
            layers.Conv2D(384, 3, activation="relu"),
            layers.ZeroPadding2D(1),
            layers.Conv2D(256, 3, activation="relu"),
            layers.ZeroPadding2D(1),
            layers.Conv2D(256, 3, activation="relu"),
            layers.MaxPooling2D(3, strides=2),
        ])
        self.flatten = layers.Flatten()
        self.classifier = keras.Sequential([
            layers.Dropout(dropout),
            layers.Dense(4096, activation="relu"),
            layers.Dropout(dropout),
            layers.Dense(4096, activation="relu"),
            layers.Dense(num_classes),
        ])

    def call(self, x):
        x = self.features(x)
        x = self.flatten(x)
        return self.classifier(x)
