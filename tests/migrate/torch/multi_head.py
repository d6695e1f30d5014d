"""The framework's own attention and encoder layers."""
# entry: Encoder()
# input: x=f32[2,5,8]
# input: mask=bool[2,5]
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerEncoderLayer(d_model=8, nhead=2, dim_feedforward=16, batch_first=True, activation="gelu")
        self.encoder = nn.TransformerEncoder(layer, num_layers=2)
        self.cross = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, x, mask):
        y = self.encoder(x)
        out, weights = self.cross(y, x, x, need_weights=True)
        return out, weights
