"""Ring 3: whole models, both sides in children, and the verdict."""

import itertools

from . import compare, entry
from .children import Worker

CHECKS = ("eval", "train", "gradients", "buffers", "steps", "start")


def blank(name, ring):
    return {
        "name": name,
        "ring": ring,
        "verdict": "could not run",
        "reason": None,
        "checks": [],
        "notes": [],
        "divergence": None,
        "made_up": {},
        "seconds": 0.0,
        "processor": 0.0,
    }


def add_time(result, note):
    """What a run took counts for the result: seconds, and seconds of a processor."""
    for key in ("seconds", "processor"):
        result[key] = round(result[key] + note.get(key, 0.0), 3)


def failure(result, side, note, only_second=False):
    """A side that did not end: a verdict with its reason, and the stage and line where it was."""
    kind, error = note["kind"], note["error"]
    if kind == "state":
        result.update(verdict="differs", reason=error)
    elif only_second and kind == "error":
        result.update(verdict="differs", reason=f"only the second side fails, in {note['stage']}: {error}")
    else:
        result.update(verdict="could not run", reason=f"{side}, in {note['stage']}: {error}")
    result["kind"], result["stage"] = kind, note["stage"]
    if note.get("line"):
        result["line"] = note["line"]
    return result


def run_pair(worker, before, after, job, rtol=compare.RTOL, name="", ring=3):
    """Runs a job on two sides, {"roots", "replaced", "module"} each, and compares."""
    result = blank(name, ring)
    notes = []
    job = {"kind": "torch", "trace": True, "side": None, **job, "state": worker.folder.name + f"/state{worker.jobs}.pt"}
    for side, place in (("before", before), ("after", after)):
        more = {"way": notes[0].get("way"), "reference": notes[0]["arrays"]} if notes else {}
        note = worker.run({**job, **place, **more, "side": side})
        add_time(result, note)
        if note["error"]:
            return failure(result, side, note, only_second=bool(notes))
        notes.append(note)
        result.setdefault("reached", []).append(note.get("reached", []))
        result["made_up"].update(note.get("made_up", {}))
    sides = compare.Sides(*notes, rtol)
    judge(result, sides)
    only_dropout = False
    if result["verdict"] == "equal" or result.get("kind") == "names":
        only_dropout = judge_dropout(worker, before, after, job, result, sides)
    if result["verdict"] == "differs":
        locate(worker, before, after, job, result, sides, only_dropout)
    return result


def judge(result, sides):
    """Fills a result from the notes and arrays of both sides: the checks, notes, reasons, and the verdict."""
    before, after = sides.notes
    result["tensors"], result["parameters"] = before.get("tensors"), before.get("parameters")
    result["checks"] = [found for found in (compare.check(sides, what) for what in CHECKS) if found]
    result["layers"] = compare.layers(sides)
    reasons = reasons_of(result, sides)
    result["notes"] += notes_on(result, sides)
    differs = bool(reasons) or "differs" in {found["verdict"] for found in result["checks"]}
    renamed, packed = after.get("renamed"), after.get("packed")
    if (renamed or packed) and not differs:
        differs, result["kind"] = True, "names"
        reasons.append(only_names(renamed, packed))
    result["renamed"], result["packed"] = renamed, packed
    result["verdict"] = "differs" if differs else "equal"
    result["reason"] = "; ".join(reasons) or None
    if not differs and not sides.names("fp32")[0]:
        result.update(verdict="could not run", reason="the model gives no tensors, so nothing was compared")


def reasons_of(result, sides):
    """What is not the same on both sides besides numbers, in words; the line of the second side where one tells it."""
    before, after = sides.notes
    reasons = [f"state: {after['state']}"] if after.get("state") else []
    if after.get("random") and not before.get("random"):
        reasons.append("only the second is random in evaluation")
    for kind, rates in before.get("dropout", {}).items():
        other = after.get("dropout", {}).get(kind)
        if kind.endswith("train") and other is not None and other != rates:
            reasons.append(f"dropout rates in training: {short(rates)} and {short(other)}")
            result["line"] = place_of_dropout(before, after)
            break
    for kind, error in after.get("failed", {}).items():
        if kind not in before.get("failed", {}) and kind.startswith("fp32"):
            reasons.append(f"only the second fails in {kind}: {error}")
            result["line"] = after.get("failed_at", {}).get(kind)
    return reasons + [f"{found['check']}: {found['reason']}" for found in result["checks"] if found["reason"] and found["verdict"] == "differs"]


