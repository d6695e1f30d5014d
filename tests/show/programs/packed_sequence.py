# Packed sequences: lengths are values; the padded result's length depends on them.
# entry: Net()
# input: x=f32[3,6,4]
# input: lengths=i64[3]{1..6}
# expect: either
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(4, 5, batch_first=True)

    def forward(self, x, lengths):
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out, h = self.rnn(packed)
        return pad_packed_sequence(out, batch_first=True, total_length=x.size(1))[0], h
