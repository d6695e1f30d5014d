"""torch.nn.Module: what a class of layers derives from, and what it registers."""

import keras
from keras import layers, ops

# Names that the target's layers have for themselves, of those that programs give to tensors: attributes of these names get an underscore.
TAKEN = ("weights", "trainable_weights", "variables", "losses", "loss", "metrics", "input", "inputs", "output", "outputs", "dtype", "name", "path", "layers", "optimizer")


@value("torch.nn.Module")
def module():
    return layers.Layer


@translation("torch.nn.Module")
def module_of_attributes(*args, **kwargs):
    if len(args) == 0:
        return layers.Layer()


@translation("torch.nn.Parameter")
def parameter(data=None, requires_grad=True):
    if data is not None:
        return keras.Variable(data, trainable=requires_grad)


@translation("torch.nn.parameter.Parameter")
def parameter_parameter(data=None, requires_grad=True):
    if data is not None:
        return keras.Variable(data, trainable=requires_grad)


@translation("torch.nn.Buffer")
def buffer(data=None, *, persistent=True):
    if data is not None and persistent:
        return keras.Variable(data, trainable=False)
    if data is not None:
        return data


@translation("torch.nn.Module.register_parameter")
def module_register_parameter(self, name, param):
    if name in TAKEN:
        return setattr(self, name + "_", param)
    return setattr(self, name, param)


@translation("torch.nn.Module.register_buffer")
def module_register_buffer(self, name, tensor, persistent=True):
    if name in TAKEN and (tensor is None or not persistent):
        return setattr(self, name + "_", tensor)
    if name in TAKEN:
        return setattr(self, name + "_", keras.Variable(tensor, trainable=False, name=name))
    if tensor is None or not persistent:
        return setattr(self, name, tensor)
    return setattr(self, name, keras.Variable(tensor, trainable=False, name=name))


@adapter("torch.nn.Module.register_buffer")
def register_buffer(self, name, tensor, persistent=True):
    """Keeps a tensor that is not trained, under a name that is computed, in the place of an earlier one."""
    if name in self.__dict__:
        delattr(self, name)
    setattr(self, name, tensor if tensor is None or not persistent else keras.Variable(tensor, trainable=False, name=name))


@translation("torch.nn.Module.__getattr__")
def module_getattr(self, name):
    return getattr(self, name)


@translation("torch.nn.Module.add_module")
def module_add_module(self, name, module):
    if name in TAKEN:
        return setattr(self, name + "_", module)
    return setattr(self, name, module)


@adapter("torch.nn.Module.add_module")
def add_module(self, name, module):
    """A layer as an attribute."""
    setattr(self, name, module)


@translation("torch.nn.Module.register_module")
def module_register_module(self, name, module):
    return setattr(self, name, module)


@adapter("torch.nn.Module.named_children")
def named_children(self):
    """The layers that the attributes of a layer hold, with their names; a list or dict of layers is one of them."""
    found = []
    attributes = {**vars(self), **vars(self).get("_modules", {})}  # on PyTorch, Keras has them there
    for own in ("_layers", "_modules", "_self_unconditional_dependency_names"):  # Keras keeps them there, too
        attributes.pop(own, None)
    held = attributes.pop(getattr(self, "holder", None), {})  # of a list or dict of layers that is a layer itself
    attributes = {**(held if isinstance(held, dict) else {str(i): layer for i, layer in enumerate(held)}), **attributes}
    for name, value in attributes.items():
        held = [value]
        for item in held:  # which grows by what lies in lists and dicts, however deep
            held += item.values() if isinstance(item, dict) else item if isinstance(item, list) else []
        if any(isinstance(item, layers.Layer) for item in held) and not any(value is other for _, other in found):
            found.append((name, value))
    return found


@adapter("torch.nn.Module.children")
def children(self):
    """The layers that the attributes of a layer hold; a list or dict of layers is one of them."""
    return [child for _, child in named_children(self)]


@adapter("torch.nn.Module.named_modules")
def named_modules(self, memo=None, prefix="", remove_duplicate=True):
    """A layer and all layers within it, with their names, each once."""
    memo = [] if memo is None else memo
    if any(self is other for other in memo):
        return
    memo.append(self)
    if not isinstance(self, (list, dict)):
        yield prefix, self
    items = self.items() if isinstance(self, dict) else enumerate(self) if isinstance(self, list) else named_children(self)
    for name, child in items:
        if child is not None:
            yield from named_modules(child, memo, f"{prefix}.{name}" if prefix else str(name))


@adapter("torch.nn.Module.get_submodule")
def get_submodule(self, target):
    """The layer at a dotted name within a layer."""
    for name in target.split(".") if target else []:
        if isinstance(self, dict):
            self = self[name]
        elif name.isdigit() and not hasattr(self, name):
            self = (self if isinstance(self, list) else self.layers)[int(name)]
        else:
            self = getattr(self, name)
    return self


