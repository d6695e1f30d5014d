# ExitStack, suppress, closing, nullcontext, class context managers that swallow, decorators from contextmanager
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

from contextlib import ExitStack, suppress, nullcontext, contextmanager, closing
LOG = []

class Swallow:
    def __init__(self, *k): self.k = k
    def __enter__(self):
        LOG.append("enter")
        return self
    def __exit__(self, t, v, tb):
        LOG.append("exit" if t is None else t.__name__)
        return t is not None and issubclass(t, self.k)

@contextmanager
def note(n):
    LOG.append(n)
    yield n
    LOG.append(-n)

class Res:
    def close(self): LOG.append("closed")

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        with suppress(KeyError):
            {}["x"]
            self.bad = nn.Linear(1, 1)
        with Swallow(ValueError), Swallow():
            int("q")
        with nullcontext(5) as five:
            self.a = nn.Linear(8, five)
        with closing(Res()) as r:
            LOG.append("in")
        with note(2) as n, note(3):
            self.b = nn.Linear(8, n)
        with ExitStack() as st:
            st.enter_context(Swallow())
            st.callback(lambda: LOG.append("cb"))
        self.c = nn.Linear(8, len(LOG))
        self.d = nn.ModuleDict({f"{i}_{l}".replace("-", "m"): nn.Linear(1, 1) for i, l in enumerate(LOG)})
    @torch.no_grad()
    def forward(self, x):
        with torch.autocast("cpu", enabled=False), torch.enable_grad():
            return self.a(x), self.b(x), self.c(x)
