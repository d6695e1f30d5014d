"""Both sides of a migration: the source and its migrated twin, in their frameworks, with the weights converted between."""

import functools
import os

from .. import weights
from . import compare, entry, gradients, model, stored
from .children import Worker

EXTENSIONS = {"torch": ".safetensors", "keras": ".weights.h5", "tensorflow": ".weights.h5"}


def read_map(path):
    try:
        content = weights.read_map(path)
    except weights.WrongUsage as error:
        raise entry.BadSpec(str(error)) from None
    for key in ("from", "to", "entry"):
        if not isinstance(content.get(key), str):
            raise entry.BadSpec(f"{path}: no `{key}` in the map")
    return content


def specs_of(content, texts):
    """The inputs: given, otherwise those that the map carries."""
    texts = texts or content.get("check", {}).get("inputs", [])
    if not texts and content.get("inputs"):
        raise entry.BadSpec("give each input with --input, as x=f32[1,3,32,32]")
    return [entry.parse_spec(text) for text in texts]


def permutes_of(items, count):
    found = [item.get("permute") for item in items]
    return (found + [None] * count)[: max(count, len(found))]


def framework_of(name):
    return "torch" if name == "torch" else "keras"


class Migration:
    def __init__(self, path, options):
        self.content = read_map(path)
        self.path, self.options = os.path.abspath(path), options
        self.specs = specs_of(self.content, options.input)
        self.frameworks = framework_of(self.content["from"]), framework_of(self.content["to"])
        self.input_permutes = permutes_of(self.content.get("inputs", []), len(self.specs))
        self.output_permutes = [item.get("permute") for item in self.content.get("outputs", [])]
        # Whoever verifies many migrations gives workers that outlive each.
        self.own, self.workers = options.workers is None, {} if options.workers is None else options.workers

    def worker(self, framework):
        if framework not in self.workers:
            preload = ["torch", "torch.nn", "safetensors.torch"] if framework == "torch" else ["keras"]
            environment = {} if framework == "torch" else {"KERAS_BACKEND": self.backend()}
            limits = {"time": self.options.timeout, "memory": self.options.memory}
            self.workers[framework] = Worker(limits, preload, environment)
        return self.workers[framework]

    def all_workers(self):
        return [self.worker(framework) for framework in dict.fromkeys(self.frameworks)]

    def parts(self):
        """What tells one run from another, besides the files that it reads."""
        with open(self.path, "rb") as file:
            text = stored.digest_of(file.read())
        return ["migration", self.path, text, self.specs, self.source_roots(), self.options.rtol, self.backend(), self.options.grad]

    def backend(self):
        import importlib.util

        if os.environ.get("KERAS_BACKEND"):
            return os.environ["KERAS_BACKEND"]
        return next((name for name in ("tensorflow", "torch", "jax") if importlib.util.find_spec(name)), "tensorflow")

    def close(self):
        for worker in self.workers.values() if self.own else ():
            worker.close()

    def source_roots(self):
        """Where the source is imported from: as given, otherwise the folder that the map's file and module leave, otherwise here."""
        if self.options.root:
            return [os.path.abspath(root) for root in self.options.root]
        check = self.content.get("check", {})
        tail = "/" + check.get("module", "").replace(".", "/")
        for end in (".py", "/__init__.py"):
            file = os.path.abspath(check.get("file", ""))
            if file.endswith(tail + end) and os.path.exists(file):
                return [file[: -len(tail + end)] or "/"]
        return [os.path.abspath(".")]

    def run_side(self, number, checkpoint):
        """The note of a side, for Keras those of both precisions put together."""
        framework = self.frameworks[number]
        roots = [os.path.dirname(self.path)] if number else self.source_roots()
        job = {
            "kind": framework,
            "side": "after" if number else "before",
            "roots": roots,
            "replaced": {},
            "module": self.content.get("check", {}).get("module"),
            "entry": self.content["entry"],
            "inputs": self.specs,
            "trace": True,
            "across": True,
            "permutes": self.input_permutes if number else None,
            "gradients_in_evaluation": self.options.grad,
            "output_permutes": self.output_permutes if number else None,
        }
        worker = self.worker(framework)
        if framework == "torch":
            # The source writes its state for itself and the checkpoint; the target reads the checkpoint.
            state = checkpoint if number else os.path.join(worker.folder.name, "state.pt")
            return worker.run({**job, "state": state, "checkpoint": checkpoint})
        single = worker.run({**job, "checkpoint": checkpoint, "floatx": "float32"})
        if single["error"]:
            return single
        double = worker.run({**job, "checkpoint": checkpoint, "floatx": "float64"})
        return joined(single, double)


