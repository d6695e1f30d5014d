# try/except/else/finally: which branch runs decides the layers; exceptions from dict, attribute and own classes.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn


class TooWide(Exception):
    def __init__(self, width):
        super().__init__(f"{width} is too wide")
        self.width = width


def checked(width):
    if width > 8:
        raise TooWide(width)
    return width


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.log = []
        for name, width in (("a", 4), ("b", 16)):
            try:
                w = checked(width)
            except TooWide as error:
                w = error.width // 4
                self.log.append(name)
            else:
                w += 1
            finally:
                self.log.append("done")
            setattr(self, name, nn.Linear(4, w))
        try:
            self.c = {"x": 1}["y"]
        except (KeyError, IndexError):
            self.c = nn.Linear(4, len(self.log))
        try:
            value = self.nothing
        except AttributeError:
            value = 6
        self.d = nn.Linear(4, value)
        self.e = nn.Linear(4, self.early())

    def early(self):
        try:
            return 2
        finally:
            self.log.append("early")

    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), self.d(x), self.e(x)
