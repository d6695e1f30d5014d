"""What people read: the results of `verify` in a terminal."""

import linecache
import math
import os

# What was made up for classes that are equal takes one line; all of it is shown with -v.
WIDTH = 150
COLORS = {"equal": "32", "differs": "31;1", "could not run": "33", "not run": "33"}


def paint(text, word, color):
    return f"\033[{COLORS[word]}m{text}\033[0m" if color and word in COLORS else text


def number(value):
    if value is None:
        return "-"
    return f"{value:.1e}" if math.isfinite(value) and value else "0" if value == 0 else "inf"


def shown(place):
    """file:line, the file from the working directory where that is shorter."""
    if not place:
        return "?"
    near = os.path.relpath(place[0])
    return f"{near if len(near) < len(place[0]) else place[0]}:{place[1]}"


def source(place):
    return linecache.getline(place[0], place[1]).strip() if place else ""


def worst_of(check):
    row = check["worst"]
    if not row:
        return ""
    far = [
        f"fp32 {number(row['fp32']['abs'])} (relative {number(row['fp32']['rel'])})" if row["fp32"] else "",
        f"fp64 {number(row['fp64']['abs'])} (relative {number(row['fp64']['rel'])})" if row["fp64"] else "",
    ]
    text = next((row[label]["text"] for label in ("fp32", "fp64") if row[label] and row[label]["text"]), "")
    return f"{row['name']} {row['shape']}: " + (text or "max difference " + ", ".join(part for part in far if part))


def lines_of(result, color, verbose):
    verdict = result["verdict"]
    title = f"{result['name']}: {paint(verdict, verdict, color)}"
    yield title + (f" ({result['reason']})" if result["reason"] else "")
    if result.get("line"):
        yield f"    at {shown(result['line'])}: {source(result['line'])}"
    made = result["made_up"]
    if made:
        words = "    made up: " + ", ".join(f"{key}={value}" for key, value in made.items())
        yield words if verbose or verdict != "equal" or len(words) <= WIDTH else words[: WIDTH - 4] + " ..."
    for check in result["checks"]:
        if not check["tensors"] and not check["reason"]:
            continue
        word = paint(f"{check['verdict']:<8}", check["verdict"], color)
        rest = worst_of(check) if check["tensors"] else ""
        counted = f"{check['tensors']} tensors" if check["tensors"] else ""
        yield f"    {check['check']:<10} {word} {counted:<12} {rest or check['reason'] or ''}".rstrip()
    for note in result["notes"]:
        yield f"    note: {note}"
    yield from divergence_lines(result["divergence"])


def divergence_lines(found):
    if not found:
        return
    names = found["class"]
    kind = names[0] if names[0] == names[1] else f"{names[0]} and {names[1]}"
    where = f"`{found['path']}`" if found["path"] else "the model itself"
    far = f", relative {number(found['relative'])} in {found['precision']}" if found["relative"] else ""
    yield f"    first difference: {where} ({kind}), call {found['call'] + 1}{far}"
    for side, place in zip(("before", "after"), places_of(found)):
        yield f"        {side:<7} {shown(place)}: {source(place)}"
    if found["arguments"][0] != found["arguments"][1]:
        yield f"        made as ({found['arguments'][0]}) and ({found['arguments'][1]})"
    inner = found.get("operation")
    if inner and not from_library(found):
        names = [name or "nothing" for name in inner["names"]]
        yield f"        operation {inner['number'] + 1} of it: {names[0] if names[0] == names[1] else ' and '.join(names)}"


def from_library(found):
    return not found["defined"][0] and not found["defined"][1]


def places_of(found):
    """The two lines to look at: of the operation in a class of the user, otherwise where the library's module was made."""
    inner = found.get("operation")
    for number, side in enumerate(("before", "after")):
        if from_library(found):
            yield found["made"][number] or found[side]
        else:
            yield (inner and inner[side]) or found["defined"][number] or found[side]


def text(report, color=False, verbose=False):
    lines = []
    for result in report["results"]:
        lines += lines_of(result, color, verbose)
    lines += [f"note: {note}" for note in report.get("notes", [])]
    if not report["results"]:
        lines.append("nothing changed that could be run: the classes of both are the same")
    counts = report["counts"]
    lines.append("")
    ran = f"{counts['equal']} equal, {counts['differs']} differ, {counts['could not run']} could not run"
    lines.append(f"{ran}; ring {report['ring']}, {report['seconds']:.1f} s")
    return "\n".join(lines) + "\n"
