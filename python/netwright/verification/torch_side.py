"""Runs one PyTorch model in a child: weights, outputs in fp32 and fp64, gradients, optimizer steps, and what each module gave.

Two sides that get the same job, and the second the weights that the first has written, leave files for compare.py.
"""

import ast
import functools
import inspect
import time
import zlib

import numpy as np
import torch
from torch.overrides import TorchFunctionMode, resolve_name

from . import entry, packing
from .changes import FUNCTIONS
from .dropout import TORCH_FOLDER, Dropout
from .notes import Note, Refused, kind_of, user_line

SAMPLE = 256
# How often outputs with dropout are drawn at least and at most, and seconds of this process after which no more are.
DRAWS, MOST_DRAWS, SCATTER_SECONDS = 8, 256, 1.0


def seed(number):
    """What torch.manual_seed does for a CPU; for devices that are not there it takes milliseconds in every call."""
    torch.default_generator.manual_seed(number)


# ---- fp64


def gelu_of_single_constants(x, approximate="none"):
    """As TensorFlow computes it in fp64: its own constants are those of fp32."""
    if approximate == "tanh":
        return 0.5 * x * (1 + torch.tanh(float(np.float32(0.7978845608028654)) * (x + float(np.float32(0.044715)) * x**3)))
    return 0.5 * x * (1 + torch.erf(x / float(np.float32(1.4142135623730951))))


class Double(TorchFunctionMode):
    """Computes in fp64 what the program computes in fp32, also where it says float32 itself; `limited` holds what stayed less exact.

    With `single` every constant is rounded to fp32 first: frameworks keep some of theirs so (a slope, an eps), whatever they compute in."""

    def __init__(self, single=False):
        super().__init__()
        self.limited, self.single = set(), single

    def widen(self, value, tensors=True):
        if value is torch.float32:
            return torch.float64
        if self.single and type(value) is float:
            return float(np.float32(value))
        if tensors and isinstance(value, torch.Tensor):
            return value.double() if value.dtype is torch.float32 and not value.requires_grad else value
        if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
            return type(value)(self.widen(item, tensors) for item in value)
        return value

    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        kwargs = {key: value if key == "out" else self.widen(value) for key, value in kwargs.items()} if kwargs else {}
        if name != "__get__":
            in_place = name.endswith("_") and not name.endswith("__") or name in ("__set__", "__setitem__") or name.startswith("__i")
            args = tuple(self.widen(value, tensors=not (in_place and number == 0)) for number, value in enumerate(args))
        if name == "float":
            function = torch.Tensor.double
        if name == "gelu" and self.single:
            function = gelu_of_single_constants
        result = function(*args, **kwargs)
        if name in ("half", "bfloat16") or isinstance(result, torch.Tensor) and result.dtype in (torch.float16, torch.bfloat16):
            self.limited.add(name or "a cast")
        return result


# ---- what happens inside


