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
        if name in ("build", "call", "dtype", "input", "losses", "metrics", "name", "output", "path", "variables", "weights"):  # Keras has it for itself
            name += "_"
        if name not in self.names:
            self.names = [*self.names, name]
        setattr(self, name, module)

    def __setattr__(self, name, value):
        if isinstance(value, layers.Layer) and name not in self.names:
            self.names = [*self.names, name]
        super().__setattr__(name, value)

    def __delattr__(self, name):
        self.names = [other for other in self.names if other != name]
        super().__delattr__(name)

    def __dir__(self):  # where weights are saved and loaded from; PyTorch's modules leave numbers out
        return {*super().__dir__(), *self.names}

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

    def __delitem__(self, idx):
        removed = self.names[idx] if isinstance(idx, slice) else [self.names[idx]]
        kept = [getattr(self, name) for name in self.names if name not in removed]
        for name in self.names:
            delattr(self, name)
        self.names = []
        self.extend(kept)  # numbered anew

    def pop(self, key):
        module = self[key]
        del self[key]
        return module

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def insert(self, index, module):
        following = list(self)[index:]
        del self[len(self) - len(following):]
        return self.append(module).extend(following)

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


@attribute("torch.nn.Sequential._modules")
def sequential_modules(self):
    return dict(zip(self.names, self))


@attribute("torch.nn.Module._modules")
def module_modules(self):
    return children_by_name(self)


@adapter("helper.children_by_name")
def children_by_name(module):
    """The layers among the attributes of a layer, by name, in the order in which they were assigned."""
    attributes = {**vars(module), **vars(module).get("_modules", {})}  # on PyTorch, Keras has them there
    return {name: value for name, value in attributes.items() if isinstance(value, layers.Layer)}


@adapter("torch.nn.ModuleList")
class ModuleList(layers.Layer):
    """A list of layers that is a layer itself."""

    holder = "items"  # the attribute that holds them

    def __init__(self, modules=None):
        super().__init__()
        self.items = list(modules or [])

    def __setattr__(self, name, value):
        super().__setattr__(name, value)
        if isinstance(value, layers.Layer):
            self.items.append(value)

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        return self.__class__(self.items[idx]) if isinstance(idx, slice) else self.items[idx]

    def __setitem__(self, idx, module):
        self.items[idx] = module

    def append(self, module):
        self.items.append(module)
        return self

    def extend(self, modules):
        self.items.extend(modules)
        return self

    def __iadd__(self, modules):
        return self.extend(modules)

    def __add__(self, other):
        return self.__class__([*self.items, *other])

    def insert(self, index, module):
        self.items.insert(index, module)

    def pop(self, key):
        return self.items.pop(key)

    def __delitem__(self, idx):
        del self.items[idx]


@adapter("torch.nn.ModuleDict")
class ModuleDict(layers.Layer):
    """A dictionary of layers that is a layer itself."""

    holder = "entries"  # the attribute that holds them

    def __init__(self, modules=None):
        super().__init__()
        self.entries = {}
        self.update(modules or {})

    def update(self, modules):
        for name, module in modules.items() if hasattr(modules, "items") else modules:
            self.entries[name] = module

    def add_module(self, name, module):
        self.entries[name] = module

    def __getattr__(self, name):
        entries = self.__dict__.get("entries", {})
        if name in entries:
            return entries[name]
        parent = getattr(super(), "__getattr__", None)  # Keras has one where PyTorch is its backend
        if parent is None:
            raise AttributeError(name)
        return parent(name)

    def __getitem__(self, key):
        return self.entries[key]

    def __setitem__(self, key, module):
        self.entries[key] = module

    def __contains__(self, key):
        return key in self.entries

    def __iter__(self):
        return iter(self.entries)

    def __len__(self):
        return len(self.entries)

    def pop(self, key):
        return self.entries.pop(key)

    def clear(self):
        self.entries.clear()

    def __delitem__(self, key):
        del self.entries[key]

    def keys(self):
        return self.entries.keys()

    def values(self):
        return self.entries.values()

    def items(self):
        return self.entries.items()


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
