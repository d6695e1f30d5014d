# The framework's own transformer layers: encoder, decoder, stacks of deep copies, final norm.
# entry: Net()
# input: f32[5,2,8]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerEncoderLayer(8, nhead=2, dim_feedforward=16, activation="gelu")
        self.encoder = nn.TransformerEncoder(layer, num_layers=2, norm=nn.LayerNorm(8))
        self.decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 4, 12, norm_first=True), 1)
        self.both = nn.Transformer(8, 2, 1, 1, dim_feedforward=10, batch_first=True)

    def forward(self, x):
        mask = nn.Transformer.generate_square_subsequent_mask(x.size(0))
        memory = self.encoder(x, mask=mask)
        return self.decoder(x, memory, tgt_mask=mask), self.both(memory, memory[:, :1]), memory