def sketch(values):
    """Numbers that tell two results apart: moments, and a sample of each tensor."""
    parts = []
    for _, value in values:
        flat = value.detach().cpu().reshape(-1)
        if flat.dtype.is_complex:
            flat = torch.view_as_real(flat.resolve_conj()).reshape(-1)
        flat = flat.double().numpy()
        if not flat.size:
            continue
        step = -(-flat.size // SAMPLE)
        moments = [flat.sum(), np.abs(flat).sum(), (flat * flat).sum(), flat.max(), flat.min()]
        parts.append(np.concatenate([[flat.size, np.abs(flat).max()], moments, flat[::step]]))
    return np.concatenate(parts) if parts else np.zeros(0)


def is_tensor(value):
    return isinstance(value, torch.Tensor)


def record_makers():
    """Every module remembers the line of the user's code that made it."""
    plain = torch.nn.Module.__init__

    def __init__(self, *args, **kwargs):
        plain(self, *args, **kwargs)
        self.__dict__["_netwright_made"] = entry.calling_line([TORCH_FOLDER], own_init=True)

    torch.nn.Module.__init__ = __init__


def described(module):
    try:
        return module.extra_repr()[:300]
    except Exception:
        return ""


def definition(module):
    """(file, line) of the class of a module, None for those of the framework."""
    try:
        file = inspect.getsourcefile(type(module))
    except (OSError, TypeError):
        return None
    line = None if not file or file.startswith(TORCH_FOLDER) else lines_of_classes(file).get(type(module).__qualname__)
    return [file, line] if line else None


@functools.lru_cache(None)
def lines_of_classes(file):
    """{qualified name: first line} of the classes in a file."""
    found = {}

    def visit(body, prefix):
        for node in body:
            if isinstance(node, ast.ClassDef):
                found.setdefault(prefix + node.name, min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]))
            inside = f"{prefix}{node.name}{'.<locals>' * isinstance(node, FUNCTIONS)}." if isinstance(node, (ast.ClassDef, *FUNCTIONS)) else prefix
            visit([*getattr(node, "body", ()), *getattr(node, "orelse", ())] if isinstance(node, ast.stmt) else (), inside)

    try:
        with open(file, "rb") as source:
            visit(ast.parse(source.read()).body, "")
    except (OSError, SyntaxError, ValueError):
        pass
    return found


class Trace:
    """What went into each module and came out, in the order in which modules end."""

    def __init__(self, model):
        self.steps, self.counts, self.handles, self.open, self.values, self.size = [], {}, [], [], [], 0
        for path, module in model.named_modules():
            self.handles.append(module.register_forward_pre_hook(self.before(path), with_kwargs=True))
            self.handles.append(module.register_forward_hook(self.after(path), with_kwargs=True))

    def keep(self, value):
        with torch._C.DisableTorchFunction():
            found = sketch(entry.flatten(value, is_tensor))
        self.values.append(found)
        self.size += len(found)
        return [self.size - len(found), self.size]

    def before(self, path):
        def hook(module, args, kwargs):
            call = self.counts[path] = self.counts.get(path, -1) + 1
            step = {
                "path": path,
                "call": call,
                "class": type(module).__name__,
                "line": entry.calling_line([TORCH_FOLDER]),
                "defined": definition(module),
                "made": module.__dict__.get("_netwright_made"),
                "arguments": described(module),
                "inputs": self.keep((args, kwargs)),
            }
            self.open.append(step)

        return hook

    def after(self, path):
        def hook(module, args, kwargs, result):
            while self.open:
                step = self.open.pop()
                if step["path"] == path:
                    step["outputs"] = self.keep(result)
                    self.steps.append(step)
                    break

        return hook

    def close(self):
        for handle in self.handles:
            handle.remove()
        return self.steps, np.concatenate(self.values) if self.values else np.zeros(0)


