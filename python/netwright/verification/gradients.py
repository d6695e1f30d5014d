"""Gradients of a migrated model, brought to the weights of its source: every operation of a map is linear, so each entry of a target's
gradient goes back to the numbers of the source that it was made of.
"""

import numpy as np

from ..tensors import Array, Lazy, apply

LABELS = ("fp32", "fp64", "fp64-constants")


def made(ops, arrays):
    return np.asarray(apply(ops, [Lazy("float64", array.shape, Array(array)) for array in arrays]).values.rows(None, None))


def back(entry, gradient, shapes):
    """[(name, gradient)] of the sources of a target. Each source is seen alone: where its numbers go, and with which factor."""
    ops = [op for op in entry.get("ops", []) if op[0] != "cast"]
    found = []
    for number, name in enumerate(entry["from"]):
        zeros = [np.zeros(shapes[source]) for source in entry["from"]]
        constant = made(ops, zeros)
        size = int(np.prod(shapes[name]))
        factors = made(ops, [*zeros[:number], np.ones(shapes[name]), *zeros[number + 1 :]]) - constant
        places = np.arange(1, size + 1, dtype="float64").reshape(shapes[name])
        places = made(ops, [*zeros[:number], places, *zeros[number + 1 :]]) - constant
        used = factors != 0
        into = np.rint(places[used] / factors[used]).astype("int64") - 1
        result = np.zeros(size)
        np.add.at(result, into, (factors * gradient)[used])
        found.append((name, result.reshape(shapes[name])))
    return found


def of_side(sides, side, label):
    """{name: gradient} of a side in one precision; None where it has none."""
    names = sides.notes[side].get("arrays_of", {}).get(f"{label}-gradients")
    return None if names is None else {name: sides.arrays[side][f"{label}-gradients/{number}"] for number, name in enumerate(names)}


def put(sides, side, label, found):
    sides.notes[side]["arrays_of"][f"{label}-gradients"] = list(found)
    sides.arrays[side].update({f"{label}-gradients/{number}": value for number, value in enumerate(found.values())})


def as_of_source(migration, after):
    """The gradients of the second side by the names, and in the layout, of the first."""
    found = {}
    for entry in migration.content["weights"]:
        gradient = after.get(entry["to"])
        if gradient is None or not all(name in migration.shapes for name in entry["from"]):
            continue
        for name, value in back(entry, gradient.astype("float64"), migration.shapes):
            name, value = migration.tied.get(name, name), value.astype(gradient.dtype)
            found[name] = found[name] + value if name in found else value
    for name, value in after.items():
        if name.startswith("input "):
            order = migration.input_permutes[int(name.removeprefix("input "))]
            found[name] = value.transpose(np.argsort(order)) if order else value
    return found


def match(migration, sides):
    """Puts the gradients of both sides under the same names, those that both have; notes on the others."""
    notes, left = [], set()
    migration.tied = sides.notes[0].get("tied", {})
    own = of_side(sides, 0, "fp32")
    migration.shapes = {name: value.shape for name, value in (own or {}).items()}
    migration.shapes.update({name: migration.shapes[first] for name, first in migration.tied.items() if first in migration.shapes})
    for label in LABELS:
        first, second = of_side(sides, 0, label), of_side(sides, 1, label)
        if second is not None:
            second = as_of_source(migration, second)
        both = [name for name in own or () if (first is None or name in first) and (second is None or name in second)]
        if first is not None and second is not None:
            left |= first.keys() ^ second.keys()
        for side, found in enumerate((first, second)):
            if found is not None:
                put(sides, side, label, {name: found[name] for name in both})
    for note in sides.notes:
        if note.get("not_run"):
            notes.append(note["not_run"])
    if left:
        shown = ", ".join(sorted(left)[:3]) + (f" and {len(left) - 3} more" if len(left) > 3 else "")
        notes.append(f"gradients on one side only, not compared: {shown}")
    return notes
