# Every activation layer, and their functional forms.
# entry: Net()
# input: f32[2,6]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.acts = nn.Sequential(
            nn.ReLU(True), nn.ReLU6(), nn.LeakyReLU(0.1), nn.PReLU(), nn.PReLU(6), nn.ELU(), nn.SELU(), nn.CELU(), nn.GELU("tanh"),
            nn.SiLU(), nn.Mish(), nn.Sigmoid(), nn.Tanh(), nn.Hardswish(), nn.Hardsigmoid(), nn.Hardtanh(-2, 2), nn.Softplus(),
            nn.Softsign(), nn.Tanhshrink(), nn.Softshrink(), nn.Hardshrink(), nn.LogSigmoid(), nn.Threshold(0.1, 20), nn.Softmax(-1),
            nn.LogSoftmax(1), nn.Softmin(dim=1), nn.RReLU(), nn.Identity(1, foo=2), nn.Dropout(), nn.AlphaDropout(0.2))
        self.glu = nn.GLU()

    def forward(self, x):
        y = self.acts(x)
        return self.glu(y), F.glu(y, 0), F.softmax(y, dim=1), F.hardtanh(F.relu6(F.elu(F.silu(y)))), torch.sigmoid(y).tanh(), F.relu_(y)
