"""Holds what two sides left behind against each other: per output how far they are apart, the verdict, and where they begin to differ."""

import numpy as np

from . import packing

RTOL = 1e-5
# How exact fp64 is where fp32 is exact to one unit: 2 to the power 24 - 53.
FINER = 2.0**-29
EXACT = 1e-12
# The same between two frameworks, whose operators are other code.
EXACT_ACROSS = 1e-10
# Of fewer values the scatter says nothing.
FEWEST = 64


def difference(before, after, scale=None):
    """{"abs", "rel", "text"} of two arrays; infinite where they cannot be subtracted."""
    if before.shape != after.shape:
        return {"abs": np.inf, "rel": np.inf, "text": f"shape {list(before.shape)} and {list(after.shape)}"}
    if before.dtype.kind not in "fc" or after.dtype.kind not in "fc":
        if before.dtype.kind != after.dtype.kind and {before.dtype.kind, after.dtype.kind} & set("fcb"):
            return {"abs": np.inf, "rel": np.inf, "text": f"dtype {before.dtype} and {after.dtype}"}
        count = int(np.count_nonzero(before != after))
        far = float(np.abs(before.astype("f8") - after.astype("f8")).max()) if count else 0.0
        return {"abs": far, "rel": np.inf if count else 0.0, "text": f"{count} of {before.size} values" if count else ""}
    wide = "c16" if before.dtype.kind == "c" else "f8"
    first, second = before.astype(wide), after.astype(wide)
    with np.errstate(all="ignore"):
        same = (first == second) | (np.isnan(first) & np.isnan(second))
        gap = np.where(same, 0.0, np.abs(first - second))
        far = float(gap.max()) if gap.size else 0.0
        finite = np.abs(first[np.isfinite(first)])
    if np.isnan(far) or np.isinf(far):
        return {"abs": np.inf, "rel": np.inf, "text": "NaN or infinity on one side only"}
    size = float(finite.max()) if finite.size else 0.0
    scale = max(size, scale or 0.0) or 1.0
    return {"abs": far, "rel": far / scale, "text": ""}


def load(note):
    """The arrays of a side, that of a second child for the other precision included."""
    found = dict(np.load(note["arrays"]))
    return {**found, **np.load(note["more_arrays"])} if "more_arrays" in note else found


class Sides:
    """The notes and arrays of both sides."""

    def __init__(self, before, after, rtol=RTOL, permutes=None):
        self.notes = before, after
        # Of a migration: how the axes of each output move from the first side to the second.
        self.permutes = permutes
        self.rtol, self.exact = rtol, EXACT if permutes is None else EXACT_ACROSS
        self.arrays = load(before), load(after)

    def names(self, kind):
        return [note.get("arrays_of", {}).get(kind) for note in self.notes]

    def array(self, side, kind, number):
        if isinstance(number, tuple):  # several weights that are one on the other side
            how, *numbers = number
            return packing.pack([self.array(side, kind, part) for part in numbers], how, np)
        found = self.arrays[side][f"{kind}/{number}"]
        is_output = not kind.endswith("gradients")
        if side == 0 and is_output and self.permutes and self.permutes[number] and len(self.permutes[number]) == found.ndim:
            return found.transpose(self.permutes[number])
        return found

    def constants(self, kind, numbers):
        """How far an output moves when all constants are rounded to fp32, on the side that tried; 0 where none did."""
        rounded = kind.replace("fp64", "fp64-constants")
        for side, number in enumerate(numbers):
            if rounded in self.notes[side].get("arrays_of", {}):
                found = difference(self.array(side, kind, number), self.array(side, rounded, number))
                return found["rel"] if np.isfinite(found["rel"]) else 0.0
        return 0.0

    def both(self, kind):
        return None not in self.names(kind)

    def limited(self):
        return sorted({name for note in self.notes for name in note.get("limited", [])})


def named(sides):
    """Whether outputs have to have the same names on both sides: not across frameworks, where only their order counts."""
    return sides.permutes is None


def pairs_of(sides, kind):
    """[(name, number before, number after)], or what is not there on both sides."""
    before, after = sides.names(kind)
    if kind.endswith(("gradients", "steps", "buffers", "start")):
        renamed = sides.notes[1].get("renamed", {})
        before = [renamed.get(name, name) for name in before]
        common = [name for name in before if name in after]
        pairs = [(name, before.index(name), after.index(name)) for name in common]
        odd = set(before) ^ set(after)
        for item in sides.notes[1].get("packed", ()):
            if item["new"] in after and all(name in before for name in item["old"]):
                numbers = [before.index(name) for name in item["old"]]
                pairs.append((item["new"], (item["how"], *numbers), after.index(item["new"])))
                odd -= {item["new"], *item["old"]}
        return pairs, sorted(odd)
    if before != after and (named(sides) or len(before) != len(after)):
        return [], [f"outputs {', '.join(before) or 'none'} and {', '.join(after) or 'none'}"]
    return [(name, number, number) for number, name in enumerate(before)], []


