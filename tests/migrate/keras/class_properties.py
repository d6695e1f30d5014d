# entry: build()
# input: x=f32[2,6]
import keras


class classproperty(property):
    """A property of the class."""

    def __get__(self, _, owner):
        return self.fget(owner)


class Net(keras.Model):
    base = 4

    @classproperty
    def sizes(cls):
        return [cls.base, 2 * cls.base]

    def __init__(self):
        super().__init__()
        self.dense = [keras.layers.Dense(n) for n in Net.sizes]

    def call(self, x):
        for layer in self.dense:
            x = layer(x)
        return x


def build():
    return Net()
