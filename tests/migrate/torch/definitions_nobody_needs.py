"""What stands at the top level of a file or among methods, cannot be translated, and is not needed by the model; initialisers that give back what they wrote."""
# entry: make()
# input: f32[2,5]
import os

import torch
from torch import nn
from torch.hub import get_dir
from torch.utils.data import Dataset

torch.backends.cudnn.benchmark = True
CACHE = os.path.join(get_dir(), "models")
SAVED = os.path.join(CACHE, "saved")
HAS_SILU = "silu" in dir(torch.nn.functional)


class Samples(Dataset):
    def __init__(self, folder=CACHE):
        self.folder = folder

    def __len__(self):
        return len(os.listdir(self.folder))


class LabelledSamples(Samples):
    labels = None


@torch.library.custom_op("mine::double", mutates_args=())
def double(x: torch.Tensor) -> torch.Tensor:
    return x * 2


def bounded_normal_(tensor, std):
    with torch.no_grad():
        low = -2 * std
        tensor.normal_(0, std)
        tensor.clamp_(min=low, max=-low)
        return tensor


def init_(tensor, std=0.02):
    return bounded_normal_(tensor, std)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(5))
        self.head = nn.Linear(5, 3)
        self.act = nn.SiLU() if HAS_SILU else nn.ReLU()
        init_(self.scale)
        self.apply(self.init_weights)

    def init_weights(self, m):
        if isinstance(m, nn.Linear):
            init_(m.weight, std=0.1)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

    def save(self, path, function=torch.save, compiled=torch.library.opcheck):
        # nobody saves it here
        function(self, path)

    def forward(self, x):
        if self.training:
            with torch.no_grad():
                self.scale.copy_(torch.special.expit(self.scale))
        return self.act(self.head(x * self.scale))


def make():
    return Net().eval()
