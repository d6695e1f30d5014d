"""Runs both sides of one rule in a child: the programs of the rule before and after, on inputs that its `numeric` block makes.

Every program runs in evaluation and training, in fp32, fp64 and bf16, with gradients, with masks that hide whole rows, in other sizes and
with inputs that are not contiguous. What differs is a problem of the rule; its tolerance is never widened.
"""

import ast
import inspect
import re
import sys
import types

import torch

from . import entry, torch_side
from .notes import Note, Refused, words_of

EXACT = 1e-10  # what is left of a difference in fp64, relative, where both sides compute the same
BF16 = 2.0**-8
AXES = ("eval", "train", "gradients", "fp64", "bf16", "masks", "other sizes", "strides", "state", "repeated")


class Problem(Exception):
    """What is wrong with a rule, in words."""


# ---- inputs

GENERATORS = ("randn", "rand", "randint", "mask", "hidden", "config")


def generator_of(text):
    """(name, numbers, keywords) of `randn(2, 3)`, or (None, value, None) of a constant."""
    tree = ast.parse(text.strip(), mode="eval").body
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        if tree.func.id not in GENERATORS:
            raise Refused(f"`{tree.func.id}` is none of {', '.join(GENERATORS)}", "numeric")
        return tree.func.id, [ast.literal_eval(value) for value in tree.args], {k.arg: ast.literal_eval(k.value) for k in tree.keywords}
    return None, ast.literal_eval(tree), None


def other_size(number):
    """An odd one, by which no two sizes that differ become equal."""
    return 1 if number == 1 else 2 * number - 1


class Inputs:
    """The values of a `numeric` block; one number means one size throughout the block."""

    def __init__(self, numeric):
        self.made = {item["name"]: generator_of(item["made"]) for item in numeric["inputs"]}
        fixed = [self.made[name][2].values() for name in self.made if self.made[name][0] == "config"]
        self.fixed = {number for values in fixed for number in values if type(number) is int}

    def size(self, number, other):
        return number if not other or number in self.fixed else other_size(number)

    def is_tensor(self, name):
        return self.made[name][0] not in (None, "config")

    def has_masks(self):
        return any(made[0] in ("mask", "hidden") for made in self.made.values())

    def value(self, name, variant, seed):
        kind, numbers, keywords = self.made[name]
        other = variant["other sizes"]
        if kind is None:
            return self.size(numbers, other) if type(numbers) is int else numbers
        if kind == "config":
            return types.SimpleNamespace(**keywords)
        generator = torch.Generator().manual_seed(seed)
        shape = [self.size(number, other) for number in numbers]
        if kind == "randint":
            return torch.randint(shape[0], shape[1:], generator=generator)
        if kind == "mask":
            return mask(shape, variant["mask"], generator)
        if kind == "hidden":
            return hidden(shape, variant["mask"], generator)
        return getattr(torch, kind)(shape, generator=generator, dtype=torch.float64)


def mask(shape, how, generator):
    """An added mask: any numbers, or zero and what hides a place; `how` says with what and whether a whole row is hidden."""
    if how == "plain":
        return torch.randn(shape, generator=generator, dtype=torch.float64)
    values = torch.where(
        hidden(shape, how, generator), torch.tensor(float("-inf"), dtype=torch.float64), torch.zeros((), dtype=torch.float64)
    )
    return values if "infinite" in how else values.clamp(min=LOWEST)


# Stands for the lowest number of the dtype that a run computes in.
LOWEST = float(torch.finfo(torch.float64).min)


def hidden(shape, how, generator):
    """True where a place is hidden; the first row wholly when `how` says so, and no other row."""
    found = torch.rand(shape, generator=generator) < 0.4
    found[..., 0] = False
    if "row" in how:
        found[..., :1, :] = True
    return found


def strided(value):
    """The same values in memory that is not contiguous."""
    if value.dim() == 0:
        return value
    if value.dim() == 1:
        return torch.stack([value, value], 1)[:, 0]
    return value.transpose(-1, -2).contiguous().transpose(-1, -2)


def cast(value, dtype):
    if not isinstance(value, torch.Tensor) or not value.is_floating_point():
        return value
    lowest = value == LOWEST
    return torch.where(lowest, torch.tensor(torch.finfo(dtype).min, dtype=dtype), value.masked_fill(lowest, 0).to(dtype))


# ---- programs


