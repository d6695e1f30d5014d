"""Dropout in a child: counted, and switched off where both sides have to be equal though they draw other random numbers."""

import os
import sys

import torch

from . import entry

TORCH_FOLDER = os.path.dirname(torch.__file__)
DROPOUTS = ("dropout", "alpha_dropout", "dropout1d", "dropout2d", "dropout3d", "feature_alpha_dropout")


class Dropout:
    def __init__(self):
        self.off = False
        self.rates, self.lines, self.handles = [], [], []
        functional = torch.nn.functional
        plain = {name: getattr(functional, name) for name in (*DROPOUTS, "scaled_dot_product_attention")}
        for name in DROPOUTS:
            setattr(functional, name, self.wrap(getattr(functional, name)))
        torch.dropout = self.wrap_native(torch.dropout)
        attention = functional.scaled_dot_product_attention

        def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, *rest, **more):
            self.note(dropout_p, True)
            return attention(query, key, value, attn_mask, 0.0 if self.off else dropout_p, *rest, **more)

        functional.scaled_dot_product_attention = scaled_dot_product_attention
        rebind({name: (plain[name], getattr(functional, name)) for name in plain})

    def clear(self):
        self.rates.clear()
        self.lines.clear()

    def note(self, rate, training):
        if training and rate:
            self.rates.append(float(rate))
            self.lines.append(entry.calling_line([TORCH_FOLDER]))

    def wrap(self, function):
        default = 0.5

        def dropout(input, p=default, training=True, inplace=False):
            self.note(p, training)
            return input if self.off else function(input, p, training, inplace)

        return dropout

    def wrap_native(self, function):
        def dropout(input, p, train):
            self.note(p, train)
            return input if self.off else function(input, p, train)

        return dropout

    def switch(self, model, off):
        """Off or on again, also in the layers that hand their rate to native code; their calls count as long as they are off."""
        self.off = off
        for handle in self.handles:
            handle.remove()
        self.handles.clear()
        for module in model.modules():
            if isinstance(module, (torch.nn.RNNBase, torch.nn.MultiheadAttention)):
                if off and module.dropout:
                    module._netwright_dropout, module.dropout = module.dropout, 0.0
                    if getattr(module, "num_layers", 2) > 1:  # one recurrent layer drops nothing
                        self.handles.append(module.register_forward_pre_hook(self.note_call))
                elif not off and hasattr(module, "_netwright_dropout"):
                    module.dropout = module._netwright_dropout

    def note_call(self, module, _):
        self.note(module._netwright_dropout, module.training)


def rebind(functions):
    """Modules that are loaded and have taken one of these functions by its name get the other: {name: (old, new)}."""
    for module in list(sys.modules.values()):
        space = getattr(module, "__dict__", None)
        for name, (old, new) in functions.items() if type(space) is dict else ():
            if space.get(name) is old:
                space[name] = new
