# What load_state_dict answers and refuses, hooks and old versions included; parametrisations that are undone by right_inverse.
# entry: Net()
# input: f32[1,1]
import torch
import torch.fx.graph
from torch import nn
from torch.nn.utils import parametrize

SEEN = []


def tried(action):
    try:
        SEEN.append(action())
    except Exception as error:
        SEEN.append(f"{type(error).__name__} {error}")


class Counted(nn.Module):
    _version = 3

    def __init__(self):
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))
        self.register_buffer("kept", torch.zeros(2))
        self.register_buffer("passing", torch.zeros(2), persistent=False)

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, *others):
        SEEN.append((prefix, local_metadata.get("version")))
        if prefix + "old" in state_dict:
            state_dict[prefix + "kept"] = state_dict.pop(prefix + "old")
        super()._load_from_state_dict(state_dict, prefix, local_metadata, *others)


model = Counted()
state = model.state_dict()
SEEN.append(list(state))
tried(lambda: model.load_state_dict(state))
plain = {name: value for name, value in state.items() if "batches" not in name}
plain["old"] = plain.pop("kept")
tried(lambda: model.load_state_dict(plain))
tried(lambda: model.load_state_dict({"inner.0.weight": torch.zeros(3, 2), "inner.9.x": torch.zeros(1), "y": torch.zeros(1)}, strict=False))
tried(lambda: model.load_state_dict({"kept": torch.zeros(2)}, strict=False).missing_keys)
tried(lambda: nn.Linear(2, 3).load_state_dict({"weight": torch.zeros(3, 3), "b": torch.zeros(3)}))
lazy = nn.LazyLinear(4)
tried(lambda: lazy.load_state_dict(nn.Linear(5, 4).state_dict()))
SEEN.append(tuple(lazy.weight.shape))
target = nn.Linear(2, 2, bias=False)
target.load_state_dict({"weight": torch.eye(2)})
SEEN.append(target.weight.tolist())


class Doubled(nn.Module):
    def forward(self, x):
        return torch.cat([x, x], 0)

    def right_inverse(self, x):
        return x[: x.shape[0] // 2]


def take(width, height=1, *, depth):
    return width


for call in (lambda: take(), lambda: take(1), lambda: take(1, 2, 3, depth=1), lambda: take(1, depth=1, other=2), lambda: nn.Parameter(torch.zeros(2, dtype=torch.long)), lambda: setattr(model, "kept", 5)):
    tried(call)
SEEN += [torch.zeros(2, 3).shape, f"{torch.zeros(2).size()}"]
SEEN += [repr(nn.ReLU()), repr(nn.SiLU(inplace=True)), sorted(torch.fx.graph.magic_methods)[:2]]
SEEN += [repr(nn.Conv2d(1, 2, 3, padding=1, bias=False)), repr(nn.MaxPool2d(2)), repr(nn.Sequential(nn.Identity()))]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i, seen in enumerate(SEEN):
            self.add_module(f"{i}_{seen!r}".replace(".", "_"), nn.Linear(1, i + 1))
        self.halved = nn.Linear(3, 4)
        parametrize.register_parametrization(self.halved, "weight", Doubled())

    def forward(self, x):
        return x, self.halved.weight
