"""Small programs that the tests of this folder rewrite."""

DROPOUT = "self.drop = nn.Dropout(rate)\nself.norm = nn.LayerNorm(width, eps=1e-6)"
HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n\n"


def module(body, init="pass"):
    """A file with one module; `body` and `init` are the lines of forward and of the constructor."""
    lines = [*HEAD.splitlines(), "class Net(nn.Module):", "    def __init__(self, width, rate=0.1):", "        super().__init__()"]
    lines += [" " * 8 + line for line in init.splitlines()]
    lines += ["", "    def forward(self, x, y):"]
    return "\n".join(lines + [" " * 8 + line for line in body.splitlines()]) + "\n"
