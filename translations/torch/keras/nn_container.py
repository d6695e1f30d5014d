"""Containers of modules and parameters.

keras.Sequential is not used: it traces its layers with symbolic tensors and fails where one gives back its argument (an empty
Sequential, stochastic depth in evaluation) or stands twice, and it cannot be empty, sliced or appended to afterwards.
"""

from keras import layers


@adapter("torch.nn.Sequential")
class Sequential(layers.Layer):
    """Layers called one after the other; they are numbered or named, and can be indexed, sliced and changed like a list."""

    def __init__(self, *args):
        super().__init__()
        self.names = []
        if len(args) == 1 and isinstance(args[0], dict):
            for name, layer in args[0].items():
                self.add_module(name, layer)
        else:
            self.extend(args)

    def add_module(self, name, module):
        if name not in self.names:
            self.names = [*self.names, name]
        setattr(self, name, module)

    def call(self, input):
        for layer in self:
            input = layer(input)
        return input

    def __iter__(self):
        return iter([getattr(self, name) for name in self.names])

    def __len__(self):
        return len(self.names)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return self.__class__({name: getattr(self, name) for name in self.names[idx]})
        return getattr(self, self.names[idx])

    def __setitem__(self, idx, module):
        setattr(self, self.names[idx], module)

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def extend(self, sequential):
        for module in sequential:
            self.append(module)
        return self


@translation("torch.nn.ModuleList")
def module_list(modules=None):
    if modules is None:
        return []
    return list(modules)


@translation("torch.nn.ModuleDict")
def module_dict(modules=None):
    if modules is None:
        return {}
    return dict(modules)


@translation("torch.nn.ParameterList")
def parameter_list(values=None):
    if values is None:
        return []
    return list(values)


@translation("torch.nn.ParameterDict")
def parameter_dict(parameters=None):
    if parameters is None:
        return {}
    return dict(parameters)
