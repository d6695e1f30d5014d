"""torch.nn.Module: registration, traversal, state and hooks, as the framework does them."""
from __future__ import annotations

from collections import OrderedDict, namedtuple

from _nw import Buffer, DType, Parameter, UninitializedBuffer, UninitializedParameter, any_parameters, is_free_name, is_leaf, is_tensor, known, module_begin, module_delattr, module_getattr, module_setattr, modules_below, postponed, runs_all, set_mode, tensor, unknown
from torch.utils.hooks import RemovableHandle

__public__ = "torch.nn"
__all__ = ["Module", "register_module_forward_hook", "register_module_forward_pre_hook"]

_global_forward_pre_hooks = OrderedDict()
_global_forward_hooks = OrderedDict()


def register_module_forward_pre_hook(hook) -> Any:
    handle = RemovableHandle(_global_forward_pre_hooks)
    _global_forward_pre_hooks[handle.id] = hook
    return handle


def register_module_forward_hook(hook, *, with_kwargs=False, always_call=False) -> Any:
    handle = RemovableHandle(_global_forward_hooks)
    _global_forward_hooks[handle.id] = hook
    return handle


class _IncompatibleKeys(namedtuple("IncompatibleKeys", ["missing_keys", "unexpected_keys"])):
    def __repr__(self):
        return "<All keys matched successfully>" if not self.missing_keys and not self.unexpected_keys else super().__repr__()

    __str__ = __repr__


def _load_below(module, state_dict, prefix, has_versions, missing, unexpected, errors):
    metadata = {"version": module._version} if has_versions else {}
    module._load_from_state_dict(state_dict, prefix, metadata, True, missing, unexpected, errors)
    for name, child in module._modules.items():
        if child is not None:
            below = prefix + name + "."
            _load_below(child, {key: value for key, value in state_dict.items() if key.startswith(below)}, below, has_versions, missing, unexpected, errors)
    for hook in module._load_state_dict_post_hooks.values():
        hook(module, _IncompatibleKeys(missing, unexpected))


def _type_name(value):
    return type(value).__name__


