# Module-level code: loops, conditionals, a table filled by functions and classes made in a loop.
# entry: models["net_8"](out=3)
# input: f32[1,4]
"""Documented: {defaults}"""
import sys

import torch.nn as nn

models = {}
if sys.version_info >= (3, 6):
    Act = nn.SiLU
else:
    Act = nn.ReLU

for width in (4, 8):
    def factory(out, width=width):
        return nn.Sequential(nn.Linear(4, width), Act(), nn.Linear(width, out))

    models[f"net_{width}"] = factory
else:
    models["last"] = factory

__all__ = sorted(models)
assert len(__all__) == 3, __all__
assert __doc__.format(defaults=len(models)) == "Documented: 3"