class Program:
    """One side: the last class or function of a text."""

    def __init__(self, text, name):
        space = types.ModuleType(name)
        # Helpers of dataclasses and of TorchScript look modules up by name.
        sys.modules[name] = space
        exec(compile(text, f"{name}.py", "exec"), vars(space))
        last = [node for node in ast.parse(text).body if isinstance(node, (ast.ClassDef, ast.FunctionDef))][-1]
        self.defined = getattr(space, last.name)

    def is_module(self):
        return isinstance(self.defined, type) and issubclass(self.defined, torch.nn.Module)

    def parameters(self):
        function = self.defined.forward if self.is_module() else self.defined
        return [p for p in inspect.signature(function).parameters.values() if p.name != "self"]

    def build(self, inputs, variant):
        if not self.is_module():
            return None
        arguments = {}
        for parameter in inspect.signature(self.defined).parameters.values():
            if parameter.name in inputs.made:
                arguments[parameter.name] = inputs.value(parameter.name, variant, 0)
            elif parameter.default is parameter.empty and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                raise Problem(f"`numeric` has no `${parameter.name}`, which its constructor takes")
        torch_side.seed(0)
        return self.defined(**arguments)


def bind(parameters, inputs):
    """Which input each parameter of the call gets: by name, what is left in order."""
    names = [name for name in inputs.made if inputs.is_tensor(name)]
    wanted = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    chosen = {p.name: p.name for p in wanted if p.name in inputs.made}
    left = [name for name in names if name not in chosen.values()]
    for parameter in wanted:
        if parameter.name not in chosen and parameter.default is parameter.empty:
            if not left:
                raise Problem(f"`numeric` has no input for the parameter `{parameter.name}`")
            chosen[parameter.name] = left.pop(0)
    return {p.name: chosen[p.name] for p in wanted if p.name in chosen}


# ---- weights


def fill(module):
    """Random weights, the same for both sides by their names; variances are positive."""
    state = {}
    for number, (name, value) in enumerate(sorted(module.state_dict().items())):
        generator = torch.Generator().manual_seed(number + 1)
        if value.is_floating_point():
            drawn = torch.randn(value.shape, generator=generator, dtype=torch.float64)
            fan = value[0].numel() ** 0.5 if value.dim() > 1 else 1.0
            value = (drawn.abs() + 0.5 if name.endswith("var") else drawn / fan).to(value.dtype)
        state[name] = value
    module.load_state_dict(state, strict=True)
    return state


def carried(old, names, findings, entries):
    """The new state by the state maps of the findings, or of the rule as written: old values under new names, the rest as it was."""
    new, used = {}, set()
    if findings is None:
        expressions = by_author(old, names, entries)
        new = {name: eval(text, {"torch": torch, "old": old}) for name, text in expressions.items()}  # noqa: S307
        used = set(re.findall(r"old\['([^']+)'\]", " ".join(expressions.values())))
        return {**{name: value for name, value in old.items() if name not in used}, **new}, used - new.keys()
    for finding in findings:
        for item in finding["state"] or ():
            for target in [name for name in names if name == item["to"] or name.endswith("." + item["to"])]:
                prefix = target[: -len(item["to"])]
                value = evaluate(item["from"], old, [prefix, f"{prefix}{item['to'].split('.')[0]}."], used)
                if value is not None:
                    new[target] = value
    return {**{name: value for name, value in old.items() if name not in used}, **new}, used - new.keys()


def by_author(old, new, entries):
    """{name: expression over `old`} of a state map as a rule writes it: `$query.weight` is the weight of the object that the rule calls so,
    or of the next one that has not been used."""
    found, used = {}, set()
    for _, path, source in entries:
        for target in [name for name in new if name == path or name.endswith("." + path)]:
            if target in old:
                continue

            def place(match):
                var, leaf = match[1], match[2]
                fits = [name for name in old if name.endswith("." + leaf) and name not in used]
                named = [name for name in fits if name.removesuffix("." + leaf).rpartition(".")[2].lower() == var.lower()]
                chosen = (named or fits or [None])[0]
                used.add(chosen)
                return f"old[{chosen!r}]"

            expression = re.sub(r"\$(\w+)\.([\w.]+)", place, source)
            if "old[None]" not in expression:
                found[target] = expression
    return found


