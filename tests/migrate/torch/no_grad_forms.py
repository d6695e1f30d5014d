"""no_grad as a context, a decorator, with returns and tuples inside."""
# entry: Net()
# input: x=f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.head = nn.Linear(4, 2)

    @torch.no_grad()
    def features(self, x):
        h = self.backbone(x)
        return h, (h * 2, None)

    def frozen(self, x):
        with torch.no_grad():
            return self.backbone(x)

    def forward(self, x):
        with torch.set_grad_enabled(False):
            n = x.shape[1]
            a, b = x.chunk(2, dim=1)
            c = [a + 1, b]
        h, (twice, nothing) = self.features(x)
        with torch.enable_grad(), torch.cuda.amp.autocast(enabled=False):
            h = h + twice * n
        return self.head(h + self.frozen(x) * x) + torch.cat(c, 1)[:, :2]
