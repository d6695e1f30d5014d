# Settings that nobody set but the program: what a package takes from variables of the environment is its own default. Places of a quadrature.
# entry: Net()
# input: f32[2,4]
import os

import numpy as np
import torch
from torch import nn

try:
    from dotenv import load_dotenv
    from environs import Env
except ImportError:

    def load_dotenv():
        return False

    class Env:
        def read_env(self):
            return None

        def __call__(self, name, default):
            return os.environ.get(name, default)

        def bool(self, name, default):
            return default

        def int(self, name, default):
            return int(os.environ.get(name, default))


load_dotenv()
env = Env()
env.read_env()
os.environ["DEPTH"] = "2"
CHECKED = env.bool("CHECKED", False)
PLACES, WEIGHTS = np.polynomial.hermite.hermgauss(5)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(4, 4) for _ in range(env.int("DEPTH", 7)))
        self.last = nn.Linear(4, 3 if CHECKED else 4 + int(env("EXTRA", "1")))
        self.register_buffer("places", torch.tensor(PLACES))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.last(x) * self.places
