# Imports in try/except: a package that is not there, and its replacement; an import inside a function.
# entry: Net()
# input: f32[1,4]
try:
    from surely_not_installed_anywhere import FusedNorm as Norm
    FUSED = True
except ImportError:
    from torch.nn import LayerNorm as Norm
    FUSED = False

try:
    import apex_of_nothing
except ModuleNotFoundError:
    apex_of_nothing = None


class Net(__import__("torch").nn.Module):
    def __init__(self):
        super().__init__()
        from torch import nn
        self.norm = Norm(4)
        self.fc = nn.Linear(4, 2 if FUSED else 3)
        self.more = apex_of_nothing.Layer() if apex_of_nothing else nn.Linear(3, 5)

    def forward(self, x):
        import torch.nn.functional as F
        return F.relu(self.more(self.fc(self.norm(x))))
