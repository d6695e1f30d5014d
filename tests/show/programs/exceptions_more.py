# else and finally order, nested raise from, finally overriding return, except groups of types, try ImportError, StopIteration
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

LOG = []
try:
    import no_such_package_xyz as nsp
    HAS = True
except ImportError:
    nsp = None
    HAS = False

def order(bad):
    try:
        LOG.append("t")
        if bad:
            raise KeyError("k")
    except (ValueError, KeyError) as e:
        LOG.append(str(e))
        return 1
    else:
        LOG.append("e")
        return 2
    finally:
        LOG.append("f")

def override():
    try:
        return 5
    finally:
        return 6

def loop():
    n = 0
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
        finally:
            n += 10
    return n

class Err(Exception):
    def __init__(self, code, *a):
        super().__init__(*a)
        self.code = code

def chained():
    try:
        try:
            {}["a"]
        except KeyError as k:
            raise Err(4, "bad") from k
    except Err as e:
        return e.code + len(e.args) + isinstance(e.__cause__, KeyError)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, order(True) + order(False) + len(LOG))
        self.b = nn.Linear(8, override())
        self.c = nn.Linear(8, loop())
        self.d = nn.Linear(8, chained())
        it = iter([1])
        next(it)
        try:
            next(it)
        except StopIteration:
            self.e = nn.Linear(8, 3)
        self.f = nn.Linear(8, next(it, 4), bias=HAS)
        try:
            self.g = nn.Linear(8, int("x"))
        except ValueError:
            self.g = nn.Linear(8, int("0x10", 16))
        try:
            self.missing
        except AttributeError:
            self.h = nn.Linear(8, hasattr(self, "missing") + 1)
        try:
            [].pop()
        except LookupError:
            self.i = nn.Identity()
        assert isinstance(self.i, nn.Module), "no"
    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), self.d(x), self.f(x), self.g(x)
