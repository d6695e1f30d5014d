# entry: build()
# input: tokens=i64[2,6]{0..9}
# input: mask=i64[2,6]{0..1}
"""A functional model of its own class that has its layers before its beginning, and attention of its own upon Keras' projections."""
import keras
from keras import layers, ops

try:
    from a_package_that_is_not_there.parts import thing
except ImportError as e:
    if e.name != "a_package_that_is_not_there":
        raise
    thing = None


def find_framework():
    try:
        import tensorflow as _tf
    except ImportError:
        return None
    return _tf


tf = find_framework()


class Positions(layers.Layer):
    """A table that is shorter than any size a trial would begin with."""

    def __init__(self, length, initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        self.length = length
        self.initializer = keras.initializers.get(initializer)

    def build(self, shape):
        self.table = self.add_weight(shape=(self.length, shape[-1]), initializer=self.initializer, name="table")
        self.built = True

    def call(self, x):
        return ops.broadcast_to(ops.slice(self.table, (0, 0), (ops.shape(x)[1], ops.shape(x)[2])), ops.shape(x))


class CachedAttention(layers.MultiHeadAttention):
    def call(self, query, value, key=None, attention_mask=None, cache=None):
        query = self._query_dense(query)
        key = self._key_dense(value)
        value = self._value_dense(value)
        x, scores = self._compute_attention(query, key, value, attention_mask)
        return self._output_dense(x)


def clone_initializer(initializer):
    if not isinstance(initializer, keras.initializers.Initializer):
        return initializer
    config = initializer.get_config()
    return initializer.__class__.from_config(config)


class Backbone(keras.Model):
    def __init__(self, *args, dtype=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.layer_ids = set(id(layer) for layer in self._flatten_layers())

    @property
    def token_embedding(self):
        return getattr(self, "_token_embedding", None)

    @token_embedding.setter
    def token_embedding(self, value):
        self._token_embedding = value


class Encoder(Backbone):
    def __init__(self, size, dropout, **kwargs):
        start = keras.initializers.TruncatedNormal(stddev=0.02)
        self.token_embedding = layers.ReversibleEmbedding(10, size, tie_weights=False, embeddings_initializer=clone_initializer(start))
        self.positions = Positions(7, clone_initializer(start))
        self.attention = CachedAttention(2, 3, dropout=dropout, kernel_initializer=start, name="attention")
        self.norm = layers.LayerNormalization(name="norm")
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        mask = keras.Input((None,), dtype="int32", name="mask")
        x = self.token_embedding(tokens)
        x = x + self.positions(x)
        x = self.norm(x + self.attention(x, x, attention_mask=mask[:, None, :]))
        super().__init__(inputs={"tokens": tokens, "mask": mask}, outputs={"all": x, "first": x[:, 0]}, **kwargs)
        self.note = f"made with {keras.config.floatx()} of Keras"


def build():
    assert tf is not None
    backbone = Encoder(8, 0.1 if thing is None else 0.0)
    inputs = {**backbone.input}
    y = layers.Dense(3)(backbone(inputs)["first"])
    return keras.Model(list(inputs.values()), y)
