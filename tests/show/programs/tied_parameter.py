# One Parameter used by two modules: weight tying of the embedding and the head.
# entry: Net(11, 4)
# input: i64[2,3]{0..10}
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, vocabulary, width):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        self.head = nn.Linear(width, vocabulary, bias=False)
        self.head.weight = self.embed.weight
        self.scale = nn.Parameter(self.embed.weight.new_ones(width))
        self.other = self.scale

    def forward(self, ids):
        return self.head(self.embed(ids) * self.other)
