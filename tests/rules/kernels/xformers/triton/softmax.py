import torch


def softmax(x, mask=None, causal=False):
    """Softmax over the last axis."""
    assert mask is None and not causal, "no rule writes these"
    return torch.softmax(x, -1)