def judge_dropout(worker, before, after, job, result, sides):
    """Where the same seed gives other numbers with dropout, many are drawn on both sides, and have to scatter alike. True when they do not."""
    drawn = compare.drawn_apart(sides)
    if not drawn:
        return False
    more = {"scatter": True, "way": sides.notes[0].get("way"), "reference": sides.notes[0]["arrays"]}
    notes = [worker.run({**job, **place, **more, "side": side}) for side, place in (("before", before), ("after", after))]
    for note in notes:
        add_time(result, note)
    errors = [note["error"] for note in notes if note["error"]]
    if errors:
        result["notes"].append(f"training with dropout draws other numbers, and how they scatter could not be compared: {errors[0]}")
        return False
    reason = compare.dropout_apart(compare.Sides(*notes, sides.rtol), drawn)
    if reason:
        result.update(verdict="differs", reason=reason, kind=None)
    return bool(reason)


def notes_on(result, sides):
    """What limits the claim of a result."""
    before, after = sides.notes
    notes, worst = [], [found["worst"] for found in result["checks"] if found["worst"]]
    if before.get("random"):
        notes.append("random in evaluation: compared with the same seed")
    for kind, error in after.get("failed", {}).items():
        if kind not in before.get("failed", {}) and not kind.startswith("fp32"):
            notes.append(f"not run in fp64 on the second side: {error}")
    if sides.limited():
        notes.append(f"precision-limited: {', '.join(sides.limited())} in the model, so fp64 says nothing")
    elif "fp64" in before.get("failed", {}):
        notes.append(f"not run in fp64: {before['failed']['fp64']}")
    if any(row["fp64"] and row["equal"] and row["fp64"]["rel"] > sides.exact for row in worst):
        notes.append("in fp64 apart by no more than the rounding of constants to fp32, or of this model itself")
    if any(row["rounding"] for row in worst):
        notes.append("beyond the tolerance in fp32, but no further than this model itself is from fp64")
    return notes


def only_names(renamed, packed):
    """In words, how the weights of two sides are named and kept that compute the same."""
    words = []
    if renamed:
        first, second = next(iter(renamed.items()))
        words.append(f"in the names of weights, {first} is {second}{and_more(renamed)}")
    if packed:
        words.append(f"in how weights are kept: {packed[0]['new']} is {', '.join(packed[0]['old'])}, {packed[0]['how']}{and_more(packed)}")
    return f"only {' and '.join(words)}; with these paired, all that ran is the same"


def and_more(items):
    return f" and {len(items) - 1} more" if len(items) > 1 else ""


def place_of_dropout(before, after):
    """The line of the first dropout that the other side does not have at this place."""
    calls = [note.get("dropout_calls", []) for note in (before, after)]
    for first, second in itertools.zip_longest(*calls):
        if first is None or second is None or first[0] != second[0]:
            return (second or first)[1]
    return None


def short(rates):
    return f"[{', '.join(f'{rate:g}' for rate in rates[:6])}{', ...' if len(rates) > 6 else ''}]"


def locate(worker, before, after, job, result, sides, only_dropout=False):
    """Adds where the sides begin to differ: the module by the traces, then the operation in it by a second run. Where only outputs with
    dropout scatter otherwise, modules that one side alone has say nothing."""
    found, training = compare.divergence(sides), {}
    if not found:
        training = {"in_training": True}
        sides = traced_in_training(worker, before, after, job, result, sides)
        found = sides and compare.divergence(sides)
    if not found:
        other = sides and not only_dropout and compare.other_arguments(sides)
        result["divergence"] = other or (sides and not result.get("line") and compare.whole_model(sides)) or None
        return
    result["divergence"] = found
    wanted = {"path": found["path"], "call": found["call"], "precision": found["precision"]}
    more = {"operations": wanted, "way": sides.notes[0].get("way"), "reference": sides.notes[0]["arrays"]}
    more.update(training)
    notes = [worker.run({**job, **place, **more, "side": side}) for side, place in (("before", before), ("after", after))]
    if not any(note["error"] for note in notes):
        for note in notes:
            note["precision"] = found["precision"]
        found["operation"] = compare.operation(compare.Sides(*notes))


def traced_in_training(worker, before, after, job, result, sides):
    """Both sides run once more, their modules watched in training; the same sides where nothing of training differs."""
    if not any(
        found["check"] in ("train", "gradients", "steps", "buffers") and found["verdict"] == "differs" for found in result["checks"]
    ):
        return sides
    more = {"in_training": True, "gradients": False, "steps": 0, "way": sides.notes[0].get("way"), "reference": sides.notes[0]["arrays"]}
    notes = [worker.run({**job, **place, **more, "side": side}) for side, place in (("before", before), ("after", after))]
    return None if any(note["error"] for note in notes) else compare.Sides(*notes, sides.rtol)


def parse_inputs(texts):
    return [entry.parse_spec(text) for text in texts]


def worker_for(options, preload):
    return Worker({"time": options.timeout, "memory": options.memory}, preload)
