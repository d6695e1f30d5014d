import torch
from torch import _Mode, get_rng_state, initial_seed, manual_seed, seed, set_rng_state


def fork_rng(devices=None, enabled=True, _caller="fork_rng", _devices_kw="devices", device_type="cuda"):
    return _Mode()


default_generator = torch.default_generator
