from torch import nn


class FusedQKV(nn.Module):
    """Query, key and value of shape (..., heads, size); rows of the weight are ordered (head, size, which of the three)."""

    def __init__(self, hidden_size, num_heads, world_size):
        super().__init__()
        self.shape = (num_heads // world_size, hidden_size // num_heads, 3)
        self.fused_linear = nn.Linear(hidden_size, 3 * hidden_size)

    def forward(self, x):
        return [part.contiguous() for part in self.fused_linear(x).unflatten(-1, self.shape).unbind(-1)]