class Module:
    dump_patches = False
    _version = 1
    call_super_init = False
    _compiled_call_impl = None

    def __init__(self, *args, **kwargs):
        if not self.call_super_init:
            if kwargs:
                raise TypeError(_type_name(self) + ".__init__() got an unexpected keyword argument")
            if args:
                raise TypeError(_type_name(self) + ".__init__() takes 1 positional argument but more were given")
        module_begin(self.__dict__)
        if self.call_super_init:
            super().__init__(*args, **kwargs)

    def forward(self, *input):
        raise NotImplementedError("Module [" + _type_name(self) + "] is missing the required \"forward\" function")

    # ------------------------------------------------------------ attributes

    def __setattr__(self, name, value):
        module_setattr(self, name, value)

    def __getattr__(self, name):
        return module_getattr(self, name)

    def __delattr__(self, name):
        module_delattr(self, name)

    def __dir__(self):
        names = dir(type(self)) + list(self.__dict__) + list(self._parameters) + list(self._modules)
        names = names + list(self._buffers)
        return sorted([name for name in names if not name[0].isdigit()])

    def __getstate__(self):
        return dict(self.__dict__)

    def __setstate__(self, state):
        self.__dict__.update(state)

    def _refuse_name(self, what, name, registry):
        if registry not in self.__dict__:
            raise AttributeError("cannot assign " + what + " before Module.__init__() call")
        if not isinstance(name, str):
            raise TypeError(what + " name should be a string. Got " + _type_name(name))
        if "." in name:
            raise KeyError(what + " name can't contain \".\"" + (", got: " + name if what == "module" else ""))
        if name == "":
            raise KeyError(what + " name can't be empty string \"\"")
        if hasattr(self, name) and name not in self.__dict__[registry]:
            raise KeyError("attribute '" + name + "' already exists")

    def register_buffer(self, name, tensor, persistent=True):
        if not is_free_name(self, name, "_buffers"):
            self._refuse_name("buffer", name, "_buffers")
        if tensor is not None and not is_tensor(tensor):
            raise TypeError("cannot assign '" + _type_name(tensor) + "' object to buffer '" + name + "' (torch Tensor or None required)")
        self._buffers[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def register_parameter(self, name, param):
        if not is_free_name(self, name, "_parameters"):
            self._refuse_name("parameter", name, "_parameters")
        if param is not None and not isinstance(param, Parameter):
            raise TypeError("cannot assign '" + _type_name(param) + "' object to parameter '" + name + "' (torch.nn.Parameter or None required)")
        self._parameters[name] = param

    def add_module(self, name, module):
        if module is not None and not isinstance(module, Module):
            raise TypeError(_type_name(module) + " is not a Module subclass")
        if not is_free_name(self, name, "_modules"):
            self._refuse_name("module", name, "_modules")
        self._modules[name] = module

    def register_module(self, name, module):
        self.add_module(name, module)

    # ------------------------------------------------------------ looking up

    def get_submodule(self, target):
        module = self
        if target == "":
            return module
        for item in target.split("."):
            if not hasattr(module, item):
                raise AttributeError(module._get_name() + " has no attribute `" + item + "`")
            module = getattr(module, item)
            if not isinstance(module, Module):
                raise AttributeError("`" + item + "` is not an nn.Module")
        return module

    def set_submodule(self, target, module, strict=False):
        if target == "":
            raise ValueError("Cannot set the submodule without a target name!")
        path, _, name = target.rpartition(".")
        if strict and path == "" and not hasattr(self, name):
            raise AttributeError(self._get_name() + " has no attribute `" + name + "`")
        if not isinstance(module, Module):
            raise ValueError("`module` is not an nn.Module")
        parent = self.get_submodule(path)
        if strict and not hasattr(parent, name):
            raise AttributeError(parent._get_name() + " has no attribute `" + name + "`")
        setattr(parent, name, module)

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        if not hasattr(module, name):
            raise AttributeError(module._get_name() + " has no attribute `" + name + "`")
        found = getattr(module, name)
        if not isinstance(found, Parameter):
            raise AttributeError("`" + name + "` is not an nn.Parameter")
        return found

    def get_buffer(self, target):
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        if not hasattr(module, name):
            raise AttributeError(module._get_name() + " has no attribute `" + name + "`")
        if name not in module._buffers:
            raise AttributeError("`" + name + "` is not a buffer")
        return module._buffers[name]

    def get_extra_state(self):
        raise RuntimeError("Reached a code path in Module.get_extra_state() that should never be called.")

    def set_extra_state(self, state):
        raise RuntimeError("Reached a code path in Module.set_extra_state() that should never be called.")

    # ------------------------------------------------------------ traversal

    def _named_members(self, get_members_fn, prefix="", recurse=True, remove_duplicate=True):
        memo = set()
        if recurse:
            modules = self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate)
        else:
            modules = [(prefix, self)]
        for module_prefix, module in modules:
            for name, member in get_members_fn(module):
                if member is None or member in memo:
                    continue
                if remove_duplicate:
                    memo.add(member)
                if module_prefix:
                    name = module_prefix + "." + name
                yield name, member

    def parameters(self, recurse=True):
        some = any_parameters(self)
        return self._each_parameter(recurse) if some is None else some

    def _each_parameter(self, recurse):
        for name, param in self.named_parameters(recurse=recurse):
            yield param

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named_members(lambda module: module._parameters.items(), prefix, recurse, remove_duplicate)

    def buffers(self, recurse=True):
        for name, buffer in self.named_buffers(recurse=recurse):
            yield buffer

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named_members(lambda module: module._buffers.items(), prefix, recurse, remove_duplicate)

    def children(self):
        for name, module in self.named_children():
            yield module

    def named_children(self):
        memo = set()
        for name, module in self._modules.items():
            if module is not None and module not in memo:
                memo.add(module)
                yield name, module

    def modules(self, remove_duplicate=True):
        for name, module in self.named_modules(remove_duplicate=remove_duplicate):
            yield module

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        if memo is None:
            below = modules_below(self, prefix, remove_duplicate)
            if below is not None:
                yield from below
                return
            memo = set()
        if self not in memo:
            if remove_duplicate:
                memo.add(self)
            yield prefix, self
            for name, module in self._modules.items():
                if module is None:
                    continue
                if prefix:
                    name = prefix + "." + name
                if is_leaf(module):
                    if module not in memo:
                        if remove_duplicate:
                            memo.add(module)
                        yield name, module
                    continue
                yield from module.named_modules(memo, name, remove_duplicate)

    # ------------------------------------------------------------ state

    def _save_to_state_dict(self, destination, prefix, keep_vars):
        for name, param in self._parameters.items():
            if param is not None:
                destination[prefix + name] = param
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent_buffers_set:
                destination[prefix + name] = buffer
        if type(self).get_extra_state is not Module.get_extra_state:
            destination[prefix + "_extra_state"] = self.get_extra_state()

    def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
        if args:
            if destination is None:
                destination = args[0]
            if len(args) > 1 and prefix == "":
                prefix = args[1]
            if len(args) > 2 and not keep_vars:
                keep_vars = args[2]
        if destination is None:
            destination = OrderedDict()
            destination._metadata = OrderedDict()
        for hook in self._state_dict_pre_hooks.values():
            hook(self, prefix, keep_vars)
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=destination, prefix=prefix + name + ".", keep_vars=keep_vars)
        for hook in self._state_dict_hooks.values():
            changed = hook(self, destination, prefix, {"version": self._version})
            if changed is not None:
                destination = changed
        return destination

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys,
                              error_msgs):
        for hook in self._load_state_dict_pre_hooks.values():
            hook(state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)
        own = {name: buffer for name, buffer in self._buffers.items() if name not in self._non_persistent_buffers_set}
        own = {name: value for name, value in [*self._parameters.items(), *own.items()] if value is not None}
        for name, value in own.items():
            if prefix + name not in state_dict:
                missing_keys.append(prefix + name)
            elif is_tensor(state_dict[prefix + name]):
                self._load_one(name, value, state_dict[prefix + name], prefix, error_msgs)
        extra = prefix + "_extra_state"
        if type(self).set_extra_state is not Module.set_extra_state:
            if extra in state_dict:
                self.set_extra_state(state_dict[extra])
            else:
                missing_keys.append(extra)
        for key in state_dict:
            first, _, rest = key[len(prefix):].partition(".")
            if key.startswith(prefix) and key != extra and (first not in self._modules if rest else first not in own):
                unexpected_keys.append(key)

    def _load_one(self, name, value, given, prefix, error_msgs):
        if isinstance(value, (UninitializedParameter, UninitializedBuffer)):
            value.materialize(given.shape)
        if value.shape == () and given.ndim == 1:
            given = given[0]
        if tuple(value.shape) != tuple(given.shape):
            error_msgs.append("size mismatch for " + prefix + name + ": copying a param with shape " + str(given.shape)
                              + " from checkpoint, the shape in current model is " + str(value.shape) + ".")
        else:
            value.copy_(given)

    def load_state_dict(self, state_dict, strict=True, assign=False):
        """What a file holds fits the model."""
        if not runs_all() or not known(state_dict) or not known(len(state_dict)):
            return _IncompatibleKeys([], [])
        missing, unexpected, errors = [], [], []
        _load_below(self, dict(state_dict), "", hasattr(state_dict, "_metadata"), missing, unexpected, errors)
        if strict and unexpected:
            errors.insert(0, "Unexpected key(s) in state_dict: " + ", ".join(['"' + key + '"' for key in unexpected]) + ". ")
        if strict and missing:
            errors.insert(0, "Missing key(s) in state_dict: " + ", ".join(['"' + key + '"' for key in missing]) + ". ")
        if errors:
            raise RuntimeError("Error(s) in loading state_dict for " + _type_name(self) + ":\n\t" + "\n\t".join(errors))
        return _IncompatibleKeys(missing, unexpected)

    # ------------------------------------------------------------ changing all of it

    def _apply(self, fn, recurse=True):
        return self

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def train(self, mode=True):
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        if postponed(self, mode) or set_mode(self, mode):
            return self
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for param in self.parameters():
            param.requires_grad = requires_grad
        return self

    def zero_grad(self, set_to_none=True):
        pass

    def share_memory(self):
        return self

    def cuda(self, device=None):
        return self

    def ipu(self, device=None):
        return self

    def xpu(self, device=None):
        return self

    def mtia(self, device=None):
        return self

    def cpu(self):
        return self

    def _cast(self, dtype, floating_only):
        for module in self.modules():
            for registry in (module._parameters, module._buffers):
                for name, held in registry.items():
                    if held is not None and (held.dtype.is_floating_point or not floating_only):
                        held.data = tensor(held.shape, dtype, like=held)
        return self

    def type(self, dst_type):
        return self._cast(dst_type, False)

    def float(self):
        return self._cast(DType("float32"), True)

    def double(self):
        return self._cast(DType("float64"), True)

    def half(self):
        return self._cast(DType("float16"), True)

    def bfloat16(self):
        return self._cast(DType("bfloat16"), True)

    def to(self, *args, **kwargs):
        dtype = kwargs.get("dtype")
        for argument in args:
            if not known(argument):  # a device, or a dtype that nobody knows: nothing else of the module changes
                return self
            if isinstance(argument, DType):
                dtype = argument
            elif is_tensor(argument):
                dtype = argument.dtype
        if not known(dtype):
            return self
        if dtype is not None:
            if not (dtype.is_floating_point or dtype.is_complex):
                raise TypeError("nn.Module.to only accepts floating point or complex dtypes")
            self._cast(dtype, True)
        return self

    def to_empty(self, *, device, recurse=True):
        return self

    def compile(self, *args, **kwargs):
        pass

    # ------------------------------------------------------------ hooks

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        handle = RemovableHandle(self._forward_pre_hooks)
        self._forward_pre_hooks[handle.id] = hook
        if with_kwargs:
            self._forward_pre_hooks_with_kwargs[handle.id] = True
        if prepend:
            self._forward_pre_hooks.move_to_end(handle.id, last=False)
        return handle

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        handle = RemovableHandle(self._forward_hooks)
        self._forward_hooks[handle.id] = hook
        if with_kwargs:
            self._forward_hooks_with_kwargs[handle.id] = True
        if always_call:
            self._forward_hooks_always_called[handle.id] = True
        if prepend:
            self._forward_hooks.move_to_end(handle.id, last=False)
        return handle

    def register_full_backward_pre_hook(self, hook, prepend=False):
        handle = RemovableHandle(self._backward_pre_hooks)
        self._backward_pre_hooks[handle.id] = hook
        return handle

    def register_backward_hook(self, hook):
        handle = RemovableHandle(self._backward_hooks)
        self._backward_hooks[handle.id] = hook
        return handle

    def register_full_backward_hook(self, hook, prepend=False):
        handle = RemovableHandle(self._backward_hooks)
        self._backward_hooks[handle.id] = hook
        return handle

    def _register_state_dict_hook(self, hook):
        handle = RemovableHandle(self._state_dict_hooks)
        self._state_dict_hooks[handle.id] = hook
        return handle

    def register_state_dict_post_hook(self, hook):
        handle = RemovableHandle(self._state_dict_hooks)
        self._state_dict_hooks[handle.id] = hook
        return handle

    def register_state_dict_pre_hook(self, hook):
        handle = RemovableHandle(self._state_dict_pre_hooks)
        self._state_dict_pre_hooks[handle.id] = hook
        return handle

    def _register_load_state_dict_pre_hook(self, hook, with_module=False):
        handle = RemovableHandle(self._load_state_dict_pre_hooks)
        self._load_state_dict_pre_hooks[handle.id] = (lambda *given: hook(self, *given)) if with_module else hook
        return handle

    def register_load_state_dict_pre_hook(self, hook):
        return self._register_load_state_dict_pre_hook(hook, with_module=True)

    def register_load_state_dict_post_hook(self, hook):
        handle = RemovableHandle(self._load_state_dict_post_hooks)
        self._load_state_dict_post_hooks[handle.id] = hook
        return handle

    # ------------------------------------------------------------ the call

    def __call__(self, *args, **kwargs):
        if not (self._forward_hooks or self._forward_pre_hooks or _global_forward_hooks or _global_forward_pre_hooks):
            return self.forward(*args, **kwargs)
        return self._call_with_hooks(args, kwargs)

    def _call_impl(self, *args, **kwargs):
        return self._call_with_hooks(args, kwargs)

    def _call_with_hooks(self, args, kwargs):
        for hook in list(_global_forward_pre_hooks.values()):
            changed = hook(self, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        for number, hook in list(self._forward_pre_hooks.items()):
            if number in self._forward_pre_hooks_with_kwargs:
                changed = hook(self, args, kwargs)
                if changed is not None:
                    args, kwargs = changed
            else:
                changed = hook(self, args)
                if changed is not None:
                    args = changed if isinstance(changed, tuple) else (changed,)
        result = self.forward(*args, **kwargs)
        for hook in list(_global_forward_hooks.values()):
            changed = hook(self, args, result)
            if changed is not None:
                result = changed
        for number, hook in list(self._forward_hooks.items()):
            if number in self._forward_hooks_with_kwargs:
                changed = hook(self, args, kwargs, result)
            else:
                changed = hook(self, args, result)
            if changed is not None:
                result = changed
        return result

    # ------------------------------------------------------------ text

    def _get_name(self):
        return _type_name(self)

    def extra_repr(self):
        own = [name for name in self.__dict__ if name[:1] != "_" and name != "training"]
        return unknown("how a layer describes itself") if own and type(self).__module__.startswith("torch.nn.modules.") else ""

    def __repr__(self):
        lines = []
        extra = self.extra_repr()
        for name, module in self._modules.items():
            text = repr(module).replace("\n", "\n  ")
            lines.append("  (" + name + "): " + text)
        if not lines:
            return self._get_name() + "(" + extra + ")"
        if extra:
            lines.insert(0, "  " + extra)
        return self._get_name() + "(\n" + "\n".join(lines) + "\n)"
