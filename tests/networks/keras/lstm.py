"""Sentiment of a text: a bidirectional LSTM, and a second one that keeps its last output."""
# entry: build_model()
# input: i32[2,50]{0..9999}
from tensorflow import keras
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Dropout, Embedding


def build_model(vocab_size=10000, embed_dim=326, hidden=40, num_classes=2):
    model = keras.Sequential()
    model.add(keras.Input(shape=(50,), dtype="int32"))
    model.add(Embedding(vocab_size, embed_dim))
    model.add(Bidirectional(LSTM(hidden, return_sequences=True, dropout=0.5)))
    model.add(Dropout(0.2))
    model.add(LSTM(hidden, dropout=0.2))
    model.add(Dense(hidden, activation="relu"))
    model.add(Dense(num_classes, activation="softmax"))
    return model
