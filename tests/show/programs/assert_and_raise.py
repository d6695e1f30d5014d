# Assertions that hold, raise in branches that are not taken, warnings and logging that have no effect.
# entry: Net(8, 2)
# input: f32[1,8]
import logging
import warnings

import torch.nn as nn

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)
handler = logging.StreamHandler()
handler.set_name("quiet")


class Net(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        if dim % heads != 0:
            raise ValueError(f"dim {dim} must be divisible by {heads}")
        assert isinstance(dim, int) and dim > 0, "positive"
        if dim > 4:
            warnings.warn("wide", UserWarning, stacklevel=2)
            logger.warning("dim %d", dim)
        print("building", dim, sep=": ", end="\n")
        self.fc = nn.Linear(dim, dim // heads)
        self.n = sum(p.numel() for p in self.parameters() if p.requires_grad)
        logger.info(f"parameters: {self.n / 1e6:.2f}M")

    def forward(self, x):
        try:
            assert x.shape[-1] == 9
        except AssertionError as e:
            x = x + len(e.args)
        if not x.is_contiguous():
            raise RuntimeError
        return self.fc(x)