def evaluate(text, old, prefixes, used):
    """A source of a state map; None where what it asks for is not there (no bias)."""
    taken = set()

    def place(found):
        name = next((prefix + found[1] for prefix in prefixes if prefix + found[1] in old), None)
        taken.add(name)
        return f"old[{name!r}]"

    expression = re.sub(r"\bself\.([\w.]+)", place, text)
    if None in taken:
        return None
    used |= taken
    return eval(expression, {"torch": torch, "old": old})  # noqa: S307


# ---- comparing


def tensors(result):
    return [value for _, value in entry.flatten(result, torch_side.is_tensor)]


def apart(first, second, what, rtol, atol):
    """Raises a Problem where two lists of tensors differ by more than the tolerance."""
    if len(first) != len(second):
        raise Problem(f"{what}: {len(first)} results before, {len(second)} after")
    for number, (one, other) in enumerate(zip(first, second)):
        if one is None or other is None:
            if (one is None) != (other is None) and not is_zero(one if other is None else other):
                raise Problem(f"{what}: result {number} is on one side only")
            continue
        if one.shape != other.shape or one.dtype != other.dtype:
            raise Problem(f"{what}: result {number} is {shown(one)} before, {shown(other)} after")
        if not one.is_floating_point():
            if not torch.equal(one, other):
                raise Problem(f"{what}: result {number} has other values")
            continue
        gap, scale = distance(one, other)
        if gap > atol + rtol * scale:
            raise Problem(f"{what}: result {number} differs by {gap:.1e} (of {scale:.1e})")


def is_zero(value):
    return value is None or not bool(value.any())


def shown(value):
    return f"{str(value.dtype).removeprefix('torch.')}{list(value.shape)}"


def distance(one, other):
    """The largest difference, infinite where one side is no number; and the largest number."""
    one, other = one.double(), other.double()
    same = (one == other) | (one.isnan() & other.isnan())
    gap = torch.where(same, torch.zeros_like(one), (one - other).abs())
    finite = one[one.isfinite()].abs()
    far = float(gap.max()) if gap.numel() else 0.0
    return (far if far == far else float("inf")), (float(finite.max()) if finite.numel() else 0.0)


# ---- one program


