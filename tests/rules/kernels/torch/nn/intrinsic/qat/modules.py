from torch import nn


class LinearBn1d(nn.Module):
    """bn(linear(x)): what rule 8 of the paper means."""

    def __init__(self, in_features, out_features, bias=True, eps=1e-5, momentum=0.1):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features, bias)
        self.bn = nn.BatchNorm1d(out_features, eps, momentum)

    def forward(self, x):
        return self.bn(self.linear(x))
