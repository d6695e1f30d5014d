"""Containers: modules that hold modules or parameters."""
from __future__ import annotations

from collections import OrderedDict

from _nw import Parameter, container, is_tensor
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["Container", "Sequential", "ModuleList", "ModuleDict", "ParameterList", "ParameterDict"]


def _without_numbers(names):
    return [name for name in names if not name.isdigit()]


def _position(index, size):
    if isinstance(index, (str, float)) or index is None:
        raise TypeError("an index must be an integer")
    index = int(index)
    if not -size <= index < size:
        raise IndexError("index " + str(index) + " is out of range")
    return index + size if index < 0 else index


def _delete(module, names):
    """Deletes children by name and numbers the rest afresh."""
    for name in names:
        delattr(module, name)
    rest = list(module._modules.values())
    module._modules = OrderedDict()
    for i, child in enumerate(rest):
        module._modules[str(i)] = child


def _insert(module, index, child):
    for i in range(len(module._modules), index, -1):
        module._modules[str(i)] = module._modules[str(i - 1)]
    module._modules[str(index)] = child


def _pairs(source, what):
    """The (key, value) pairs of a mapping or of a sequence of pairs."""
    if hasattr(source, "items"):
        return list(source.items())
    if not hasattr(source, "__iter__"):
        raise TypeError(what + ".update should be called with an iterable of key/value pairs, but got "
                        + type(source).__name__)
    pairs = []
    for item in source:
        if not hasattr(item, "__iter__"):
            raise TypeError(what + " update sequence elements should be Iterable")
        if len(item) != 2:
            raise ValueError(what + " update sequence elements must have length 2")
        pairs.append((item[0], item[1]))
    return pairs


class Container(Module):
    def __init__(self, **kwargs):
        super().__init__()
        for key, value in kwargs.items():
            self.add_module(key, value)


@container
class Sequential(Module):
    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], OrderedDict):
            for key, module in args[0].items():
                self.add_module(key, module)
        else:
            for i, module in enumerate(args):
                self.add_module(str(i), module)

    def forward(self, input):
        for module in self:
            input = module(input)
        return input

    def __iter__(self):
        return iter(self._modules.values())

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return self.__class__(OrderedDict(list(self._modules.items())[idx]))
        return list(self._modules.values())[_position(idx, len(self))]

    def __setitem__(self, idx, module):
        setattr(self, list(self._modules)[_position(idx, len(self))], module)

    def __delitem__(self, idx):
        names = list(self._modules)
        _delete(self, names[idx] if isinstance(idx, slice) else [names[_position(idx, len(self))]])

    def pop(self, key):
        taken = self[key]
        del self[key]
        return taken

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def insert(self, index, module):
        if not isinstance(module, Module):
            raise AssertionError("module should be of type: Module")
        size = len(self._modules)
        if not -size <= index <= size:
            raise IndexError("Index out of range: " + str(index))
        _insert(self, index + size if index < 0 else index, module)
        return self

    def extend(self, sequential):
        for module in sequential:
            self.append(module)
        return self

    def __add__(self, other):
        if not isinstance(other, Sequential):
            raise ValueError("add operator supports only objects of Sequential class")
        both = Sequential()
        for module in self:
            both.append(module)
        for module in other:
            both.append(module)
        return both

    def __iadd__(self, other):
        if not isinstance(other, Sequential):
            raise ValueError("add operator supports only objects of Sequential class")
        offset = len(self)
        for i, module in enumerate(list(other)):
            self.add_module(str(i + offset), module)
        return self

    def _check_factor(self, other):
        if not isinstance(other, int):
            raise TypeError("unsupported operand type(s) for *")
        if other <= 0:
            raise ValueError("Non-positive multiplication factor " + str(other))

    def __mul__(self, other):
        self._check_factor(other)
        many = Sequential()
        for _ in range(other):
            for module in self:
                many.append(module)
        return many

    def __rmul__(self, other):
        return self.__mul__(other)

    def __imul__(self, other):
        self._check_factor(other)
        own = list(self)
        for _ in range(other - 1):
            for module in own:
                self.append(module)
        return self

    def __dir__(self):
        return _without_numbers(super().__dir__())


