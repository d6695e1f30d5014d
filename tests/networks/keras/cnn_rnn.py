"""Sentiment of a text: two branches of convolutions over the words, joined and read by a GRU."""
# entry: CNNRNN()
# input: i32[2,50]{0..4999}
import keras
from keras import layers


class CNNRNN(keras.Model):
    def __init__(self, vocab_size=5000, embed_dim=50, filters=200, hidden=100):
        super().__init__()
        self.embedding = layers.Embedding(vocab_size, embed_dim)
        self.embedding_dropout = layers.Dropout(0.5)
        self.conv4 = layers.Conv1D(filters, 4, activation="relu")
        self.pool4 = layers.MaxPooling1D(2)
        self.conv5 = layers.Conv1D(filters, 5, activation="relu")
        self.pool5 = layers.MaxPooling1D(2)
        self.dropout = layers.Dropout(0.15)
        self.gru = layers.GRU(hidden)
        self.hidden = layers.Dense(400, activation="relu")
        self.hidden_dropout = layers.Dropout(0.1)
        self.out = layers.Dense(1, activation="sigmoid")

    def call(self, tokens, training=False):
        x = self.embedding_dropout(self.embedding(tokens), training=training)
        a = self.pool4(self.conv4(x))
        b = self.pool5(self.conv5(x))
        x = self.dropout(keras.ops.concatenate([a, b], axis=-1), training=training)
        x = self.gru(x)
        x = self.hidden_dropout(self.hidden(x), training=training)
        return self.out(x)
