# Padding layers and F.pad with modes, negative pads, asymmetric pads; conv padding modes, "same" and "valid".
# entry: Net()
# input: f32[1,4,9,8]
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.zero = nn.ZeroPad2d((1, 2, 3, 4))
        self.refl = nn.ReflectionPad2d(2)
        self.repl = nn.ReplicationPad2d((0, 1, 2, 0))
        self.const = nn.ConstantPad2d(-1, 3.5)
        self.circ = nn.CircularPad2d(1)
        self.c1 = nn.Conv2d(4, 5, 3, padding="same", dilation=2)
        self.c2 = nn.Conv2d(4, 5, (3, 5), padding="valid", stride=2)
        self.c3 = nn.Conv2d(4, 5, 3, padding=(1, 2), padding_mode="reflect")
        self.c4 = nn.Conv1d(8, 2, 4, padding="same", padding_mode="circular")

    def forward(self, x):
        return (
            self.zero(x), self.refl(x), self.repl(x), self.const(x), self.circ(x), self.c1(x), self.c2(x), self.c3(x),
            self.c4(x[:, 0].transpose(1, 2)), F.pad(x, (1, -2)), F.pad(x, [0, 0, 1, 1, 2, 0], value=1.0),
            F.pad(x, (1, 1, 1, 1), mode="replicate"), F.pad(x[:, 0], pad=(2, 2), mode="reflect"),
        )
