import torch

class First:
    def sound(self):
        return 1

    def open_bracket(self):
        x = [1,
        y = 2
        return x

    def also_sound(self):
        return 2

def bad header(:
    return 3

for in range(3):
    pass

print "Python 2"
exec "code" in x
try:
    pass
except A, e:
    pass
x = 0777 + 10L + 1 <> 2

def last():
    return 4
