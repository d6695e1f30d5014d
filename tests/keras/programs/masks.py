# A mask that an embedding makes and layers hand on.
# entry: build()
# input: i64[3,6]{0..4}
import keras
from keras import layers


def build():
    inputs = keras.Input((6,), dtype="int64")
    x = layers.Embedding(5, 8, mask_zero=True)(inputs)
    x = layers.Dropout(0.1)(x)
    x = layers.Dense(8, activation="tanh")(x)
    x = layers.LSTM(6, return_sequences=True)(x)
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, layers.Dense(2)(x))
