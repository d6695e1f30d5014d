"""Old code: Variable, F.tanh, .data, print in forward, nn.Module.__init__."""
# entry: Net()
# input: x=f32[2,3,8,8]
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.autograd import Variable


class Net(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.conv = nn.Conv2d(3, 4, 3)
        self.fc = nn.Linear(4 * 6 * 6, 2)

    def num_flat_features(self, x):
        size = x.size()[1:]
        num = 1
        for s in size:
            num *= s
        return num

    def forward(self, x):
        x = Variable(x)
        x = F.tanh(self.conv(x))
        x = x.view(-1, self.num_flat_features(x))
        return F.sigmoid(self.fc(x)), F.softmax(x), F.upsample(x[:, None], scale_factor=2)
