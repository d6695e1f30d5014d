"""`netwright optimize --verify`: only rewrites that have been run, before and after, and gave the same.

The command finds the rewrites; they are applied to a copy; `verify` runs every class that they change in both versions; those of a class
that differs or could not be run are withheld, and what is left is run again, until all of it is equal.
"""

import argparse
import difflib
import json
import os
import re
import subprocess
import sys

from .verification import reading, report, scratch, stored, units
from .verification.entry import BadSpec

NOT_VERIFIED = "NW0414"
ROUNDS = 5


def parse(arguments):
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--program")
    parser.add_argument("--find", action="append", default=[])
    parser.add_argument("--root", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--format", default="diff")
    parser.add_argument("--max-file-size", type=int, default=0)
    for flag in ("write", "check", "unsafe", "assume-installed", "quiet", "verbose", "color"):
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--cache-dir")
    parser.add_argument("--no-cache", action="store_true")
    options = parser.parse_args(arguments)
    options.max_file_size = options.max_file_size or reading.MOST
    store = stored.Store(options.cache_dir, not options.no_cache)
    return argparse.Namespace(**vars(options), set=[], rtol=1e-5, timeout=120.0, memory=8 << 30, store=store, moved=())


# ---- edits


def as_edits(finding):
    return [(edit["start"], edit["end"], edit["text"].encode("utf-8", "surrogateescape")) for edit in finding["edits"]]


def meets(first, second):
    """Whether two edits cannot both be made; two insertions at one place follow each other."""
    if first == second or (first[0] == first[1] and second[0] == second[1]):
        return False
    return first[0] < second[1] and second[0] < first[1]


def apply(text, findings):
    """(the new text, the findings that are in it): in their order, one that touches what an earlier one changed is left out."""
    edits, applied = [], []
    for finding in findings:
        own = as_edits(finding)
        if any(meets(edit, other) for edit in own for other in edits):
            continue
        edits += [edit for edit in own if edit not in edits]
        applied.append(finding)
    parts, at = [], 0
    for start, end, new in sorted(edits):
        parts += [text[at:start], new]
        at = end
    return b"".join([*parts, text[at:]]), applied


def wanted(finding, options):
    return (
        finding["status"] == "applicable"
        and finding["edits"]
        and (options.assume_installed or not finding.get("needs"))
        and (finding["safety"] == "safe" or (finding["safety"] == "unsafe" and options.unsafe))
    )


# ---- one file


def accepted(result, findings):
    """Whether a verdict lets the rewrites of a class through; weights under other names are what an unsafe rule may bring, as it says."""
    renames = any(finding["safety"] == "unsafe" for finding in findings)
    return result["verdict"] == "equal" or (renames and result.get("kind") == "names" and agrees(result, findings))


def agrees(result, findings):
    """Whether weights were packed in the order in which the maps of the rules have them."""
    maps = [item for finding in findings for item in finding.get("state") or ()]
    for packed in result.get("packed") or ():
        sources = [item["from"] for item in maps if is_tail(item["to"], packed["new"])]
        if not any(fits(re.findall(r"self\.([\w.]+)", source), packed["old"]) for source in sources):
            return False
    return True


def fits(names, old):
    return len(names) == len(old) and all(map(is_tail, names, old))


def is_tail(name, path):
    return path == name or path.endswith("." + name)


def results_for(finding, results):
    """The results of the class that a finding lies in, or of the classes that use its function."""
    if finding["class"]:
        return [result for result in results if result["name"].rpartition(":")[2] == finding["class"]]
    return [result for result in results if finding["function"] in result.get("because", [])]


def withhold(finding, results):
    reasons = [f"{result['verdict']}: {result['reason'] or worst(result)}" for result in results if result["verdict"] != "equal"]
    words = reasons[0] if reasons else "no class that runs it was found"
    finding.update(status="refused", reason=NOT_VERIFIED, message=f"not verified: {words}")


def worst(result):
    return next((report.worst_of(check) for check in result["checks"] if check["verdict"] == "differs"), "")


def verify_file(path, findings, options, pool, seen):
    """(text before, text after, findings that are in it), all of them verified; the others are marked."""
    with open(path, "rb") as file:
        before = file.read()
    left = [finding for finding in findings if wanted(finding, options)]
    after, left = apply(before, left)
    for _ in range(ROUNDS):
        if not left:
            return before, before, []
        results = run(path, after, options, pool)
        importable = those_that_import(path, before, left, results, options, pool)
        if importable is not left:
            after, left = apply(before, importable)
            continue
        seen.extend(result for result in results if result["name"] not in {old["name"] for old in seen} or result["verdict"] != "equal")
        good = []
        for finding in left:
            own = results_for(finding, results)
            if own and all(accepted(result, left) for result in own):
                finding["verified"] = [{"class": result["name"], "verdict": result["verdict"], "ring": result["ring"]} for result in own]
                good.append(finding)
            else:
                withhold(finding, own)
        if len(good) == len(left):
            return before, after, left
        after, left = apply(before, good)
    for finding in left:
        withhold(finding, [])
    return before, before, []


def those_that_import(path, before, findings, results, options, pool):
    """The same list, unless the changed file cannot be imported: then those of the rules with which it can, and the others are marked."""
    rules = sorted({finding["rule"] for finding in findings})
    if not failed_import(results) or len(rules) == 1:
        return findings
    good = []
    for rule in rules:
        own = [finding for finding in findings if finding["rule"] == rule]
        alone = run(path, apply(before, own)[0], options, pool)
        if failed_import(alone):
            for finding in own:
                withhold(finding, alone)
        else:
            good += own
    return [finding for finding in findings if finding in good]


def failed_import(results):
    return bool(results) and all(result["verdict"] == "could not run" and result.get("stage") == "import" for result in results)


def run(path, text, options, pool):
    """The results of ring 2 for a file and a changed text of it."""
    with scratch.Folder() as folder:
        copy = os.path.join(folder, os.path.basename(path))
        with open(copy, "wb") as file:
            file.write(text)
        # The folder has another name each time, and nothing in it depends on that.
        options.moved = [(folder, "@after")]
        return units.verify(path, copy, options, pool)[0]


# ---- what comes out


def replace_file(path, before, after):
    with open(path, "rb") as file:
        if file.read() != before:
            raise OSError(f"{path} changed meanwhile; nothing was written")
    temporary = f"{path}.netwright-{os.getpid()}"
    with open(temporary, "wb") as file:
        file.write(after)
    os.chmod(temporary, os.stat(path).st_mode)
    os.replace(temporary, path)


def diff_of(path, before, after):
    name = os.fsencode(path.removeprefix("./"))
    lines = difflib.diff_bytes(
        difflib.unified_diff, before.splitlines(keepends=True), after.splitlines(keepends=True), b"a/" + name, b"b/" + name, lineterm=b"\n"
    )
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


def line_of(finding):
    place = f"{finding['file']}:{finding['line']}:{finding['column']}"
    tail = f" [{finding['reason']}]" if finding["reason"] else ""
    kind = f" ({finding['safety']})" if finding["safety"] != "safe" else ""
    return f"{place}: {finding['rule']}: {finding['status']}{kind}: {finding['message']}{tail}"


def emit(found, files, options):
    texts = "".join(line_of(finding) + "\n" for finding in found["findings"])
    if options.format == "json":
        print(json.dumps(found))
    elif options.format == "text" or options.check:
        sys.stdout.write(texts)
    else:
        if not options.quiet:
            sys.stderr.write(texts)
        if not options.write:
            sys.stdout.flush()
            sys.stdout.buffer.write(b"".join(diff_of(path, before, after) for path, before, after in files if before != after))


def main(arguments):
    options = parse(arguments)
    command = [
        options.program,
        "optimize",
        "--format",
        "json",
        *options.find,
        *[f"--root={root}" for root in options.root],
        "--",
        *options.paths,
    ]
    done = subprocess.run(command, capture_output=True, text=True, errors="surrogateescape")
    sys.stderr.write(done.stderr)
    if done.returncode > 1 or not done.stdout:
        return max(done.returncode, 2)
    found = json.loads(done.stdout)
    by_file = {}
    for finding in found["findings"]:
        by_file.setdefault(finding["file"], []).append(finding)
    files, seen = [], []
    pool = units.Pool(options)
    try:
        for path, findings in by_file.items():
            before, after, applied = verify_file(path, findings, options, pool, seen)
            files.append((path, before, after))
            if options.write and before != after:
                replace_file(path, before, after)
                for finding in applied:
                    finding["status"] = "applied"
    except (OSError, BadSpec) as error:
        print(f"netwright optimize: {error}", file=sys.stderr)
        return 2
    finally:
        pool.close()
        options.store.close()
    emit(found, files, options)
    if not options.quiet and seen:
        counts = {verdict: sum(result["verdict"] == verdict for result in seen) for verdict in ("equal", "differs", "could not run")}
        print(
            f"verified: {counts['equal']} classes equal, {counts['differs']} differ, {counts['could not run']} could not run",
            file=sys.stderr,
        )
    return 1 if any(finding["status"] == "applicable" for finding in found["findings"]) else 0
