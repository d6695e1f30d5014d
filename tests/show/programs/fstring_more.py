# f-strings: self-documenting, nested quotes, dict lookups, format specs from variables, __format__ and __str__ of objects.
# entry: Net()
# input: f32[1,2]
import torch
import torch.nn as nn


class Tag:
    def __init__(self, n):
        self.n = n

    def __str__(self):
        return f"tag{self.n}"

    def __repr__(self):
        return f"Tag{self.n}"

    def __format__(self, spec):
        return f"{spec}{self.n}" if spec else str(self)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        d, t, w = {"k": 7}, Tag(3), 5
        names = [f"{d['k']}k", f"{t}", f"{t!r}", f"{t:x}", f"{w=}", f"{'a':->{w}}", f"{w:0{w}d}", f"{{}}", f"{d['k'] * 2:b}", f"{type(self).__name__}_{nn.ReLU.__name__}",
                 f"{torch.float32}".replace(".", "_"), f"{[1, 'x']}", f"{None}{True!s:>6}".replace(" ", "_"), str(t) + repr(t), "%s-%r" % (t, "q"), f"{w > 3 and 'yes'}", f"{w}" f"{t}"]
        for i, name in enumerate(names):
            self.add_module(f"{i}_" + name, nn.Linear(2, 1))

    def forward(self, x):
        return torch.cat([m(x) for m in self.children()], 1)
