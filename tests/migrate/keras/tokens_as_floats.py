# entry: classifier()
# input: i64[2,6]{0..9}
"""An Input that says nothing of its type: Keras makes floats of the tokens, and the embedding whole numbers of these."""
from keras import Input, Model, layers, ops


class Tokens(layers.Layer):
    def __init__(self, length, vocabulary, dim):
        super().__init__()
        self.tokens = layers.Embedding(vocabulary, dim)
        self.places = layers.Embedding(length, dim)

    def call(self, x):
        return self.tokens(x) + self.places(ops.arange(0, ops.shape(x)[-1], 1))


def classifier():
    ids = Input((6,))
    x = Tokens(6, 10, 8)(ids)
    x = layers.Conv1D(4, 3, activation="relu")(layers.Concatenate()([x, layers.Embedding(10, 2, mask_zero=True)(ids)]))
    return Model(ids, layers.Dense(2)(layers.GlobalMaxPooling1D()(x)))
