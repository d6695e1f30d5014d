# Chained comparison, is/==, short-circuit values, truth of containers and numbers, conditional expressions.
# entry: Net()
# input: f32[1,3]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, norm=None, width=0, act=None):
        super().__init__()
        self.a = nn.Linear(3, 4 if 1 < 2 <= 2 < 3 else 5)
        self.b = nn.Linear(3, width or 7)
        self.c = nn.Linear(3, (norm and norm.size) or (width is not None and 6) or 1)
        self.d = nn.Linear(3, 2 if (1 == 1.0) and ("a" in "cat") and ([1] == [1]) and ([1] is not [1]) else 3)
        self.e = nn.Linear(3, 2 if () or {} or "" or 0.0 or [] else 8)
        self.f = nn.Linear(3, (0, 1)[True] + ([] or [5])[0] + (None is None) + (not 0))
        self.g = nn.Linear(3, 1 if (1, 2) < (1, 3) and "a" < "b" and [2] > [1, 5] else 2)
        self.h = nn.Linear(3, 1 if isinstance(True, int) and type(True) is not int and not isinstance(1.0, int) else 2)
        x = None
        self.i = nn.Linear(3, 3 if x is None else x.width)
        self.j = (act or nn.ReLU)() if not norm else norm(3)

    def forward(self, x):
        return [m(x) for m in self.children()]
