# The package that a module lies in is among sys.modules while the module runs.
# entry: Net()
# input: f32[2,3]
import sys

from torch import nn


def register(class_):
    package = sys.modules[class_.__module__.rpartition(".")[0]]
    if hasattr(package, "__all__"):
        package.__all__.append(class_.__name__)
    else:
        package.__all__ = [class_.__name__]
    return class_


@register
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(3, len(sys.modules["pkg_registers.parts"].__all__) + sys.modules["pkg_registers"].parts.WIDTH)

    def forward(self, x):
        return self.l(x)


@register
class Other(Net):
    pass
