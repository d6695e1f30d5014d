"""An operator on a variable alone gives a constant when the model is made; the variable changes when the weights are loaded."""
# entry: build()
# input: a=f32[2,4]
# refuse
import keras
from keras import layers, ops


def build():
    a = keras.Input((4,))
    shared = layers.Dense(3)
    b = shared(a)
    return keras.Model(a, ops.matmul(b, ops.transpose(shared.kernel)))
