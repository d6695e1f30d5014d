# Stages made in a loop with setattr and called in a loop with getattr, as ResNet variants do.
# entry: Net([1, 2, 1])
# input: f32[1,3,16,16]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, depths, widths=(4, 8, 12)):
        super().__init__()
        self.n = len(depths)
        i = 3
        for s, (d, w) in enumerate(zip(depths, widths), 1):
            stage = []
            for b in range(d):
                stage.append(nn.Conv2d(i, w, 3, stride=2 if b == 0 else 1, padding=1))
                i = w
            setattr(self, "stage%d" % s, nn.Sequential(*stage))
            self.__setattr__(f"norm{s}", nn.BatchNorm2d(w))

    def forward(self, x):
        feats = []
        for s in range(1, self.n + 1):
            x = getattr(self, f"stage{s}")(x)
            x = self.__getattr__("norm" + str(s))(x)
            feats.append(x)
        return feats[::-1]
