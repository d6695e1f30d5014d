"""Runs one class of a PyTorch program in a child, with a configuration and inputs made up for it.

The first child looks for a recipe: arguments of the constructor and of `forward` with which the class runs and reaches the lines that
changed. The recipe is plain data; the children that are compared follow it.
"""

import collections
import functools
import importlib
import itertools
import sys
import time

import torch

from . import entry, makeup, torch_side
from .notes import Note, Refused, kind_of, user_line, words_of

# Each class is tried a little before any is tried hard, since one that needs what only its model can make costs many tries in vain; at last
# those are built that have many weights. Seconds are of this process.
ROUNDS = (
    {"tries": 40, "seconds": 0.3, "weights": 4e6, "repairs": False},
    {"tries": 120, "seconds": 2.0, "weights": 4e6, "repairs": True},
    {"tries": 12, "seconds": 2.0, "weights": 3e7, "repairs": True},
)
# So many inputs that fail in the same way say that inputs are not what is wrong.
SAME = 16
# Tries, and seconds of this process, to look for inputs that reach more lines; for those that did not change but use what did.
MORE_TRIES = 160
PATIENCE, SMALL_PATIENCE = 1.0, 0.8
# Recipes with other values for settings.
MOST_OTHERS = 2
# Seconds of this process for the classes that use a class, when it has run itself.
AFTERWARDS = 1.0


def watched(job):
    """The lines to reach: those that changed, and those that use what changed."""
    return [*job["lines"], *job["uses"]]


class Lines:
    """Which of the given lines of a file run. Only the code that holds one that has not run yet is watched: all else runs at its own speed."""

    def __init__(self, file, wanted):
        self.file, self.wanted, self.seen = file, set(wanted), set()
        self.within = {}

    def trace(self, frame, event, argument):
        code = frame.f_code
        if code.co_filename != self.file:
            return None
        if code not in self.within:
            self.within[code] = {line for _, _, line in code.co_lines()} & self.wanted
        return None if self.within[code] <= self.seen else self.line

    def line(self, frame, event, argument):
        if event == "line" and frame.f_lineno in self.wanted:
            self.seen.add(frame.f_lineno)
            frame.f_trace_lines = not self.within[frame.f_code] <= self.seen
        return self.line

    def __enter__(self):
        sys.settrace(self.trace)
        return self

    def __exit__(self, *_):
        sys.settrace(None)


class TooLarge(Exception):
    """A model of more weights than are wanted."""


class Weights:
    """Counts the weights that modules register, before they get their values, which takes most of the time that building takes."""

    def __init__(self):
        self.count, self.limit = 0, float("inf")
        plain = torch.nn.Module.register_parameter

        def register_parameter(module, name, value):
            if isinstance(value, torch.nn.Parameter) and not torch.nn.parameter.is_lazy(value):
                self.count += value.numel()
                if self.count > self.limit:
                    raise TooLarge(f"it has more than {self.limit:g} weights")
            plain(module, name, value)

        torch.nn.Module.register_parameter = register_parameter

    def start(self, limit):
        self.count, self.limit = 0, limit