@container
class ModuleList(Module):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def _get_abs_string_index(self, idx):
        return str(_position(idx, len(self)))

    def __iter__(self):
        return iter(self._modules.values())

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return self.__class__(list(self._modules.values())[idx])
        return self._modules[self._get_abs_string_index(idx)]

    def __setitem__(self, idx, module):
        setattr(self, self._get_abs_string_index(idx), module)

    def __delitem__(self, idx):
        names = list(self._modules)
        _delete(self, names[idx] if isinstance(idx, slice) else [self._get_abs_string_index(idx)])

    def pop(self, key):
        taken = self[key]
        del self[key]
        return taken

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def insert(self, index, module):
        _insert(self, index, module)

    def extend(self, modules):
        if not hasattr(modules, "__iter__"):
            raise TypeError("ModuleList.extend should be called with an iterable, but got " + type(modules).__name__)
        offset = len(self)
        for i, module in enumerate(modules):
            self.add_module(str(offset + i), module)
        return self

    def __add__(self, other):
        both = ModuleList()
        for module in self:
            both.append(module)
        for module in other:
            both.append(module)
        return both

    def __iadd__(self, modules):
        return self.extend(modules)

    def __dir__(self):
        return _without_numbers(super().__dir__())


@container
class ModuleDict(Module):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key):
        return self._modules[key]

    def __setitem__(self, key, module):
        self.add_module(key, module)

    def __delitem__(self, key):
        del self._modules[key]

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules)

    def __contains__(self, key):
        return key in self._modules

    def clear(self):
        self._modules.clear()

    def pop(self, key):
        taken = self[key]
        del self[key]
        return taken

    def keys(self):
        return self._modules.keys()

    def items(self):
        return self._modules.items()

    def values(self):
        return self._modules.values()

    def update(self, modules):
        for key, module in _pairs(modules, "ModuleDict"):
            self[key] = module


def _as_parameter(value):
    if is_tensor(value) and not isinstance(value, Parameter):
        return Parameter(value)
    return value


class ParameterList(Module):
    def __init__(self, values=None):
        super().__init__()
        self._size = 0
        if values is not None:
            self.extend(values)

    def _get_abs_string_index(self, idx):
        return str(_position(idx, len(self)))

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            part = self.__class__()
            for i in list(range(len(self)))[idx]:
                part.append(self[i])
            return part
        return getattr(self, self._get_abs_string_index(idx))

    def __setitem__(self, idx, param):
        setattr(self, self._get_abs_string_index(idx), _as_parameter(param))

    def __len__(self):
        return self._size

    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    def __iadd__(self, parameters):
        return self.extend(parameters)

    def __dir__(self):
        return _without_numbers(super().__dir__())

    def append(self, value):
        self._size += 1
        self[self._size - 1] = value
        return self

    def extend(self, values):
        if is_tensor(values) or not hasattr(values, "__iter__"):
            raise TypeError("ParameterList.extend should be called with an iterable, but got " + type(values).__name__)
        for value in values:
            self.append(value)
        return self

    def __call__(self, *args, **kwargs):
        raise RuntimeError("ParameterList should not be called.")


class ParameterDict(Module):
    def __init__(self, parameters=None):
        super().__init__()
        self._keys = {}
        if parameters is not None:
            self.update(parameters)

    def _key_to_attr(self, key):
        if not isinstance(key, str):
            raise TypeError("Index given to ParameterDict cannot be used as a key as it is not a string")
        return key

    def __getitem__(self, key):
        return getattr(self, self._key_to_attr(key))

    def __setitem__(self, key, value):
        self._keys[key] = None
        setattr(self, self._key_to_attr(key), _as_parameter(value))

    def __delitem__(self, key):
        del self._keys[key]
        delattr(self, self._key_to_attr(key))

    def __len__(self):
        return len(self._keys)

    def __iter__(self):
        return iter(self._keys)

    def __reversed__(self):
        return iter(list(self._keys)[::-1])

    def __contains__(self, key):
        return key in self._keys

    def copy(self):
        return ParameterDict(OrderedDict([(key, self[key]) for key in self._keys]))

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def clear(self):
        for key in list(self._keys):
            del self[key]

    def pop(self, key):
        taken = self[key]
        del self[key]
        return taken

    def popitem(self):
        key = list(self._keys)[-1]
        return key, self.pop(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def fromkeys(self, keys, default=None):
        return ParameterDict([(key, default) for key in keys])

    def keys(self):
        return self._keys.keys()

    def items(self):
        return iter([(key, self[key]) for key in self._keys])

    def values(self):
        return iter([self[key] for key in self._keys])

    def update(self, parameters):
        pairs = _pairs(parameters, "ParameterDict")
        if isinstance(parameters, dict) and not isinstance(parameters, OrderedDict):
            pairs = sorted(pairs, key=lambda pair: pair[0])
        for key, value in pairs:
            self[key] = value

    def __or__(self, other):
        both = self.copy()
        both.update(other)
        return both

    def __ror__(self, other):
        both = other.copy()
        both.update(self)
        return both

    def __ior__(self, other):
        self.update(other)
        return self

    def __call__(self, input):
        raise RuntimeError("ParameterDict should not be called.")
