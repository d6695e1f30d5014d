# state_dict overrides, extra state, _save_to_state_dict, load hooks
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(2))
    def get_extra_state(self):
        return {"v": 1}
    def set_extra_state(self, s):
        pass

class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        self.h = nn.Linear(2, 2)
        self._register_state_dict_hook(self._rename)
    @staticmethod
    def _rename(module, state, prefix, meta):
        for k in list(state):
            if k.startswith(prefix + "h."):
                state[prefix + "renamed." + k[len(prefix) + 2:]] = state.pop(k)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.p = Part()
        self.q = Hidden()
        self.l = nn.Linear(8, 2)
    def forward(self, x):
        return self.q.h(self.l(x))