class Pair:
    """Both sides of one program, and the runs that compare them."""

    def __init__(self, program, job, dropout):
        self.program, self.dropout = program, dropout
        self.numeric, self.same_state, self.backward = job["numeric"], job["same_state"], job["backward"]
        self.maps = max(job["state"], key=len, default=[])
        numeric = self.numeric
        self.inputs = Inputs(numeric)
        self.sides = Program(program["before"], "netwright_before"), Program(program["after"], "netwright_after")
        self.names = bind(self.sides[0].parameters(), self.inputs)
        self.safe = job["safety"] == "safe" and all(finding["safety"] == "safe" for finding in program["findings"] or [])
        self.axes = set()

    def modules(self, variant, dtype):
        """Both sides built, with the same weights."""
        built = [side.build(self.inputs, variant) for side in self.sides]
        if built[0] is None:
            return built
        old = fill(built[0])
        new, gone = self.carried(old, built[1].state_dict())
        if self.same_state and gone:
            raise Problem("state: the rule says that the state stays the same, and has a map for it")
        try:
            built[1].load_state_dict(new, strict=True)
        except RuntimeError as error:
            raise Problem(f"state: the old weights do not load: {' '.join(str(error).split()[6:30])}") from None
        self.check_state(old, built)
        return [module.to(dtype) for module in built]

    def carried(self, old, new):
        return carried(old, list(new), self.program["findings"], self.maps)

    def check_state(self, old, built):
        self.axes.add("state")
        state = built[1].state_dict()
        if not self.same_state:
            return
        if list(sorted(state)) != sorted(old):
            raise Problem(f"state: the names change: {', '.join(sorted(set(state) ^ set(old))[:4])}")
        for name, value in old.items():
            if state[name].shape != value.shape or not torch.equal(state[name], value):
                raise Problem(f"state: `{name}` is saved as something else")

    def values(self, variant, *dtypes):
        """The inputs, rounded to each of these types in turn."""
        found = []
        for number, name in enumerate(self.names.values()):
            value = self.inputs.value(name, variant, number + 10)
            for dtype in dtypes:
                value = cast(value, dtype)
            found.append(strided(value) if variant["strides"] and isinstance(value, torch.Tensor) else value)
        return found

    def call(self, side, module, values, training=None):
        if module is not None and training is not None:
            module.train(training)
        torch_side.seed(0)
        self.dropout.clear()
        function = module if module is not None else self.sides[side].defined
        return function(**dict(zip(self.names, values)))

    def results(self, variant, dtype, training, modules):
        """Results, gradients and rates of dropout of both sides."""
        return [self.result_of(side, module, self.values(variant, dtype), training, variant) for side, module in enumerate(modules)]

    def result_of(self, side, module, values, training, variant):
        if not variant["strides"]:
            values = [
                value.detach().clone().as_strided(value.shape, value.stride()) if isinstance(value, torch.Tensor) else value for value in values
            ]
        wanted = [value.requires_grad_(True) for value in values if isinstance(value, torch.Tensor) and value.is_floating_point()]
        out = self.call(side, module, values, training)
        named = list(module.named_parameters()) if module is not None else []
        loss = torch_side.projection(entry.flatten(out, torch_side.is_tensor))
        gradients = None
        if loss is not None and self.backward:
            gradients = torch.autograd.grad(loss, [value for _, value in named] + wanted, allow_unused=True)
        return tensors(out), [name for name, _ in named], gradients, sorted(self.dropout.rates)

    def mapped_gradients(self, before, after, modules):
        """Gradients of the old weights as the state map carries them, beside those of the new."""
        (_, names, first, _), (_, others, second, _) = before, after
        if first is None or second is None:
            return [], []
        inputs = list(first[len(names) :]), list(second[len(others) :])
        if modules[0] is None:
            return inputs
        old = torch_side.gradient_state(modules[0], [p for _, p in modules[0].named_parameters()], first[: len(names)])
        new = torch_side.gradient_state(modules[1], [p for _, p in modules[1].named_parameters()], second[: len(others)])
        wanted, _ = self.carried(dict(old), dict(new))
        return [*[wanted.get(name) for name, _ in new], *inputs[0]], [*[value for _, value in new], *inputs[1]]

    def compare(self, variant, dtype, training, label):
        rtol, atol = (self.numeric["rtol"], self.numeric["atol"]) if dtype is torch.float32 else (EXACT, EXACT)
        modules = self.modules(variant, dtype)
        before, after = self.results(variant, dtype, training, modules)
        apart(before[0], after[0], label, rtol, atol)
        if before[3] != after[3]:
            raise Problem(f"{label}: dropout at the rates {before[3]} before, {after[3]} after")
        old, new = self.mapped_gradients(before, after, modules)
        apart(old, new, f"gradients, {label}", rtol, atol)
        if old:
            self.axes.add("gradients")
        if training and modules[0] is not None:
            state = modules[1].state_dict()
            buffers, _ = self.carried(dict(modules[0].state_dict()), state)
            apart([buffers[name] for name in state], list(state.values()), f"state after {label}", rtol, atol)

    def compare_bf16(self, variant, training):
        """Rounding may differ, but the new code is no less exact than the old, in results and in gradients: both against fp64 on the same
        rounded values."""
        modules = self.modules(variant, torch.bfloat16)
        try:
            before = self.result_of(0, modules[0], self.values(variant, torch.bfloat16), training, variant)
        except (RuntimeError, NotImplementedError):
            return  # the operator has no bf16, before and after
        after = self.result_of(1, modules[1], self.values(variant, torch.bfloat16), training, variant)
        rounded = self.mapped_gradients(before, after, modules)
        wide = [module and module.double() for module in self.modules(variant, torch.bfloat16)]
        exact = self.result_of(0, wide[0], self.values(variant, torch.bfloat16, torch.float64), training, variant)
        truth, _ = self.mapped_gradients(exact, self.result_of(1, wide[1], self.values(variant, torch.bfloat16, torch.float64), training, variant), wide)
        self.no_less_exact(before[0], after[0], exact[0], "result")
        self.no_less_exact(*rounded, truth, "gradient")
        self.axes.add("bf16")

    def no_less_exact(self, before, after, exact, word):
        for number, (one, other, truth) in enumerate(zip(before, after, exact, strict=True)):
            if one is None or other is None or truth is None:
                continue  # what only one side has is told in fp32
            if one.dtype != other.dtype or one.shape != other.shape:
                raise Problem(f"bf16: {word} {number} is {shown(one)} before, {shown(other)} after")
            if one.is_floating_point():
                (far, scale), (farther, _) = distance(truth, one), distance(truth, other)
                if farther > (2 * far + BF16 * scale if self.safe else 4 * far + 8 * BF16 * scale):
                    raise Problem(f"bf16: {word} {number} is {farther:.1e} off, and was {far:.1e} off before (of {scale:.1e})")

    def repeat(self, variant):
        """In evaluation the new side is deterministic, also after training, and whichever mode it was built in."""
        modules = self.modules(variant, torch.float32)
        if modules[1] is None:
            return
        values, found = self.values(variant, torch.float32), []
        self.dropout.switch(modules[1], False)
        with torch.no_grad():
            for seed, training in ((1, False), (2, True), (3, False)):
                modules[1].train(training)
                state = {name: value.clone() for name, value in modules[1].state_dict().items()}
                torch_side.seed(seed)
                out = tensors(modules[1](**dict(zip(self.names, values))))
                modules[1].load_state_dict(state)
                found += [] if training else [out]
            old = tensors(self.call(0, modules[0], values, False))
        for number, (one, other, before) in enumerate(zip(*found, old)):
            if not torch.equal(one.nan_to_num(), other.nan_to_num()):
                raise Problem(f"evaluation: result {number} is another one after training, or with other random numbers")
            if distance(before, one)[0] > self.numeric["atol"] + self.numeric["rtol"] * distance(before, one)[1]:
                raise Problem(f"evaluation: with dropout that is not switched off by hand, result {number} differs")

    def run(self):
        plain = {"other sizes": False, "strides": False, "mask": "plain"}
        self.dropout.off = True
        modes = [False, True] if self.numeric["train"] else [False]
        for training in modes:
            word = "train" if training else "eval"
            self.compare(plain, torch.float32, training, f"{word} fp32")
            self.compare(plain, torch.float64, training, f"{word} fp64")
            self.compare_bf16(plain, training)
            self.axes |= {word, "fp64"}
        for word in ("other sizes", "strides"):
            self.compare({**plain, word: True}, torch.float32, False, f"eval fp32, {word}")
            self.axes.add(word)
        masks = ["lowest", "infinite"]
        if self.safe or not any(self.inputs.made[name][0] == "hidden" for name in self.names.values()):
            masks.append("lowest, a whole row")
        if self.safe:
            masks.append("infinite, a whole row")
        for how in masks if self.uses_masks() else ():
            for dtype in (torch.float32, torch.float64):
                self.compare({**plain, "mask": how}, dtype, False, f"mask: {how}")
            self.axes.add("masks")
        self.dropout.off = False
        self.repeat(plain)
        self.axes.add("repeated")

    def uses_masks(self):
        return any(self.inputs.made[name][0] in ("mask", "hidden") for name in self.names.values())