class Search:
    """Looks for a recipe for one class."""

    def __init__(self, module, cls, job, weights):
        self.module, self.cls, self.job, self.weights = module, cls, job, weights
        self.deadline, self.left, self.round = None, 0, ROUNDS[0]
        self.error, self.first, self.extended = None, None, 0
        self.settings = job["settings"]
        self.large = []
        self.left_over, self.is_over = self.candidates(), False

    def spent(self):
        return time.process_time() > self.deadline or self.left <= 0

    def construct(self, recipe):
        torch_side.seed(0)
        self.weights.start(self.round["weights"])
        return makeup.construct(self.module, self.cls, recipe).eval()

    def attempt(self, recipe):
        """The lines reached by a recipe, or None when it does not run."""
        self.left -= 1
        try:
            with torch.no_grad(), Lines(self.module.__file__, watched(self.job)) as lines:
                model = self.construct(recipe)
                values, names = torch_side.make_inputs(recipe["inputs"])
                result = call(model, names, values)
                train_once(model, names, values)
            if not entry.flatten(result, torch_side.is_tensor):
                raise Refused("it gives no tensors", "error")
            return lines.seen
        except Exception as error:
            if kind_of(error) == "memory":
                raise
            self.error, self.first = error, self.first or error
            return None

    def attempt_with_more(self, recipe, model, more=3):
        """An attempt, and where something was None that must not be, attempts with each optional input besides: at most `more`, of which
        each but the last has to change what is wrong."""
        reached = self.attempt(recipe)
        wrong = str(self.error), user_line(self.error) if self.error else None
        missing = "NoneType" in wrong[0] or isinstance(self.error, UnboundLocalError)
        if reached is not None or not missing or not more or self.extended > 40:
            return recipe, reached
        for spec in makeup.optional_inputs(model, recipe):
            self.extended += 1
            longer = {**recipe, "inputs": [*recipe["inputs"], spec]}
            reached = self.attempt(longer)
            if reached is not None:
                return longer, reached
            if "NoneType" in str(self.error) and (str(self.error), user_line(self.error)) != wrong:
                return self.attempt_with_more(longer, model, more - 1)
        return recipe, None

    def attempt_repaired(self, recipe, model):
        """An attempt, and more with the sizes that its error asks for."""
        found, reached = self.attempt_with_more(recipe, model)
        if reached is None and self.round["repairs"]:
            for other in makeup.resized(recipe, self.error):
                found, reached = other, self.attempt(other)
                if reached is not None:
                    break
        return found, reached

    def builds(self, recipe):
        self.left -= 1
        try:
            with torch.no_grad():
                return self.construct(recipe)
        except Exception as error:
            self.error = error
            if isinstance(error, TooLarge):
                self.large.append(recipe)
        return None

    def candidates(self):
        """(recipe, model) of everything to try, the likeliest first; what an attempt said decides what comes next."""
        for recipe in makeup.constructions(self.module, self.cls, self.settings):
            yield from self.with_inputs(recipe)

    def with_inputs(self, recipe):
        model, failures = self.builds(recipe), collections.Counter()
        if model is None:
            yield None
            return
        for inputs in makeup.inputs(model, recipe, self.settings):
            yield {**recipe, "inputs": inputs}, model
            failures[str(self.error), str(user_line(self.error))] += 1
            if makeup.hopeless(self.error) or max(failures.values()) >= SAME:
                break

    def run(self, limits, deadline):
        """[(recipe, lines reached)], or None when none of so many further tries ran. A later call goes on where this one ended."""
        self.left, self.deadline, self.round = limits["tries"], deadline, limits
        if not makeup.has_forward(self.cls):
            self.error, self.is_over = Refused("it has no forward", "unfound"), True
            return None
        if limits is ROUNDS[-1]:
            self.left_over = itertools.chain.from_iterable(map(self.with_inputs, self.large[:2]))
        while not self.spent():
            candidate = next(self.left_over, self)
            if candidate is self:
                self.is_over = not self.large
                return None
            if candidate is not None:
                found, reached = self.attempt_repaired(*candidate)
                if reached is not None:
                    self.left, self.deadline = MORE_TRIES, time.process_time() + PATIENCE
                    return self.widen(found, candidate[1], reached)
        return None

    def widen(self, recipe, model, reached):
        """[(recipe, lines)]: the first, variations that reach lines which it does not, and one with other values where the changed lines
        mention settings."""
        recipe, reached = self.with_room(recipe, reached)
        found = [(recipe, reached)]
        started = time.process_time()
        for variation in makeup.variations(self.module, self.cls, model, recipe):
            missing = set(watched(self.job)) - set().union(*(lines for _, lines in found))
            is_late = not missing & set(self.job["lines"]) and time.process_time() > started + SMALL_PATIENCE
            if not missing or is_late or self.spent() or len(found) > 3:
                break
            lines = self.attempt(variation)
            if lines and lines & missing:
                found.append((variation, lines))
        found += self.with_inputs_mentioned(model, found)
        fullest = max(found, key=lambda item: len(item[1]))[0]
        return found + self.with_other_values(fullest)

    def with_inputs_mentioned(self, model, found):
        """[(recipe, lines)] with the optional tensors that changed lines mention and no recipe gives yet: what stands for them where they are
        left out is often zero, which hides what is done with it."""
        given = {spec["name"] for recipe, _ in found for spec in recipe["inputs"]}
        recipe, more = found[0][0], []
        for name, values in makeup.optional_values(model, recipe).items():
            if name in given or not any(name in word for word in self.job["words"]):
                continue
            for value in [value for value in values if value.get("dtype") == "float32"][:2]:
                longer = {**recipe, "inputs": [*recipe["inputs"], {"name": name, **value}]}
                lines = None if self.spent() else self.attempt(longer)
                if lines:
                    recipe, more = longer, [(longer, lines)]
                    break
        return more

    def with_other_values(self, recipe):
        """[(recipe, lines)] with other values for the settings that changed lines mention: all of them, or the halves that run."""
        found, waiting = [], [makeup.other_values(self.module, self.cls, recipe, set(self.job["words"]))]
        while waiting and len(found) < MOST_OTHERS and not self.spent():
            changes = waiting.pop(0)
            variation = makeup.with_all(recipe, changes)
            lines = self.attempt(variation) if changes else None
            if lines:
                found.append((variation, lines))
            elif len(changes) > 1:
                waiting += [changes[: len(changes) // 2], changes[len(changes) // 2 :]]
        return found

    def with_room(self, recipe, reached):
        """The recipe with longer inputs where a part of this class that is compared is given one place only, along which nothing can be
        seen: a softmax over one score is one, whatever the score."""
        part = self.job["classes"][0]
        if self.cls.__name__ != part and self.is_narrow(recipe, part):
            for other in makeup.enlarged(recipe):
                lines = None if self.spent() else self.attempt(other)
                if lines and lines >= reached and not self.is_narrow(other, part):
                    return other, lines
        return recipe, reached

    def is_narrow(self, recipe, part):
        """Whether each call of modules of that class is given tensors of one place only."""
        places = []

        def hook(module, args, kwargs):
            shapes = [value.shape for _, value in entry.flatten((args, kwargs), torch_side.is_tensor) if value.is_floating_point()]
            places.extend(shape[1:-1].numel() for shape in shapes[:1] if len(shape) == 3)

        model = self.construct(recipe)
        for module in model.modules():
            if type(module).__name__ == part:
                module.register_forward_pre_hook(hook, with_kwargs=True)
        try:
            with torch.no_grad():
                call(model, *reversed(torch_side.make_inputs(recipe["inputs"])))
        except Exception as error:
            if kind_of(error) == "memory":
                raise
        return bool(places) and max(places) == 1


def train_once(model, names, values):
    """A run in training, for the lines that only it reaches; one that fails is none."""
    try:
        call(model.train(), names, values)
    except Exception as error:
        if kind_of(error) == "memory":
            raise
    model.eval()


def call(model, names, values):
    positional = [value for name, value in zip(names, values) if not name]
    return model(*positional, **{name: value for name, value in zip(names, values) if name})


def searches(job, module):
    """(name, its search, how hard) of the class and of those that use it, in rounds."""
    all_of_them, weights = {}, Weights()
    for limits in ROUNDS:
        for name in job["classes"]:
            cls = getattr(module, name, None)
            if isinstance(cls, type) and issubclass(cls, torch.nn.Module):
                looked = all_of_them.setdefault(name, Search(module, cls, job, weights))
                if not looked.is_over and (limits is not ROUNDS[-1] or looked.large):
                    yield name, looked, limits


def search(job, note, module):
    """Tries the class itself, then those that use it; writes the recipes that reach most of the changed lines."""
    best, errors, done = None, {}, set()
    deadline = time.process_time() + job["budget"]
    for name, looked, limits in searches(job, module):
        if time.process_time() > deadline or best and limits is ROUNDS[-1]:
            break
        if name in done:
            continue
        note.stage(f"trying {name}")
        found = looked.run(limits, min(deadline, time.process_time() + limits["seconds"]))
        if found is None:
            if looked.error is not None:
                error = looked.first or looked.error
                errors[name] = f"{name}: {type(error).__name__}: {words_of(error)}"[:300]
            continue
        done.add(name)
        count = len(set().union(*(lines for _, lines in found)) & set(job["lines"]))
        if count and not (best and best[0]):
            deadline = min(deadline, time.process_time() + AFTERWARDS)
        if best is None or count > best[0]:
            reached = sorted(set().union(*(lines for _, lines in found)))
            best = count, [{**recipe, "class": name} for recipe, _ in found]
            # Written at once: a later class may take all the time there is.
            note.content["recipes"], note.content["reached"] = best[1], reached
        # Whole models cost much more than the class itself, for a line or two that they may reach besides.
        if 2 * count >= len(job["lines"]):
            break
    if best is None:
        if not errors:
            raise Refused("no class of PyTorch: not verified", "skip")
        raise Refused(f"no configuration was found with which it runs; first try: {next(iter(errors.values()))}", "unfound")
    note.content["errors"] = [text for name, text in errors.items() if name not in done][:3]


def follow(job, note, module, dropout):
    """Runs a recipe: weights, outputs, gradients, steps."""
    recipe = job["recipe"]
    torch_side.seed(0)
    with Lines(module.__file__, watched(job)) as lines:
        model = makeup.construct(module, getattr(module, recipe["class"]), recipe).eval()
        values, names = torch_side.make_inputs(recipe["inputs"])
        note.stage("the first run")
        with torch.no_grad():
            call(model, names, values)
            train_once(model, names, values)
    note.content["reached"] = sorted(lines.seen)
    # What these runs have left behind, in buffers and elsewhere, is gone with the model.
    build = functools.partial(makeup.construct, module, getattr(module, recipe["class"]), recipe)
    torch_side.use(job, note, build, torch_side.make_inputs(recipe["inputs"]), dropout)


def run(job):
    note = Note(job["note"])
    try:
        torch.set_num_threads(1)
        torch.backends.mha.set_fastpath_enabled(False)
        dropout = torch_side.Dropout()
        torch_side.record_makers()
        entry.prepare_imports(job["roots"], job["replaced"])
        note.stage("import")
        module = importlib.import_module(job["module"])
        if job["side"] == "search":
            search(job, note, module)
        else:
            note.stage("build")
            follow(job, note, module, dropout)
    except Exception as error:
        note.fail(error)
        return
    note.finish(job["arrays"])
