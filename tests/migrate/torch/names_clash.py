"""Attributes that a Keras layer has for itself."""
# entry: Net(4)
# input: x=f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.name = "my net"
        self.dtype = torch.float32
        self.input = nn.Linear(dim, dim)
        self.output = nn.Linear(dim, dim)
        self.weights = nn.Parameter(torch.ones(dim))
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(2)])
        self.losses = [0.1, 0.2]
        self.metrics = {"a": 1.0}
        self.variables = 3
        self.path = "x/y"
        self.built = 2
        self.trainable = 0.5
        self.inputs = None
        self.outputs = 1
        self.optimizer = 4
        self.loss = 2.0
        self.stop_training = 1
        self.compute_dtype = "f"
        self.supports_masking = 7
        self.autocast = 3
        self.activity_regularizer = 1.5
        self.dtype_policy = 2
        self.input_spec = 3
        self.count_params = 5

    def build(self, x):
        return x * self.trainable * self.built

    def call(self, x):
        return x + sum(self.losses) + self.metrics["a"] + self.variables

    def compile(self, x, optimizer=None):
        return x - self.loss

    def get_config(self):
        return {"dim": len(self.name)}

    def fit(self, x):
        return x * 2

    def forward(self, x):
        x = self.build(self.input(x)) * self.weights
        for layer in self.layers:
            x = layer(x)
        x = self.compile(self.call(x)) * self.get_config()["dim"]
        return self.output(self.fit(x).to(self.dtype)) * self.activity_regularizer + self.count_params