def median_size(sides, kind, pairs):
    sizes = [
        float(np.abs(value).max())
        for _, number, _ in pairs
        for value in [sides.array(0, kind, number)]
        if value.size and value.dtype.kind == "f"
    ]
    return float(np.median(sizes)) if sizes else 0.0


def check(sides, what):
    """One check (eval, train, gradients, buffers, steps, start): its verdict and its worst tensor; None when neither side ran it."""
    suffix = "" if what == "eval" else f"-{what}"
    single, double = f"fp32{suffix}", f"fp64{suffix}"
    have = [kind for kind in (single, double) if sides.both(kind)]
    if not have:
        return failed_check(sides, what, suffix)
    pairs, odd = pairs_of(sides, have[0])
    result = {"check": what, "verdict": "equal", "tensors": len(pairs), "limited": [], "worst": None, "reason": None}
    if odd and what != "start":  # whether all are there is seen when the weights are loaded
        result.update(verdict="differs", reason=f"not on both sides: {', '.join(odd[:4])}")
        return result
    floors = {kind: 0.01 * median_size(sides, kind, pairs) if what == "gradients" else None for kind in have}
    exact = double in have and not sides.limited()
    for name, first, second in pairs:
        row = {"name": name, "shape": list(sides.array(0, have[0], first).shape), "fp32": None, "fp64": None, "noise": None, "equal": True}
        for kind, label in ((single, "fp32"), (double, "fp64")):
            if kind in have:
                row[label] = difference(sides.array(0, kind, first), sides.array(1, kind, second), floors[kind])
        row["noise"] = noise_of(sides, single, double, (first, second), floors)
        row["constants"] = sides.constants(double, (first, second))
        judge(row, sides, exact)
        if result["worst"] is None or badness(row) > badness(result["worst"]):
            result["worst"] = row
        if not row["equal"]:
            result["verdict"] = "differs"
    result["limited"] = sides.limited() if not exact else []
    result["exact"] = exact
    return result


def noise_of(sides, single, double, numbers, floors):
    """What fp32 costs this model on the first side that ran in both precisions; None where neither did."""
    for side, number in enumerate(numbers):
        kinds = sides.notes[side].get("arrays_of", {})
        if single in kinds and double in kinds:
            return difference(sides.array(side, double, number), sides.array(side, single, number), floors.get(double))["rel"]
    return None


def failed_check(sides, what, suffix):
    """A check that the first side could not run: said, not counted."""
    for label in ("fp32", "fp64"):
        kind = f"{label}{suffix}"
        before = sides.notes[0].get("failed", {}).get(kind)
        if before:
            return {"check": what, "verdict": "not run", "tensors": 0, "worst": None, "limited": [], "reason": f"the first raises {before}"}
    return None


def drawn_apart(sides):
    """Numbers of the outputs in training with dropout that are not the same on both sides for the same seed."""
    kind = "fp32-dropout"
    if not sides.both(kind) or len(sides.names(kind)[0]) != len(sides.names(kind)[1]):
        return []
    pairs = [[sides.array(side, kind, number) for side in (0, 1)] for number in range(len(sides.names(kind)[0]))]
    return [number for number, values in enumerate(pairs) if difference(*values)["rel"] > 100 * sides.rtol]


def dropout_apart(sides, drawn):
    """What is odd about training with dropout: the same numbers for the same seed are the best there is; where the sides draw in another
    order, which outputs `drawn` tells, these have to scatter as much, and at the same places. None when nothing is."""
    spreads = [note["spread"] for note in sides.notes]
    for number in drawn:
        first, second = spreads[0][number], spreads[1][number]
        if not 0.7 < (second + 1e-12) / (first + 1e-12) < 1.4:
            return f"with dropout output {number} scatters otherwise: variance {first:.2g} and {second:.2g}"
        if elsewhere(*[sides.array(side, "fp32-scatter", number) for side in (0, 1)]):
            return f"with dropout output {number} scatters at other places"
    return None


def elsewhere(before, after):
    """Whether the variances of single values, [2, values] from two halves of the seeds, are further apart from side to side than from half
    to half."""
    if before.shape != after.shape or before.shape[1] < FEWEST:
        return False
    floor = 0.05 * float(before.mean()) + 1e-12

    def apart(first, second):
        return float(np.median(np.abs(np.log((first + floor) / (second + floor)))))

    own = max(apart(*before), apart(*after))
    across = [apart(first, second) for first in before for second in after]
    return min(across) > 1.5 * own + 0.1


