# entry: text()
# input: i32[2,12]{0..49}
"""Features of tokens as channels of a signal."""
import keras
import tensorflow as tf
from keras import layers, regularizers


def text():
    return keras.Sequential([
        layers.Embedding(50, 8),
        layers.Conv1D(6, 3, padding="causal", activation="relu"),
        layers.GlobalMaxPooling1D(),
        layers.Dense(1, activation="sigmoid"),
    ])
