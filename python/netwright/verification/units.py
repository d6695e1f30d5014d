"""Ring 2: every class that changed, built in both versions with the same made-up configuration, weights and inputs."""

import ast
import concurrent.futures
import contextlib
import os
import re
import sys
import threading

from .. import progress
from . import changes, entry, makeup_text, model, places, reading, stored
from .children import Worker

STEPS = 5
# Seconds of the child that looks for a recipe; as long a time again, several times, where others use the machine.
BUDGET = 6.0


def settings_of(texts):
    """{name: value} of `--set NAME=VALUE`; a value that is no constant stays text."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            raise entry.BadSpec(f"--set takes NAME=VALUE, not `{text}`")
        try:
            found[name] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            found[name] = value
    return found


def frameworks_to_load(sides):
    """Packages worth importing once, before the children are forked: those that hold no code that is compared."""
    found = ["torch", "torch.nn.functional"]
    text = ""
    for file in {side["file"] for side in sides}:
        with open(file, encoding="utf-8", errors="replace") as source:
            text += source.read()
    for name in ("transformers", "torchvision", "timm", "einops"):
        if (
            re.search(rf"^\s*(from|import)\s+{name}\b", text, re.M)
            or name == "transformers"
            and any("transformers." in side["module"] for side in sides)
        ):
            found.append(name)
    if "transformers" in found:
        found += ["transformers.modeling_utils", "transformers.pytorch_utils", "transformers.modeling_outputs", "transformers.activations"]
    return found


class Unit:
    """One changed class of a file."""

    def __init__(self, worker, sides, change, options, name):
        self.worker, self.sides, self.change, self.options, self.name = worker, sides, change, options, name
        self.settings = settings_of(options.set)

    def job(self, number, side):
        place = {key: self.sides[number][key] for key in ("roots", "replaced", "module")}
        lines = {key: sorted(self.change[key][number]) for key in ("lines", "uses")}
        return {"kind": "units", "side": side, **place, **lines, "words": self.change["words"]}

    def run(self):
        result = {**model.blank(self.name, 2), "because": self.change["because"] or []}
        users = changes.users_of(self.sides[0]["file"], self.change["class"], self.options.max_file_size)
        # Whole models are the easiest to call, so they come right after the nearest user.
        users = [*users[:1], *sorted(users[1:], key=lambda name: not name.endswith("Model"))]
        classes = [self.change["class"], *users][:8]
        found = self.worker.run(
            {
                **self.job(0, "search"),
                "classes": classes,
                "settings": self.settings,
                "budget": BUDGET,
                "time": min(6 * BUDGET, self.options.timeout),
            }
        )
        model.add_time(result, found)
        if found["error"] and not found.get("recipes"):
            model.failure(result, "before", found)
            if found["kind"] in ("unfound", "skip"):
                result["reason"] = found["error"]
            return result
        reached, recipes = [set(), set()], found["recipes"]
        parts = self.run_outputs(recipes[0], result, reached) if self.is_unreached([set(found["reached"]), set()]) else []
        for number, recipe in enumerate(recipes[:1] if parts else recipes):
            less = {} if number == 0 else {"steps": 1}
            join(result, parts[0] if parts else self.run_recipe(recipe, reached, less), number, recipe)
        self.say_what_ran(result, reached, recipes[0]["class"])
        return result

    def run_outputs(self, recipe, result, reached):
        """[result] of the outputs alone where these are the same and the second side reaches none of its changed lines either."""
        part = self.run_recipe(recipe, reached, {"gradients": False, "steps": 0, "trace": False})
        if self.is_unreached(reached) and (part["verdict"] == "equal" or part.get("kind") == "names"):
            return [part]
        model.add_time(result, part)
        return []

    def run_recipe(self, recipe, reached, less=()):
        job = {"recipe": recipe, "part": self.change["class"], "gradients": True, "steps": STEPS, "trace": True, **dict(less)}
        before, after = [{**self.job(side, word), **job} for side, word in ((0, "before"), (1, "after"))]
        result = model.run_pair(self.worker, before, after, {"kind": "units"}, self.options.rtol, self.name, 2)
        ran = result.pop("reached", [])
        if result["verdict"] != "could not run":  # lines that only such a run reaches are compared by none
            for side, lines in zip(ran, reached):
                lines.update(side)
        return result

    def is_unreached(self, reached):
        """Whether lines changed outside of constructors, and none of these or of those that use what changed ran."""
        outside = [{line for line, function in lines.items() if function != "__init__"} for lines in self.change["lines"]]
        outside = [lines | set(uses) for lines, uses in zip(outside, self.change["uses"])]
        return any(outside) and not any(lines & seen for lines, seen in zip(outside, reached))

    def say_what_ran(self, result, reached, tried):
        """Nothing is claimed for lines that did not run."""
        made = self.change["class"]
        if tried != made:
            result["notes"].append(f"run as a part of {tried}")
        if self.change["because"]:
            result["notes"].append(f"changed by what it uses: {', '.join(self.change['because'])}")
        wanted = [set(lines) for lines in self.change["lines"]]
        result["lines"] = {
            "changed": len(wanted[0]) + len(wanted[1]),
            "ran": sum(len(lines & seen) for lines, seen in zip(wanted, reached)),
        }
        left = [sorted(lines - seen) for lines, seen in zip(wanted, reached)]
        if result["verdict"] != "equal" and result.get("kind") != "names":
            return
        if self.is_unreached(reached):
            result.update(verdict="could not run", reason="none of the changed lines was reached", kind="unreached")
        elif any(left):
            parts = [f"{os.path.basename(side['file'])}:{','.join(map(str, lines[:8]))}" for side, lines in zip(self.sides, left) if lines]
            result["notes"].append(f"changed lines that did not run: {'; '.join(parts)}")


def gravity(result):
    """How much a result decides: a difference counts more than one in names only, and that more than none."""
    return 0 if result["verdict"] == "equal" else 1 if result.get("kind") == "names" else 2 if result["verdict"] == "differs" else 1


def join(result, part, number, recipe):
    """Adds what one recipe gave; the first of the gravest differences decides."""
    label = "" if number == 0 else f" [{number + 1}]"
    for check in part["checks"]:
        result["checks"].append({**check, "check": check["check"] + label})
    made = makeup_text.shown(recipe)
    first = number == 0
    result["made_up"].update({key + label: value for key, value in made.items() if first or result["made_up"].get(key) != value})
    model.add_time(result, part)
    result["notes"] += [note for note in part["notes"] if note not in result["notes"]]
    if not first and part["verdict"] == "could not run":
        result["notes"].append(f"not compared with what was made up as{label}: {part['reason']}")
    if first or part["verdict"] == "differs" and gravity(part) > gravity(result):
        for key in ("verdict", "reason", "divergence", "kind", "stage", "line", "tensors", "parameters", "renamed", "packed", "layers"):
            result.pop(key, None)
            if key in part:
                result[key] = part[key]


class Pool:
    """Workers by what they have loaded, so that frameworks are imported once for all classes; several of one kind work side by side."""

    def __init__(self, options):
        self.options, self.free, self.all, self.lock = options, {}, [], threading.Lock()
        # A worker ends with the thread that started it, so the threads stay as long as the workers.
        self.threads = concurrent.futures.ThreadPoolExecutor(options.jobs or os.cpu_count() or 1)

    @contextlib.contextmanager
    def worker(self, preload):
        key = tuple(preload)
        with self.lock:
            idle = self.free.setdefault(key, [])
            worker = idle.pop() if idle else Worker({"time": self.options.timeout, "memory": self.options.memory}, preload)
            if worker not in self.all:
                self.all.append(worker)
        try:
            yield worker
        finally:
            with self.lock:
                self.free[key].append(worker)

    def close(self):
        for worker in self.all:
            worker.close()
        self.threads.shutdown(cancel_futures=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def cannot_read(name, error, kind):
    return {**model.blank(name, 2), "reason": str(error), "kind": kind}, None, None


def units_of(before, after, options, notes):
    """[(name, sides, change)] of every class that changed in two files or folders, or results that say why a file cannot be read."""
    found = []
    files, alone, refused = changes.pairs_of_files(before, after, options.max_file_size)
    notes += [f"{name}: on one side only" for name in alone]
    found += [cannot_read(name, error, "unreadable") for name, error in refused.items()]
    for name, first, second in files:
        try:
            changed, lone, rest = changes.changed_classes(first, second, options.max_file_size)
        except changes.Unreadable as error:
            found.append(cannot_read(name, error, "syntax"))
            continue
        except reading.CannotRead as error:
            found.append(cannot_read(name, error, "unreadable"))
            continue
        notes += [f"{name}: `{item}` is on one side only" for item in lone]
        notes += [f"{name}: {item} changed, and no class that was compared leads to it: not run" for item in rest]
        sides = places.places(first, second, options.root, options.max_file_size) if changed else None
        found += [(f"{name}:{change['class']}", sides, change) for change in changed]
    return found


def run_unit(unit, pool, options, places_left):
    name, sides, change = unit
    if sides is None:
        return name
    with places_left, pool.worker(frameworks_to_load(sides)) as worker:
        parts = ["unit", name, sides, stored.texts_of(sides), change["class"], settings_of(options.set), options.rtol, options.root]
        moved = getattr(options, "moved", ())
        return stored.remember(
            options.store, stored.replaced(parts, moved), [worker], Unit(worker, sides, change, options, name).run, moved
        )


def verify(before, after, options, pool=None):
    """[result] of every class that changed in two files or folders; notes on what is on one side only."""
    if pool is None:
        with Pool(options) as own:
            return verify(before, after, options, own)
    notes = []
    units = units_of(before, after, options, notes)
    # A worker costs the import of its frameworks: one for every two classes is enough.
    places_left = threading.Semaphore(max(1, (len(units) + 1) // 2))
    results = pool.threads.map(lambda unit: run_unit(unit, pool, options, places_left), units)
    return list(progress.over(results, len(units), "classes", sys.stderr.isatty() and not options.quiet)), notes
