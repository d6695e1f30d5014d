# Names of a class body are not seen by its methods and nested comprehensions, globals are.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn

width = 5


class Net(nn.Module):
    width = 7
    doubled = width * 2
    sizes = [n for n in range(width)]

    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, width)
        self.b = nn.Linear(4, self.width)
        self.c = nn.Linear(4, self.doubled + len(self.sizes))

        class Inner(nn.Module):
            inner_width = width + 1

            def __init__(inner):
                super().__init__()
                inner.fc = nn.Linear(4, inner.inner_width)
                inner.outer = [self.width]

            def forward(inner, x):
                return inner.fc(x)[..., : inner.outer[0]]

        self.d = Inner()

    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), self.d(x)
