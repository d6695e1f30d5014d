"""Settings in a dictionary of a class of its own, names in a list of one: layers of Keras would keep plain ones."""
# entry: Net(width=6)
# input: x=f32[2,4]
from collections import OrderedDict, defaultdict

from torch import nn


class Settings(OrderedDict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key, value in self.items():
            setattr(self, key, value)


class Names(list):
    def first(self):
        return self[0]


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.settings = Settings({"width": width, "slope": 0.2})  # read as attributes
        self.names = Names(["one", "other"])
        self.counts = defaultdict(int)
        self.order = OrderedDict([("slope", 3)])
        self.layers = nn.ModuleDict({name: nn.Linear(4, self.settings.width) for name in self.names})

    def forward(self, x):
        x = self.layers[self.names.first()](x) * self.order["slope"]
        return nn.functional.leaky_relu(x, self.settings.slope) + self.counts["nothing"]