# ---- the job


def overlays(roots):
    """Modules of a root that belong to a package which lies elsewhere: what a package of today lacks."""
    import importlib.util
    import pathlib

    found = {}
    for root in roots:
        for path in pathlib.Path(root).glob("torch/**/*.py"):
            found[".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")] = str(path)
    return {name: path for name, path in found.items() if importlib.util.find_spec(name.rpartition(".")[0])}


def run(job):
    note = Note(job["note"])
    content = note.content
    content.update(ran=0, axes=[], problems=[])
    try:
        torch.set_num_threads(1)
        dropout = torch_side.Dropout()
        entry.prepare_imports(job["roots"], overlays(job["roots"]))
        axes = set()
        for program in job["programs"]:
            note.stage(program["title"])
            try:
                pair = Pair(program, job, dropout)
                pair.run()
            except ModuleNotFoundError as error:
                content["missing"] = error.name
                continue
            except Problem as problem:
                content["problems"].append([program["line"], program["title"], f"differs in {problem}"])
                dropout.off = False
                content["ran"] += 1
                continue
            except Refused:
                raise
            except Exception as error:
                text = f"raises {type(error).__name__}: {words_of(error)}"[:300]
                content["problems"].append([program["line"], program["title"], text])
                dropout.off = False
                continue
            content["ran"] += 1
            axes |= pair.axes
        content["axes"] = [axis for axis in AXES if axis in axes]
        if "missing" in content and not content["ran"] and not content["problems"]:
            raise Refused(f"{content['missing']} is not installed; give its folder with --root", "import")
    except Exception as error:
        note.fail(error)
        return
    note.finish(job["arrays"])
