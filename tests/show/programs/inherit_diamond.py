# A diamond of classes with cooperative super(): the method resolution order decides the order of registration.
# entry: D()
# input: f32[1,4]
import torch.nn as nn


class A(nn.Module):
    def __init__(self, **kw):
        super().__init__()
        self.a = nn.Linear(kw.get("width", 4), 4)

    def forward(self, x):
        return self.a(x)


class B(A):
    def __init__(self, b=5, **kw):
        super().__init__(**kw)
        self.b = nn.Linear(4, b)

    def forward(self, x):
        return self.b(super().forward(x))


class C(A):
    def __init__(self, c=6, **kw):
        super().__init__(**kw)
        self.c = nn.Linear(4, 4, bias=False)
        self.width = c

    def forward(self, x):
        return self.c(super().forward(x)) * self.width


class D(B, C):
    def __init__(self):
        super().__init__(b=7, c=9)
        self.d = nn.Linear(7, self.width)

    def forward(self, x):
        return self.d(super().forward(x))
