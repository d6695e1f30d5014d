# Names with two underscores are private to their class.
# entry: Child()
# input: f32[1,4]
import torch.nn as nn


class Base(nn.Module):
    __width = 3

    def __init__(self):
        super().__init__()
        self.__fc = nn.Linear(4, self.__width)
        self.make()

    def make(self):
        self.__make()

    def __make(self):
        self.base = nn.Linear(4, 5)

    def first(self, x):
        return self.__fc(x)


class Child(Base):
    __width = 6

    def __init__(self):
        super().__init__()
        self.__fc = nn.Linear(4, self.__width)
        self.add_module("plain", nn.Linear(4, self._Base__width))

    def __make(self):
        self.wrong = nn.Linear(1, 1)

    def forward(self, x):
        return self.first(x), self.__fc(x), self.plain(x), self._Child__fc(x), self.base(x)
