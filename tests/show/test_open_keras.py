"""Open mode on Keras: each class alone, layers of which neither inputs nor arguments are known."""
import json

import pytest

SOURCE = '''
import keras
from keras import layers, ops


class Block(layers.Layer):
    def __init__(self, filters, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(filters, 3, strides=stride, padding="same")
        self.bn = layers.BatchNormalization()

    def call(self, inputs, training=None):
        return ops.relu(self.bn(self.conv(inputs), training=training))


class Net(keras.Model):
    def __init__(self, width=8):
        super().__init__()
        self.a = Block(width)
        self.head = layers.Dense(10)

    def call(self, x):
        return self.head(ops.mean(self.a(x), axis=(1, 2)))
'''


@pytest.fixture(scope="module")
def classes(netwright, tmp_path_factory):
    path = tmp_path_factory.mktemp("open") / "model.py"
    path.write_text(SOURCE)
    shown = netwright("show", path, "--format", "json", "--no-cache")
    return {row["class"]: row for row in json.loads(shown.stdout)["classes"]}


def test_layers_in_order_with_names_of_their_own(classes):
    assert [row["path"] for row in classes["model.Block"]["layers"]] == ["conv2d", "batch_normalization", None]
    assert [row["path"] for row in classes["model.Net"]["layers"]] == ["block/conv2d", "block/batch_normalization", None, None, "dense"]


def test_weights_of_an_unknown_shape_are_not_counted(classes):
    for row in classes.values():
        assert row["unknown"] == [] and row["parameters"] is None and row["state"] == []
    assert [row["parameters"] for row in classes["model.Block"]["layers"]] == [None, None, 0]


FROZEN = '''
import keras


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = keras.Sequential([keras.layers.Dense(4)])
        self.inner.trainable = False
        self.last = keras.layers.Dense(5 if self.inner.layers[0].trainable else 7)

    def call(self, x):
        return self.last(self.inner(x))
'''


def test_properties_that_are_set_do_what_the_framework_does(netwright, tmp_path):
    """A model that is frozen freezes its layers: the property's setter is made from its getter, which may still wait."""
    (tmp_path / "frozen.py").write_text(FROZEN)
    (net,) = json.loads(netwright("show", tmp_path / "frozen.py", "--format", "json", "--no-cache").stdout)["classes"]
    assert [(row["path"], row["arguments"]["units"]) for row in net["layers"]] == [("sequential/dense", 4), ("dense_1", 7)]
