"""Ring 2: every class that changed, built in both versions with the same made-up configuration, weights and inputs."""

import ast
import os
import re

from . import changes, entry, makeup_text, model, places
from .children import Worker

STEPS = 5
BUDGET = 12.0


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
        return {"kind": "units", "side": side, **place, "lines": sorted(self.change["lines"][number])}

    def run(self):
        result = {**model.blank(self.name, 2), "because": self.change["because"] or []}
        users = changes.users_of(self.sides[0]["file"], self.change["class"])
        # Whole models are the easiest to call, so they come right after the nearest user.
        users = [*users[:1], *sorted(users[1:], key=lambda name: not name.endswith("Model"))]
        classes = [self.change["class"], *users][:8]
        found = self.worker.run({**self.job(0, "search"), "classes": classes, "settings": self.settings, "budget": BUDGET})
        result["seconds"] = found.get("seconds", 0.0)
        if found["error"]:
            model.failure(result, "before", found)
            if found["kind"] in ("unfound", "skip"):
                result["reason"] = found["error"]
            return result
        reached = [set(found["reached"]), set()]
        for number, recipe in enumerate(found["recipes"]):
            part = self.run_recipe(recipe, number, reached)
            join(result, part, number, recipe)
        self.say_what_ran(result, reached, found["recipes"][0]["class"])
        return result

    def run_recipe(self, recipe, number, reached):
        job = {"recipe": recipe, "gradients": True, "steps": STEPS, "trace": True}
        before, after = [{**self.job(side, word), **job} for side, word in ((0, "before"), (1, "after"))]
        result = model.run_pair(self.worker, before, after, {"kind": "units"}, self.options.rtol, self.name, 2)
        for side, lines in zip(result.pop("reached", [[], []]), reached):
            lines.update(side)
        return result

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
        if result["verdict"] != "equal":
            return
        outside = [{line for line, function in lines.items() if function != "__init__"} for lines in self.change["lines"]]
        if any(outside) and not any(lines & seen for lines, seen in zip(outside, reached)):
            result.update(verdict="could not run", reason="none of the changed lines was reached", kind="unreached")
        elif any(left):
            parts = [f"{os.path.basename(side['file'])}:{','.join(map(str, lines[:8]))}" for side, lines in zip(self.sides, left) if lines]
            result["notes"].append(f"changed lines that did not run: {'; '.join(parts)}")


def join(result, part, number, recipe):
    """Adds what one recipe gave; the first difference decides."""
    label = "" if number == 0 else f" [{number + 1}]"
    for check in part["checks"]:
        result["checks"].append({**check, "check": check["check"] + label})
    made = makeup_text.shown(recipe)
    first = number == 0
    result["made_up"].update({key + label: value for key, value in made.items() if first or result["made_up"].get(key) != value})
    result["seconds"] = round(result["seconds"] + part["seconds"], 3)
    result["notes"] += [note for note in part["notes"] if note not in result["notes"]]
    if first or part["verdict"] == "differs" and result["verdict"] != "differs":
        for key in ("verdict", "reason", "divergence", "kind", "stage", "line", "tensors", "parameters", "renamed", "layers"):
            if key in part:
                result[key] = part[key]


def verify(before, after, options):
    """[result] of every class that changed in two files or folders; notes on what is on one side only."""
    results, notes = [], []
    files, alone = changes.pairs_of_files(before, after)
    notes += [f"{name}: on one side only" for name in alone]
    for name, first, second in files:
        try:
            found, lone, _ = changes.changed_classes(first, second)
        except changes.Unreadable as error:
            results.append({**model.blank(name, 2), "reason": str(error), "kind": "syntax"})
            continue
        notes += [f"{name}: `{item}` is on one side only" for item in lone]
        if not found:
            continue
        roots = [*options.root, *([] if os.path.isfile(before) else [])]
        sides = places.places(first, second, roots)
        limits = {"time": options.timeout, "memory": options.memory}
        with Worker(limits, frameworks_to_load(sides)) as worker:
            for change in found:
                results.append(Unit(worker, sides, change, options, f"{name}:{change['class']}").run())
    return results, notes