@adapter("torch.nn.Module.modules")
def modules(self):
    """A layer and all layers within it, each once."""
    for _, module in named_modules(self):
        yield module


@adapter("torch.nn.Module.apply")
def apply(self, fn):
    """Calls a function with every layer within a layer, and with that one itself at last."""
    for child in self.values() if isinstance(self, dict) else self if isinstance(self, list) else children(self):
        apply(child, fn)
    if not isinstance(self, (list, dict)):
        fn(self)
    return self


@adapter("torch.nn.Module.parameters")
def parameters(self, recurse=True):
    """The variables that are trained, also of the layers inside; of a layer that has none yet a number of its type, so that its type may be asked for."""
    if isinstance(self, keras.Variable):
        return iter([self])
    if isinstance(self, (list, dict)):
        return iter([variable for part in (self.values() if isinstance(self, dict) else self) for variable in parameters(part)])
    return iter(self.trainable_variables or [ops.zeros((), dtype=self.compute_dtype)])


@adapter("torch.nn.Module.named_parameters")
def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
    """The variables that are trained, also of the layers inside, as far as there are any yet, with the paths that they have here."""
    return iter([(variable.path, variable) for variable in parameters(self) if isinstance(variable, keras.Variable)])


@translation("torch.nn.Module.named_parameters")
def module_named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
    if prefix == "" and recurse is True:
        return noted("parameters have other names, and layers make theirs when they are first called", named_parameters(self))


@translation("torch.nn.Module._get_name")
def module_get_name(self):
    return self.__class__.__name__


@translation("torch.nn.Module.to")
def module_to(self, *args, **kwargs):
    if len(kwargs) == 0 and len(args) == 1 and isinstance(args[0], str):
        return self
    if len(kwargs) == 0 and len(args) == 1 and str(args[0]).split(":")[0] in ("cpu", "cuda", "mps", "meta", "xpu"):
        return self
    if len(args) == 0 and len(kwargs) == 1 and "device" in kwargs:
        return self


@translation("torch.nn.DataParallel")
def data_parallel(module, device_ids=None, output_device=None, dim=0):
    return module


@dropped("torch.nn.Module.train", note="the mode is an argument of calls")
def module_train(self, mode=True):
    pass


@dropped("torch.nn.Module.eval", note="the mode is an argument of calls")
def module_eval(self):
    pass


@dropped("torch.nn.Module.cuda", note="device")
def module_cuda(self, device=None):
    pass


@dropped("torch.nn.Module.cpu", note="device")
def module_cpu(self):
    pass


@dropped("torch.nn.Module.share_memory", note="device")
def module_share_memory(self):
    pass


@dropped("torch.nn.Module.float", note="layers compute in float32")
def module_float(self):
    pass


@dropped("torch.nn.Module.requires_grad_", note="training")
def module_requires_grad(self, requires_grad=True):
    pass


@dropped("torch.nn.Module.zero_grad", note="training")
def module_zero_grad(self, set_to_none=True):
    pass


@dropped("torch.nn.Module.compile", note="compilation")
def module_compile(self, *args, **kwargs):
    pass


@dropped("torch.nn.Module.load_state_dict", note="weights are converted apart from the code")
def module_load_state_dict(self, state_dict, strict=True, assign=False):
    pass


@dropped("torch.nn.Module.register_full_backward_hook", note="training")
def module_register_full_backward_hook(self, hook, prepend=False):
    pass


@dropped("torch.nn.Module.register_full_backward_pre_hook", note="training")
def module_register_full_backward_pre_hook(self, hook, prepend=False):
    pass


@dropped("torch.nn.Module.register_backward_hook", note="training")
def module_register_backward_hook(self, hook):
    pass


@dropped("torch.nn.Module.register_state_dict_pre_hook", note="checkpoint")
def module_register_state_dict_pre_hook(self, hook):
    pass


@dropped("torch.nn.Module.register_state_dict_post_hook", note="checkpoint")
def module_register_state_dict_post_hook(self, hook):
    pass


@dropped("torch.nn.Module.register_load_state_dict_pre_hook", note="checkpoint")
def module_register_load_state_dict_pre_hook(self, hook):
    pass


@dropped("torch.nn.Module.register_load_state_dict_post_hook", note="checkpoint")
def module_register_load_state_dict_post_hook(self, hook):
    pass


@dropped("torch.nn.Module._register_state_dict_hook", note="checkpoint")
def module_register_state_dict_hook(self, hook):
    pass


@dropped("torch.nn.Module._register_load_state_dict_pre_hook", note="checkpoint")
def module_register_load_state_dict_pre_hook(self, hook, with_module=False):
    pass


@translation("torch.nn.Module.__init__")
def module_init(self, *args, **kwargs):
    return super().__init__()