def judge(row, sides, exact):
    """Equal: within the tolerance (or what fp32 itself loses on this model), and in fp64, where that was exact, far closer: within what
    fp64 loses on this model, or what the constants cost that one of two frameworks keeps in fp32."""
    noise = row["noise"] if row["noise"] is not None and np.isfinite(row["noise"]) else 0.0
    single, double = row["fp32"], row["fp64"]
    if single and single["rel"] > max(sides.rtol, 4 * noise):
        row["equal"] = bool(exact and double and np.isfinite(single["rel"]) and double["rel"] <= sides.exact and noise == 0)
    if exact and double and double["rel"] > max(sides.exact, 64 * noise * FINER, 2 * row["constants"]):
        row["equal"] = False
    row["rounding"] = bool(single and single["rel"] > sides.rtol and row["equal"])


def badness(row):
    return (not row["equal"], max(item["rel"] for item in (row["fp32"], row["fp64"]) if item))


# ---- where they begin to differ


def moments_apart(sides, kind, first, second):
    """How far two single results are apart whatever the order of their values; None when they are not the same tensor's."""
    before, after = part(sides, 0, kind, first), part(sides, 1, kind, second)
    if len(before) < 7 or len(after) < 7 or before[0] != after[0]:
        return None
    with np.errstate(all="ignore"):
        gaps = [abs(before[at] - after[at]) / max(abs(before[at]), 1e-30) for at in (1, 3, 4)]
    return float(max(gaps))


def divergence_across(sides, partners):
    """The first layer of the source, in its order, whose partner in the other framework gives something else."""
    both_ran = [label for label in ("fp64", "fp32") if all(label in note.get("traces", {}) for note in sides.notes)]
    if not both_ran:
        return None
    label = both_ran[0]
    count = len(sides.names("fp64")[0] or ()) if label == "fp64" else 0
    rounded = max([sides.constants("fp64", (number, number)) for number in range(count)], default=0.0)
    kind, limit = f"{label}-trace", max(1e-8, 8 * rounded) if label == "fp64" else 1e-4
    after = {(path, step["call"]): step for step in sides.notes[1]["traces"][label] for path in paths_of(step)}
    for first in sides.notes[0]["traces"][label]:
        for path in paths_of(first):
            second = next((after[other, first["call"]] for other in partners.get(path, ()) if (other, first["call"]) in after), None)
            gap = moments_apart(sides, kind, first["outputs"], second["outputs"]) if second else None
            if gap is not None and not gap <= limit:
                return {
                    "path": path,
                    "call": first["call"],
                    "class": [first["class"], second["class"]],
                    "precision": label,
                    "relative": gap,
                    "inputs_differ": False,
                    "before": first["line"],
                    "after": second["line"],
                    "defined": [first.get("defined") or first["line"], second.get("defined") or second["line"]],
                    "made": [None, None],
                    "arguments": ["", ""],
                }
    return whole_model(sides, label)


def whole_model(sides, label="fp32"):
    """The models themselves, where nothing within them tells them apart."""
    traces = [note.get("traces", {}).get(label, []) for note in sides.notes]
    whole = [next((step for step in trace if paths_of(step)[:1] == [""]), None) for trace in traces]
    return at_steps(*whole, label) if all(whole) else None


def at_steps(first, second, precision):
    """A divergence at two calls of modules, of unknown size."""
    return {
        "path": paths_of(first)[0],
        "call": first["call"],
        "class": [first["class"], second["class"]],
        "precision": precision,
        "relative": None,
        "inputs_differ": False,
        "before": first["line"],
        "after": second["line"],
        **{
            key: [step.get(key) or default for step in (first, second)]
            for key, default in (("defined", None), ("made", None), ("arguments", ""))
        },
    }


def paths_of(step):
    return step["paths"] if "paths" in step else [step["path"]]


def part(sides, side, kind, span):
    return sides.arrays[side][kind][span[0] : span[1]]