def joined(single, double):
    """One note of the runs in both precisions; that fp64 failed is no more than a note in it."""
    single["seconds"] = round(single.get("seconds", 0.0) + double.get("seconds", 0.0), 3)
    if double["error"]:
        single.setdefault("failed", {})["fp64"] = double["error"]
        return single
    for key in ("arrays_of", "traces", "failed"):
        single[key] = {**single.get(key, {}), **double.get(key, {})}
    single["limited"] = sorted({*single.get("limited", []), *double.get("limited", [])})
    single["more_arrays"] = double["arrays"]
    return single


def partners_of(content):
    """Which layers of the target stand for which of the source, by the weights that they share; the models for each other."""
    found = {"": [""]}
    for item in content["weights"]:
        target = layer_of(item["to"], content["to"])
        for name in item["from"]:
            found.setdefault(layer_of(name, content["from"]), []).append(target)
    return found


def layer_of(name, framework):
    return name.rpartition(".")[0] if framework_of(framework) == "torch" else name.rpartition("vars/")[0].rstrip("/")


def convert(migration, source, target):
    """None, or why the weights could not be converted."""
    try:
        weights.convert(migration.path, source, target)
    except weights.Refused as refused:
        return f"the weights do not fit the map: {'; '.join(refused.problems[:3])}"
    except weights.Unreadable as error:
        return f"the weights cannot be converted: {error}"
    return None


def verify(path, options):
    """The result of one migration."""
    migration = Migration(path, options)
    content = migration.content
    result = model.blank(content["entry"], 3)
    result["frameworks"] = [content["from"], content["to"]]
    try:
        moved = getattr(options, "moved", ())
        run = functools.partial(compare_sides, migration, result)
        return stored.remember(options.store, stored.replaced(migration.parts(), moved), migration.all_workers(), run, moved)
    finally:
        migration.close()


def compare_sides(migration, result):
    """Fills the result: both sides run, the weights converted between."""
    content, options = migration.content, migration.options
    worker = migration.worker(migration.frameworks[0])
    source = os.path.join(worker.folder.name, "source" + EXTENSIONS[migration.frameworks[0]])
    target = os.path.join(worker.folder.name, "target" + (".pt" if migration.frameworks[1] == "torch" else ".weights.h5"))
    before = migration.run_side(0, source)
    result["seconds"] = before.get("seconds", 0.0)
    if before["error"]:
        return model.failure(result, "the source", before)
    if os.path.exists(source):
        trouble = convert(migration, source, target)
        if trouble:
            result.update(verdict="differs", reason=trouble)
            return result
    after = migration.run_side(1, target)
    result["seconds"] = round(result["seconds"] + after.get("seconds", 0.0), 3)
    if after["error"]:
        return model.failure(result, "the migrated model", after, only_second=True)
    permutes = permutes_of(content.get("outputs", []), len(before["arrays_of"]["fp32"]))
    sides = compare.Sides(before, after, options.rtol, permutes)
    if options.grad:
        result["notes"] += gradients.match(migration, sides)
    model.judge(result, sides)
    result["layers"] = compare.layers_across(sides, partners_of(content))
    if result["verdict"] == "differs":
        result["divergence"] = compare.divergence_across(sides, partners_of(content))
    return result
