"""Texts of small attention classes for the tests."""

HEAD = "import torch\nfrom torch import nn\n\n\n"


def layers(*names):
    """The statements that make a square layer for each name."""
    return "".join(f"        self.{name} = nn.Linear(hidden_size, hidden_size)\n" for name in names)


def attention(made, parameter, *statements):
    """A class `Attention` that makes these layers, and whose `forward` takes one parameter and does these statements."""
    start = "class Attention(nn.Module):\n    def __init__(self, hidden_size):\n        super().__init__()\n"
    body = "".join(f"        {statement}\n" for statement in statements)
    return f"{start}{made}\n    def forward(self, {parameter}):\n{body}"