def apart(sides, kind, first, second, limit):
    """Whether two sketches differ by more than the limit, each tensor by its own scale; and by how much."""
    before, after = part(sides, 0, kind, first), part(sides, 1, kind, second)
    if len(before) != len(after):
        return np.inf
    worst, at = 0.0, 0
    while at < len(before):
        size = int(before[at])
        if size != after[at]:
            return np.inf
        count = -(-size // -(-size // 256))
        scale = max(before[at + 1], 1e-30)
        rows = slice(at + 7, at + 7 + count)
        with np.errstate(all="ignore"):
            gaps = [
                np.nanmax(np.abs(before[rows] - after[rows]), initial=0.0) / scale,
                abs(before[at + 3] - after[at + 3]) / max(before[at + 3], 1e-30),
            ]
        if not np.array_equal(np.isnan(before[rows]), np.isnan(after[rows])):
            return np.inf
        worst, at = max(worst, *[gap for gap in gaps if not np.isnan(gap)] or [0.0]), at + 7 + count
    return worst if worst > limit else 0.0


def divergence(sides):
    """The first module whose outputs differ though its inputs do not, or the first whose inputs do; None when the traces agree."""
    precision = "fp64" if all("fp64" in note.get("traces", {}) for note in sides.notes) and not sides.limited() else "fp32"
    if not all(precision in note.get("traces", {}) for note in sides.notes):
        return None
    kind, limit = f"{precision}-trace", 1e-9 if precision == "fp64" else 1e-5
    after = {(step["path"], step["call"]): step for step in sides.notes[1]["traces"][precision]}
    steps = [
        (step, after[step["path"], step["call"]]) for step in sides.notes[0]["traces"][precision] if (step["path"], step["call"]) in after
    ]
    for first, second in steps:
        gap = apart(sides, kind, first["outputs"], second["outputs"], limit)
        if not gap:
            continue
        entered = apart(sides, kind, first["inputs"], second["inputs"], limit)
        if entered and first["path"]:  # what it was given differs already: the fault lies in the code that calls it
            first, second = enclosing(steps, first["path"]) or (first, second)
        return {
            "path": first["path"],
            "call": first["call"],
            "class": [first["class"], second["class"]],
            "precision": precision,
            "relative": gap if np.isfinite(gap) else None,
            "inputs_differ": bool(entered),
            "before": first["line"],
            "after": second["line"],
            **both(first, second),
        }
    return None


def layers(sides):
    """How far each module that both sides have is apart, in the order in which they ran."""
    precision = "fp64" if all("fp64" in note.get("traces", {}) for note in sides.notes) and not sides.limited() else "fp32"
    if sides.permutes is not None or not all(precision in note.get("traces", {}) for note in sides.notes):
        return []
    after = {(step["path"], step["call"]): step for step in sides.notes[1]["traces"][precision]}
    found = []
    for first in sides.notes[0]["traces"][precision]:
        second = after.get((first["path"], first["call"]))
        gap = apart(sides, f"{precision}-trace", first["outputs"], second["outputs"], 0.0) if second else None
        found.append({"path": first["path"], "call": first["call"], "class": first["class"], "relative": gap})
    return found


def layers_across(sides, partners):
    """How far each layer of the source is from its partner in the other framework; None where it has none."""
    if not all("fp64" in note.get("traces", {}) for note in sides.notes):
        return []
    after = {(path, step["call"]): step for step in sides.notes[1]["traces"]["fp64"] for path in paths_of(step)}
    found = []
    for first in sides.notes[0]["traces"]["fp64"]:
        path = paths_of(first)[0]
        second = next((after[other, first["call"]] for other in partners.get(path, ()) if (other, first["call"]) in after), None)
        gap = moments_apart(sides, "fp64-trace", first["outputs"], second["outputs"]) if second else None
        found.append({"path": path.replace("/", "."), "call": first["call"], "class": first["class"], "relative": gap})
    return found


def both(first, second):
    return {key: [first[key], second[key]] for key in ("defined", "made", "arguments")}


def other_arguments(sides):
    """The first module that both sides have, made with other arguments, or that one side only calls: where nothing that was computed tells
    them apart."""
    traces = [note.get("traces", {}).get("fp32", []) for note in sides.notes]
    after = {(step["path"], step["call"]): step for step in traces[1]}
    for first in traces[0]:
        second = after.get((first["path"], first["call"]))
        if second and first["arguments"] != second["arguments"]:
            return at_steps(first, second, "fp32")
    called = [{(step["path"], step["call"]) for step in trace} for trace in traces]
    for trace, others in zip(traces, reversed(called)):
        for step in trace:  # one that only one side calls
            if (step["path"], step["call"]) not in others:
                return at_steps(step, step, "fp32")
    return None


def enclosing(steps, path):
    """The innermost module around a path that both sides have run."""
    while path:
        path = path.rpartition(".")[0]
        for first, second in steps:
            if first["path"] == path:
                return first, second
    return None


def operation(sides):
    """The first operation within a module that gives another result, with both lines."""
    limit = 1e-9 if sides.notes[0].get("precision") == "fp64" else 1e-5
    before, after = [note.get("operations", []) for note in sides.notes]
    for number, (first, second) in enumerate(zip(before, after)):
        gap = apart(sides, "operations", first["outputs"], second["outputs"], limit)
        if gap:
            return {"number": number, "names": [first["name"], second["name"]], "before": first["line"], "after": second["line"]}
    if len(before) != len(after):
        number = min(len(before), len(after))
        first, second = [steps[number] if number < len(steps) else None for steps in (before, after)]
        last = [steps[-1]["line"] if steps else None for steps in (before, after)]
        return {
            "number": number,
            "names": [step["name"] if step else None for step in (first, second)],
            "before": first["line"] if first else last[0],
            "after": second["line"] if second else last[1],
        }
    return None
