# Transposed convolutions: output_padding, dilation, groups, output_size at the call, in one to three dimensions.
# entry: Net()
# input: f32[1,4,5,6]
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1)
        self.b = nn.ConvTranspose2d(4, 6, (3, 2), stride=(2, 3), groups=2, bias=False)
        self.c = nn.ConvTranspose2d(4, 2, 3, stride=2, dilation=2)
        self.d = nn.ConvTranspose1d(5, 3, 4, 2, 1)
        self.e = nn.ConvTranspose3d(1, 2, 2, 2)

    def forward(self, x):
        return (
            self.a(x), self.b(x), self.c(x), self.c(x, output_size=(14, 16)), self.d(x[:, 0]), self.e(x[:, None]),
            F.conv_transpose2d(x, self.a.weight, stride=3, output_padding=(1, 2)), self.a(x[0]),
        )