class Operations(TorchFunctionMode):
    """Every operation that one call of one module does itself, its submodules as one step each."""

    def __init__(self, model, path, call):
        super().__init__()
        self.steps, self.values, self.size = [], [], 0
        self.depth, self.calls, self.active = 0, -1, False
        self.wanted, self.handles = call, []
        target = dict(model.named_modules())[path]
        for name, module in target.named_modules():
            if name == "":
                self.handles += [module.register_forward_pre_hook(self.enter), module.register_forward_hook(self.leave)]
            else:
                self.handles += [module.register_forward_pre_hook(self.deeper), module.register_forward_hook(self.shallower(name))]

    def enter(self, *_):
        self.calls += 1
        self.active = self.calls == self.wanted

    def leave(self, *_):
        self.active = False

    def deeper(self, *_):
        self.depth += 1

    def shallower(self, name):
        def hook(module, args, result):
            self.depth -= 1
            if self.active and self.depth == 0:
                self.keep(f"self.{name}", result)

        return hook

    def keep(self, name, result):
        with torch._C.DisableTorchFunction():
            found = sketch(entry.flatten(result, is_tensor))
        if not len(found):
            return
        self.values.append(found)
        self.size += len(found)
        self.steps.append({"name": name, "line": entry.calling_line([TORCH_FOLDER]), "outputs": [self.size - len(found), self.size]})

    def __torch_function__(self, function, types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        if self.active and self.depth == 0:
            name = resolve_name(function) or getattr(function, "__name__", "?")
            if not name.endswith("__get__") and "untyped_storage" not in name:
                self.keep(name, result)
        return result


# ---- weights


def fresh_value(name, tensor, module):
    """Values of a size that keeps numbers in range and makes every part of a network count, from the tensor's name."""
    random = np.random.default_rng([zlib.crc32(name.encode()), 5])
    leaf, shape = name.rsplit(".", 1)[-1], tuple(tensor.shape)
    if leaf == "running_var":
        value = random.uniform(0.5, 1.5, shape)
    elif leaf == "running_mean":
        value = random.normal(0, 0.2, shape)
    elif len(shape) >= 2:
        fan_in = shape[1] if isinstance(module, torch.nn.Embedding) else int(np.prod(shape[1:]))
        value = random.standard_normal(shape) / np.sqrt(max(fan_in, 1)) * (2.0 if isinstance(module, torch.nn.Embedding) else 1.2)
    else:
        middle = float(tensor.detach().double().mean()) if tensor.numel() else 0.0
        value = random.normal(0, 0.25, shape) + (1.0 if middle > 0.5 else 0.0)
    return torch.from_numpy(np.asarray(value))


def randomise(model):
    modules = dict(model.named_modules())
    state = model.state_dict()
    seen = set()
    with torch.no_grad():
        for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
            learned = name.rsplit(".", 1)[-1] in ("running_mean", "running_var") or isinstance(tensor, torch.nn.Parameter)
            if name in state and learned and tensor.is_floating_point() and tensor.data_ptr() not in seen and tensor.numel():
                seen.add(tensor.data_ptr())
                tensor.copy_(fresh_value(name, tensor, modules.get(name.rpartition(".")[0])))


def is_rounding(model, double):
    """Whether the tensors that two models keep besides their weights are the same but for rounding."""
    modules = dict(model.named_modules())
    for path, module in double.named_modules():
        kept = {**vars(modules[path]), **modules[path]._buffers} if path in modules else {}
        for name, value in {**vars(module), **module._buffers}.items():
            other = kept.get(name)
            if all(isinstance(item, torch.Tensor) and item.is_floating_point() for item in (value, other)) and value.shape == other.shape:
                if not torch.allclose(value.double(), other.double(), rtol=1e-4, atol=1e-5, equal_nan=True):
                    return False
    return True


def is_lazy(model):
    return any(isinstance(value, torch.nn.parameter.UninitializedTensorMixin) for value in [*model.parameters(), *model.buffers()])


def makes_layers_when_called(model, path):
    """Whether the weights to load name layers that the model does not have yet."""
    return bool(torch.load(path, weights_only=True).keys() - model.state_dict().keys())


def give_state(model, path, content, packs):
    """Loads the weights that the first side has written. Where only names differ, and pair off by their last part and shape, the pairs are
    noted and the weights loaded all the same: that the function is equal and that checkpoints load are two questions. Where several weights
    have become one, gives the ways in which they may be packed."""
    state = torch.load(path, weights_only=True)
    own = model.state_dict()
    missing, extra = sorted(own.keys() - state.keys()), sorted(state.keys() - own.keys())
    shapes = sorted(name for name in own.keys() & state.keys() if own[name].shape != state[name].shape)
    try:
        model.load_state_dict(state, strict=True)
        if missing or extra:
            content["state"] = f"it loads, but saves other names: {', '.join((missing + extra)[:4])}"
        return
    except RuntimeError:
        pass
    pairs, is_all = pair_names(state, own)
    if not shapes and pairs and is_all:
        content["renamed"] = pairs
        model.load_state_dict({pairs.get(name, name): value for name, value in state.items()}, strict=True)
        return
    for renamed in ({}, pairs) if packs and not shapes else ():
        shapes_before = {renamed.get(name, name): tuple(value.shape) for name, value in state.items()}
        ways = packing.packings(shapes_before, {name: tuple(value.shape) for name, value in own.items()})
        if ways:
            if renamed:
                content["renamed"] = renamed
            return ways
    parts = [
        f"{word} {', '.join(names[:4])}{f' and {len(names) - 4} more' if len(names) > 4 else ''}"
        for word, names in (("it lacks", extra), ("it has besides", missing), ("other shapes:", shapes))
        if names
    ]
    raise Refused("the weights of the first do not load into the second: " + "; ".join(parts), "state")


def pair_names(state, own):
    """({name before: name after}, whether these are all) where names of modules differ: modules pair off by the names and shapes of what they
    hold, those with most of their path in common first, then in order."""
    left = grouped({name: value.shape for name, value in state.items() if name not in own})
    right = grouped({name: value.shape for name, value in own.items() if name not in state})
    pairs, alone = {}, False
    for module, content in left.items():
        fits = [other for other in right if right[other] == content]
        if not fits:
            alone = True
            continue
        chosen = max(fits, key=lambda other: (common_parts(module, other), -fits.index(other)))
        del right[chosen]
        pairs.update({f"{module}.{leaf}".lstrip("."): f"{chosen}.{leaf}".lstrip(".") for leaf in content})
    return pairs, not alone and not right


def grouped(shapes):
    """{module: {last part of the name: shape}}"""
    found = {}
    for name, shape in shapes.items():
        module, _, leaf = name.rpartition(".")
        found.setdefault(module, {})[leaf] = tuple(shape)
    return found


def common_parts(first, second):
    """How many leading parts two dotted names share."""
    count = 0
    for a, b in zip(first.split("."), second.split(".")):
        if a != b:
            break
        count += 1
    return count


# ---- one side


class Side:
    """A model and its inputs, and the runs that are made of them."""

    def __init__(self, job, note, build, inputs, dropout):
        self.job, self.note, self.dropout, self.build = job, note, dropout, build
        self.model, (self.values, self.names) = self.built(), inputs
        self.way = job.get("way")

    def built(self):
        seed(0)
        return self.build().eval()

    def tensors(self, double):
        return [fresh_tensor(value, double) for value in self.values]

    def prepare(self, double):
        """Calls a model that makes its layers, or the sizes of its weights, in its first call."""
        job = self.job
        if is_lazy(self.model) or job.get("across") and job["side"] == "after" and makes_layers_when_called(self.model, job["state"]):
            self.note.stage("dry forward")
            with torch.no_grad():
                self.call(self.tensors(double))

    def rebuild_in_double(self, state):
        """The model made anew in fp64: what its constructor or an earlier call has kept besides its weights would be rounded to fp32. One
        whose constructor only works in fp32, or draws other constants, stays."""
        plain = self.model
        try:
            self.model = self.built().double()
            if not is_rounding(plain, self.model):
                raise Refused("it draws random constants", "error")
            self.prepare(True)
            self.model.load_state_dict(state)
        except Exception as error:
            if kind_of(error) == "memory":
                raise
            self.model = plain.double()
            self.model.load_state_dict(state)

    def call(self, values):
        """The result of the first way to call that works; the first error if none does."""
        ways = entry.ways_to_call(inspect.signature(self.model.forward), self.names, values)
        if self.way is not None:
            args, kwargs = ways[min(self.way, len(ways) - 1)]
            return self.model(*args, **kwargs)
        first = None
        for number, (args, kwargs) in enumerate(ways):
            try:
                result = self.model(*args, **kwargs)
                self.way = self.note.content["way"] = number
                return result
            except Exception as error:
                first = first or error
                if kind_of(error) == "memory":
                    break
        raise first

    def pack(self, ways):
        """Loads the weights in the way in which the outputs are nearest to those of the first side."""
        renamed = self.note.content.get("renamed", {})
        old = {renamed.get(name, name): value for name, value in torch.load(self.job["state"], weights_only=True).items()}
        wanted = dict(np.load(self.job["reference"]))
        best = None
        for way in ways:
            packed = {item["new"]: packing.pack([old[name] for name in item["old"]], item["how"], torch) for item in way}
            used = {name for item in way for name in item["old"]}
            state = {**{name: value for name, value in old.items() if name not in used}, **packed}
            self.model.load_state_dict(state, strict=True)
            outputs = [value.detach().float().numpy() for _, value in self.evaluate(None, False)]
            far = sum(float(np.abs(value - wanted.get(f"fp32/{n}", np.inf)).max(initial=0.0)) for n, value in enumerate(outputs))
            if best is None or far < best[0]:
                best = far, way, state
            if far <= 1e-4 * max([float(np.abs(value).max(initial=0.0)) for value in outputs], default=0.0):
                break
        self.model.load_state_dict(best[2], strict=True)
        self.note.content["packed"] = best[1]

    def keep(self, kind, values):
        names = []
        for name, value in values:
            value = value.detach().cpu().resolve_conj().resolve_neg()
            if value.is_sparse or value.is_quantized:
                continue
            if value.dtype is torch.bfloat16:
                value = value.float()
            self.note.arrays[f"{kind}/{len(names)}"] = value.numpy().copy()
            names.append(name)
        self.note.content.setdefault("arrays_of", {})[kind] = names

    def keep_start(self):
        """Tables of integers that the constructor makes: weights that are loaded hide what is wrong in them, a new model does not."""
        state = self.model.state_dict()
        found = [(name, value) for name, value in self.model.named_buffers() if name in state and value.dim() and not value.is_floating_point()]
        if found:
            self.keep("fp32-start", found)

    def evaluate(self, kind, double, number=0, training=False):
        self.model.train(training)
        self.dropout.clear()
        seed(number)
        with torch.no_grad():
            result = entry.flatten(self.call(self.tensors(double)), is_tensor)
        if kind:
            self.keep(kind, result)
            self.note.content.setdefault("dropout", {})[kind] = sorted(self.dropout.rates)
        return result

    def train(self, kind, double):
        """Outputs in training without dropout, gradients of a random projection of them, buffers afterwards."""
        self.model.train()
        self.dropout.clear()
        self.dropout.switch(self.model, True)
        seed(0)
        values = self.tensors(double)
        wanted = [value.requires_grad_(True) for value in values if isinstance(value, torch.Tensor) and value.is_floating_point()]
        result = entry.flatten(self.call(values), is_tensor)
        self.keep(f"{kind}-train", result)
        self.note.content.setdefault("dropout", {})[f"{kind}-train"] = sorted(self.dropout.rates)
        self.note.content["dropout_calls"] = list(zip(self.dropout.rates, self.dropout.lines))
        loss = self.projection(result)
        named = [(name, value) for name, value in self.model.named_parameters() if value.requires_grad]
        if loss is not None:
            gradients = torch.autograd.grad(loss, [value for _, value in named] + wanted, allow_unused=True)
            found = gradient_state(self.model, [value for _, value in named], gradients)
            found += [(f"input {number}", value) for number, value in enumerate(gradients[len(named) :]) if value is not None]
            self.keep(f"{kind}-gradients", found)
        state = self.model.state_dict()
        self.keep(f"{kind}-buffers", [(name, value) for name, value in self.model.named_buffers() if name in state])
        self.dropout.switch(self.model, False)

    def projection(self, result):
        """A scalar that depends on every number of the outputs; None without a floating output that has a gradient."""
        permutes = self.job.get("output_permutes")
        return projection(result, permutes)

    def gradients_in_evaluation(self, kind, double):
        """Gradients of the weights, by the names of the state, and of the inputs; a tensor with two names counts under its first."""
        self.model.eval()
        seed(0)
        values = self.tensors(double)
        wanted = {
            number: value.requires_grad_(True)
            for number, value in enumerate(values)
            if isinstance(value, torch.Tensor) and value.is_floating_point()
        }
        loss = self.projection(entry.flatten(self.call(values), is_tensor))
        if loss is None:
            raise Refused("no output has a gradient", "error")
        parameters = [value for value in self.model.parameters() if value.requires_grad]
        gradients = torch.autograd.grad(loss, [*parameters, *wanted.values()], allow_unused=True)
        tied = self.note.content["tied"] = entry.names_of_the_same((name, value.data_ptr()) for name, value in self.model.state_dict().items())
        learned = {name for name, value in self.model.state_dict(keep_vars=True).items() if value.requires_grad}
        found = gradient_state(self.model, parameters, gradients[: len(parameters)])
        found = [(name, value) for name, value in found if name in learned and name not in tied]
        zeros = [torch.zeros_like(value) if gradient is None else gradient for gradient, value in zip(gradients[len(parameters) :], wanted.values())]
        self.keep(f"{kind}-gradients", [*found, *[(f"input {number}", value) for number, value in zip(wanted, zeros)]])

    def draw(self, number):
        """Outputs in training with dropout for one seed, at most 4096 values of each. Where the class that is compared runs as a part of
        another, what its first call gives counts as outputs too: in those of the whole its own scatter may drown."""
        self.model.train()
        inside = []
        parts = [module for module in self.model.modules() if type(module).__name__ == self.job.get("part") and module is not self.model]
        handles = [module.register_forward_hook(lambda _, __, result: inside.append(result)) for module in parts[:1]]
        seed(number)
        with torch.no_grad():
            whole = self.call(self.tensors(False))
        for handle in handles:
            handle.remove()
        outputs = [value for _, value in entry.flatten((whole, inside[:1]), is_tensor) if value.is_floating_point()]
        return [value.detach().float().reshape(-1)[:: max(1, value.numel() // 4096)].clone() for value in outputs]

    def train_with_dropout(self):
        self.keep("fp32-dropout", [(str(number), value) for number, value in enumerate(self.draw(0))])

    def scatter(self):
        """How far outputs of many seeds lie from each other in training with dropout: on the whole, and of single values for the even and
        for the odd seeds, [2, values]."""
        started, runs = time.process_time(), []
        while len(runs) < MOST_DRAWS and (len(runs) < DRAWS or time.process_time() - started < SCATTER_SECONDS):
            runs.append(self.draw(len(runs)))
        together = [torch.stack(values) for values in zip(*runs)]
        self.note.content["spread"] = [float(values.var(0).nan_to_num(0, 0, 0).mean()) for values in together]
        halves = [torch.stack([values[first::2].var(0).nan_to_num(0, 0, 0) for first in (0, 1)]) for values in together]
        self.keep("fp32-scatter", [(str(number), values) for number, values in enumerate(halves)])

    def step(self, kind, double, count):
        """Parameters after some steps of SGD with momentum; the size of a step follows from the first gradients. Written out here: the
        optimizers of PyTorch import its compiler, which takes longer than all the rest."""
        self.model.train()
        self.dropout.switch(self.model, True)
        parameters = [value for value in self.model.parameters() if value.requires_grad]
        moved, size = [None] * len(parameters), None
        for _ in range(count if parameters else 0):
            seed(0)
            loss = self.projection(entry.flatten(self.call(self.tensors(double)), is_tensor))
            if loss is None:
                break
            for value in parameters:
                value.grad = None
            loss.backward()
            with torch.no_grad():
                if size is None:
                    norm = float(sum(value.grad.double().pow(2).sum() for value in parameters if value.grad is not None) ** 0.5)
                    size = 0.01 * float(sum(value.double().pow(2).sum() for value in parameters) ** 0.5) / max(norm, 1e-12)
                for number, value in enumerate(parameters):
                    if value.grad is not None:
                        moved[number] = value.grad.clone() if moved[number] is None else 0.9 * moved[number] + value.grad
                        value -= size * moved[number]
        self.keep(f"{kind}-steps", list(self.model.state_dict().items()))
        self.dropout.switch(self.model, False)
        self.model.zero_grad(set_to_none=True)


def projection(result, permutes=None):
    """A random projection of all floating outputs that have gradients, as of outputs whose axes are those of the first side."""
    total = None
    for number, (_, value) in enumerate(result):
        if value.is_floating_point() and value.requires_grad and value.numel():
            random = entry.projection_of(number, tuple(value.shape), permutes)
            finite = torch.where(torch.isfinite(value), value, torch.zeros_like(value))
            part = (finite * torch.from_numpy(random).to(value.dtype)).sum()
            total = part if total is None else total + part
    return total


def gradient_state(model, parameters, gradients):
    """[(name, gradient)] under the names that the state dict gives the parameters, whatever hooks make of those."""
    kept = [value.data for value in parameters]
    buffers = {name for name, _ in model.named_buffers()}
    try:
        for value, gradient in zip(parameters, gradients):
            value.data = torch.zeros_like(value.data) if gradient is None else gradient
        return [(name, value.detach().clone()) for name, value in model.state_dict().items() if name not in buffers]
    finally:
        for value, data in zip(parameters, kept):
            value.data = data


def fresh_tensor(value, double):
    """A copy of an input, of fp64 where that is wanted in place of fp32."""
    if isinstance(value, list):
        return [fresh_tensor(item, double) for item in value]
    if not isinstance(value, torch.Tensor):
        return value
    return value.detach().clone().to(torch.float64 if double and value.dtype is torch.float32 else value.dtype)


def make_input(spec, number, permute=None):
    if "list" in spec:
        return [make_input(part, 100 * (number + 1) + place) for place, part in enumerate(spec["list"])]
    value = entry.make_array(spec, number)
    if isinstance(value, np.ndarray):
        value = torch.from_numpy(np.ascontiguousarray(value.transpose(permute)) if permute else value)
    return value.to(torch.bfloat16) if spec.get("dtype") == "bfloat16" else value


def make_inputs(specs, permutes=None):
    values = [make_input(spec, number, permutes and permutes[number]) for number, spec in enumerate(specs)]
    return values, [spec["name"] for spec in specs]


def run_runs(side, job, note, state):
    """All the runs that a job asks for; the model holds the weights in `state` before each."""
    content = note.content
    note.stage("eval fp32")
    side.evaluate("fp32", False)
    again = side.evaluate(None, False, number=1)
    content["random"] = any(
        not np.array_equal(
            note.arrays[f"fp32/{n}"],
            value.float().numpy() if value.dtype is torch.bfloat16 else value.numpy(),
            equal_nan=value.is_floating_point() or value.is_complex(),
        )
        for n, (_, value) in enumerate(again)
    )
    if job.get("trace"):
        note.stage("trace fp32")
        trace(side, note, "fp32", False)
    if job.get("gradients"):
        note.stage("train fp32")
        optional(note, "fp32-train", side.train, "fp32", False)
        side.model.load_state_dict(state)
        if side.dropout.rates:
            optional(note, "fp32-dropout", side.train_with_dropout)
            side.model.load_state_dict(state)
    if job.get("gradients_in_evaluation"):
        note.stage("gradients fp32")
        optional(note, "fp32-gradients", side.gradients_in_evaluation, "fp32", False)
    note.stage("eval fp64")
    optional(note, "fp64", run_double, side, job, note, state)


def optional(note, kind, function, *arguments):
    """A run whose failure is written down, not the end; running out of memory is."""
    try:
        function(*arguments)
    except Exception as error:
        if kind_of(error) == "memory":
            raise
        note.content.setdefault("failed", {})[kind] = f"{type(error).__name__}: {str(error).strip().splitlines()[:1]}"[:300]
        note.content.setdefault("failed_at", {})[kind] = user_line(error)


def run_double(side, job, note, state):
    torch.set_default_dtype(torch.float64)
    mode = Double()
    double = {name: value.double() if value.is_floating_point() else value for name, value in state.items()}
    try:
        with mode:
            side.rebuild_in_double(double)
            side.evaluate("fp64", True)
            if job.get("trace"):
                trace(side, note, "fp64", True)
            if job.get("gradients"):
                optional(note, "fp64-train", side.train, "fp64", True)
                side.model.load_state_dict(double)
            if job.get("gradients_in_evaluation"):
                optional(note, "fp64-gradients", side.gradients_in_evaluation, "fp64", True)
            if job.get("steps"):
                optional(note, "fp64-steps", side.step, "fp64", True, job["steps"])
        if job.get("across"):
            with Double(single=True):
                optional(note, "fp64-constants", side.evaluate, "fp64-constants", True)
                if job.get("gradients_in_evaluation"):
                    optional(note, "fp64-constants-gradients", side.gradients_in_evaluation, "fp64-constants", True)
    finally:
        torch.set_default_dtype(torch.float32)
        note.content["limited"] = sorted(mode.limited)


def trace(side, note, kind, double):
    watch = Trace(side.model)
    training = bool(side.job.get("in_training"))
    side.dropout.switch(side.model, training)
    side.evaluate(None, double, training=training)
    side.dropout.switch(side.model, False)
    note.content.setdefault("traces", {})[kind], note.arrays[f"{kind}-trace"] = watch.close()


def operations(side, job, note, state):
    """The operations of one module call, in fp64 where that works."""
    double = job["operations"]["precision"] == "fp64"
    mode = Double()
    if double:
        torch.set_default_dtype(torch.float64)
        with mode:
            side.rebuild_in_double({name: value.double() if value.is_floating_point() else value for name, value in state.items()})
    watch = Operations(side.model, job["operations"]["path"], job["operations"]["call"])
    with mode if double else watch:
        with watch if double else Ignored():
            training = bool(job.get("in_training"))
            side.dropout.switch(side.model, training)
            side.evaluate(None, double, training=training)
    note.content["operations"] = watch.steps
    note.arrays["operations"] = np.concatenate(watch.values) if watch.values else np.zeros(0)


class Ignored:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def use(job, note, build, inputs, dropout):
    """Weights, then the runs."""
    side = Side(job, note, build, inputs, dropout)
    side.prepare(False)
    model = side.model
    note.stage("weights")
    if not job.get("across"):
        side.keep_start()
    if job["side"] == "before":
        randomise(model)
        torch.save(model.state_dict(), job["state"])
        if job.get("checkpoint"):
            from safetensors.torch import save_file

            save_file({name: value.detach().clone().contiguous() for name, value in model.state_dict().items()}, job["checkpoint"])
    else:
        ways = give_state(model, job["state"], note.content, packs=bool(job.get("reference")))
        if ways:
            side.pack(ways)
    state = {name: value.detach().clone() for name, value in model.state_dict().items()}
    note.content["tensors"] = len(state)
    note.content["parameters"] = sum(value.numel() for value in model.parameters())
    if job.get("operations"):
        note.stage("operations")
        operations(side, job, note, state)
    elif job.get("scatter"):
        note.stage("training with dropout")
        side.scatter()
    else:
        run_runs(side, job, note, state)


def build_entry(job):
    model = entry.build(job["entry"], job["module"])
    if not isinstance(model, torch.nn.Module):
        raise TypeError(f"the entry gives a {type(model).__name__}, not a torch.nn.Module")
    return model


def run(job):
    note = Note(job["note"])
    try:
        torch.set_num_threads(1)
        torch.backends.mha.set_fastpath_enabled(False)
        dropout = Dropout()
        record_makers()
        entry.prepare_imports(job["roots"], job["replaced"])
        note.stage("import and build")
        use(job, note, functools.partial(build_entry, job), make_inputs(job["inputs"], job.get("permutes")), dropout)
    except Exception as error:
        note.fail(error)
        return
    note.finish(job["arrays"])
