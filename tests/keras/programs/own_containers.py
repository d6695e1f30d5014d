# entry: Net()
# input: f32[2,4]
"""A layer keeps plain lists and dictionaries in the place of those of the program's own classes; tuples keep theirs."""
from collections import OrderedDict, defaultdict

import keras
from keras import layers


class Settings(OrderedDict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.width = 3


class Names(list):
    def first(self):
        return self[0]


class Pair(tuple):
    def left(self):
        return self[0]


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.settings = Settings({"width": 3})
        self.names = Names([4, 5])
        self.pair = Pair([6, 7])
        self.counts = defaultdict(lambda: 8)
        self.ordered = OrderedDict([("b", layers.Dense(2)), ("a", layers.Dense(self.pair.left()))])
        object.__setattr__(self, "whole", Settings({"width": 3}))
        self.dense = layers.Dense(10 if hasattr(self.settings, "width") else 11)
        self.other = layers.Dense(12 if hasattr(self.names, "first") else 13)
        try:
            self.last = layers.Dense(self.counts["nothing"])
        except KeyError:
            self.last = layers.Dense(14 + self.whole.width)

    def __getattr__(self, name):
        if name in ("asked", "wanted"):
            self.__dict__.setdefault("looked", set()).add(name)
        raise AttributeError(name)

    def build(self, shape):
        self.asked = True
        self.third = layers.Dense(20 + len(self.__dict__["looked"]))

    def call(self, x):
        for key in self.ordered:
            x = self.ordered[key](x)
        return self.last(self.third(self.other(self.dense(x))))
