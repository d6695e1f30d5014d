# factory_kwargs, dtype and device arguments of layers and parameters; half precision parts.
# entry: Net(dtype=torch.float64)
# input: f64[2,4]
import torch
import torch.nn as nn
from torch import Tensor


class Net(nn.Module):
    def __init__(self, device=None, dtype=None):
        factory_kwargs = {"device": device, "dtype": dtype}
        super().__init__()
        self.fc = nn.Linear(4, 3, **factory_kwargs)
        self.w = nn.Parameter(torch.empty((3, 5), **factory_kwargs))
        nn.init.xavier_uniform_(self.w)
        self.register_buffer("h", torch.ones(5, dtype=torch.float16))
        self.small = nn.Linear(5, 2).half().to(torch.bfloat16).double()

    def forward(self, x: Tensor) -> Tensor:
        device, dtype = x.device, x.dtype
        y = self.fc(x) @ self.w + self.h
        return self.small(y), y.to(torch.float32), torch.zeros(1, device=device, dtype=dtype), y.to(self.h.dtype), self.w.dtype == dtype and y
