"""The report as one HTML file: verdicts, the network coloured by difference, and both sources side by side where they begin to differ."""

import html
import linecache
import math

from . import report

STYLE = """
:root { color-scheme: light dark; --line: #8886; --equal: #2a8a4a; --differs: #c0362c; --unknown: #b07a10; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top }
.wide { overflow-x: auto }
.verdict { color: #fff; border-radius: .3rem; padding: .05rem .5rem; white-space: nowrap }
.equal { background: var(--equal) } .differs { background: var(--differs) } .could { background: var(--unknown) }
.network { display: flex; flex-wrap: wrap; gap: .35rem }
.module { border: 1px solid #0004; color: #111; border-radius: .3rem; padding: .2rem .45rem; font-size: .8rem }
.module .module { margin: .2rem 0 }
.module > .inside { display: flex; flex-wrap: wrap; gap: .25rem .35rem }
.sources { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
@media (max-width: 50rem) { .sources { grid-template-columns: 1fr } }
pre { overflow-x: auto; margin: 0; padding: .5rem; border: 1px solid var(--line); border-radius: .3rem; font-size: .8rem }
mark { background: #e9b94988; color: inherit; display: inline-block; min-width: 100% }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem } dd { margin: 0; overflow-wrap: anywhere }
"""
CONTEXT = 7


def escape(text):
    return html.escape(str(text))


def badge(verdict):
    kind = {"equal": "equal", "differs": "differs"}.get(verdict, "could")
    return f'<span class="verdict {kind}">{escape(verdict)}</span>'


def color_of(relative):
    """A colour for a relative difference: green for none, through yellow at rounding, to red from a thousandth on."""
    if relative is None:
        return "#ddd"
    if not relative:
        return "#bfe5c8"
    share = min(max((math.log10(relative) + 12) / 9, 0.0), 1.0) if math.isfinite(relative) else 1.0
    return f"hsl({round(60 * (1 - share))} 85% {round(85 - 20 * share)}%)"


def tree_of(layers):
    """Nested dicts by path, in the order of first appearance: {part: {"layer": ..., "inside": {...}}}."""
    root = {"layer": None, "inside": {}}
    for layer in layers:
        node = root
        for part in layer["path"].split(".") if layer["path"] else []:
            node = node["inside"].setdefault(part, {"layer": None, "inside": {}})
        worse = node["layer"] is None or (layer["relative"] or 0) > (node["layer"]["relative"] or 0)
        node["layer"] = layer if worse else node["layer"]
    return root


def boxes(name, node):
    layer = node["layer"]
    relative = layer["relative"] if layer else None
    title = f"{layer['path'] or 'the model'}: relative difference {report.number(relative)}" if layer else name
    kind = f" <small>{escape(layer['class'])}</small>" if layer else ""
    inside = "".join(boxes(part, inner) for part, inner in node["inside"].items())
    return (
        f'<div class="module" style="background: {color_of(relative)}" title="{escape(title)}">{escape(name)}{kind}'
        + (f'<div class="inside">{inside}</div>' if inside else "")
        + "</div>"
    )


def excerpt(place):
    """The lines around a place, that line marked."""
    if not place:
        return "<p>no source</p>"
    rows = []
    for line in range(max(1, place[1] - CONTEXT), place[1] + CONTEXT + 1):
        text = linecache.getline(place[0], line)
        if text:
            row = f"{line:5} {escape(text.rstrip())}"
            rows.append(f"<mark>{row}</mark>" if line == place[1] else row)
    return f"<p>{escape(report.shown(place))}</p><pre>" + "\n".join(rows) + "</pre>"


def table_of(checks):
    rows = []
    for check in checks:
        row = check["worst"]
        far = [
            f"{report.number(row[kind]['abs'])} ({report.number(row[kind]['rel'])})" if row and row[kind] else ""
            for kind in ("fp32", "fp64")
        ]
        worst = f"{row['name']} {row['shape']}" if row else check["reason"] or ""
        cells = [check["check"], badge(check["verdict"]), check["tensors"], escape(worst), *far]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    head = "".join(f"<th>{name}</th>" for name in ("what", "verdict", "tensors", "worst tensor", "fp32: absolute (relative)", "fp64"))
    return f'<div class="wide"><table><tr>{head}</tr>{"".join(rows)}</table></div>' if rows else ""


def section(result):
    parts = [f"<h2>{escape(result['name'])} {badge(result['verdict'])}</h2>"]
    if result["reason"]:
        parts.append(f"<p>{escape(result['reason'])}</p>")
    if result.get("line"):
        parts.append(excerpt(result["line"]))
    parts.append(table_of(result["checks"]))
    parts += [f"<p>Note: {escape(note)}.</p>" for note in result["notes"]]
    found = result["divergence"]
    if found:
        where = f"<code>{escape(found['path'])}</code>" if found["path"] else "the model itself"
        before, after = report.places_of(found)
        parts.append(f"<h3>First difference: {where} ({escape(' and '.join(dict.fromkeys(found['class'])))})</h3>")
        parts.append(f'<div class="sources"><div>{excerpt(before)}</div><div>{excerpt(after)}</div></div>')
    if result.get("layers"):
        parts.append(f'<h3>The network, by difference</h3><div class="network">{boxes("model", tree_of(result["layers"]))}</div>')
    if result["made_up"]:
        items = "".join(f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in result["made_up"].items())
        parts.append(f"<h3>Made up</h3><dl>{items}</dl>")
    return "".join(parts)


def page(found):
    counts = ", ".join(f"{count} {word}" for word, count in found["counts"].items())
    rows = "".join(section(result) for result in found["results"]) or "<p>Nothing changed that could be run.</p>"
    notes = "".join(f"<p>Note: {escape(note)}.</p>" for note in found.get("notes", []))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>netwright verify: {escape(counts)}</title><style>{STYLE}</style></head><body><h1>netwright verify</h1>"
        f"<p>{escape(counts)}; ring {found['ring']}, {found['seconds']:.1f} s. Two programs were run on the same weights and inputs; "
        f"nothing is claimed beyond what ran.</p>{rows}{notes}</body></html>\n"
    )
