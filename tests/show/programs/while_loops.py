# while loops with known bounds, break, continue and else.
# entry: Net(20)
# input: f32[1,20]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        layers = []
        while n > 2:
            if n % 5 == 1:
                n -= 1
                continue
            layers.append(nn.Linear(n, n // 2))
            n //= 2
            if len(layers) > 10:
                break
        else:
            layers.append(nn.Linear(n, 1))
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        i = 0
        while True:
            if i == len(self.layers):
                break
            x = self.layers[i](x)[..., : getattr(self.layers[i + 1], "in_features") if i + 1 < len(self.layers) else None]
            i += 1
        return x
