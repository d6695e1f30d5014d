#!/usr/bin/env python3
"""Time and memory of Netwright on the PyTorch model files of transformers 4.35.0, and of `migrate` on pytorchcv, as ratios in one run.

usage: run.py [--write] [--repeat N] [--quick] [--only TITLE]

The yardstick is a bare tree-sitter parse of the same files, and of those that Netwright opens for their imports, with the same
number of threads (bench/parse.c). ruff and
ast-grep run on the same files. Whole processes, files in the page cache, the best of N runs. --write puts the tables into
docs/figures-speed.md; --quick leaves the growing inputs out; --only measures one section, and puts that one in place of the old one. What is measured is `optimize --select adopter --check` where
the command has it, `show` otherwise; the tables say which.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from environment import CACHE, make_environment  # noqa: E402

NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build/netwright"))
PARSE = str(ROOT / "build/bench-parse")
PAGE = ROOT / "docs/figures-speed.md"
GROWN = ["bert", "gpt2", "t5", "vit", "clip", "bart", "llama", "swin"]
MEGABYTE = 1 << 20


def run(command, repeat=1, variables=None):
    """(seconds of the clock, seconds of the processors, MB at the peak) of the quickest of some runs."""
    best = None
    for _ in range(repeat):
        started = time.monotonic()
        process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=dict(os.environ, **(variables or {})))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        found = (time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        if process.returncode not in (0, 1):
            sys.exit(f"bench: exit {process.returncode} of {' '.join(map(str, command[:8]))} ...")
        best = min(best or found, found)
    return best


def measured_command():
    has_optimize = subprocess.run([NETWRIGHT, "optimize", "--help"], capture_output=True).returncode == 0
    return [NETWRIGHT, *(["optimize", "--select", "adopter", "--check"] if has_optimize else ["show"]), "--format", "json"]


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def opened(command, files):
    """The files, and those that are read for their imports."""
    with tempfile.TemporaryDirectory() as folder:
        stats = pathlib.Path(folder) / "stats.json"
        run([*command, "--no-cache", f"--stats={stats}", *files])
        return sorted({*map(str, files), *json.loads(stats.read_text(encoding="utf-8"))["imported"]})


def against_parse(command, files, repeat):
    """The main table, at one thread and at all processors."""
    rows = []
    parsed = opened(command, files)
    for threads in sorted({1, os.cpu_count()}):
        bare = run([PARSE, threads, *parsed], repeat)
        cold = run([*command, "--no-cache", "-j", threads, *files], repeat)
        with tempfile.TemporaryDirectory() as cache:
            run([*command, "-j", threads, *files], 1, {"XDG_CACHE_HOME": cache})
            warm = run([*command, "-j", threads, *files], repeat, {"XDG_CACHE_HOME": cache})
        rows.append([threads, f"{bare[0]:.2f} s", f"{cold[0]:.2f} s", f"{cold[0] / bare[0]:.2f}", f"{cold[1]:.2f} s", f"{cold[1] / bare[1]:.2f}", f"{cold[2]:.0f} MB",
                     f"{60 + 25 * threads} MB", f"{warm[0]:.2f} s", f"{warm[0] / cold[0]:.2f}"])
    return table(["threads", "bare parse", "netwright", "ratio (goal 1.5)", "processor time", "ratio", "peak memory", "goal", "second run",
                  "of the first (goal 0.1)"], rows)


def other_tools(tools, files, repeat):
    commands = {"ruff check": [tools / "ruff", "check", "--no-cache", "--isolated", "--exit-zero", "--quiet"],
                "ast-grep run, one pattern": [tools / "ast-grep", "run", "--lang", "python", "--pattern", "torch.softmax($A, dim=-1)"]}
    return table(["tool, all processors", "time", "processor time", "peak memory"],
                 [[name, f"{t[0]:.2f} s", f"{t[1]:.2f} s", f"{t[2]:.0f} MB"]
                  for name, command in commands.items() for t in [run([*command, *files], repeat)]])


def copied_package(package, folder, times):
    """The package by links, with `times` copies of some model files in their own folders; the copies."""
    copies = []
    target = folder / "transformers"
    (target / "models").mkdir(parents=True)
    for path in package.iterdir():
        if path.name != "models":
            (target / path.name).symlink_to(path)
    for path in (package / "models").iterdir():
        if path.name not in GROWN:
            (target / "models" / path.name).symlink_to(path)
            continue
        own = target / "models" / path.name
        own.mkdir()
        for file in path.iterdir():
            (own / file.name).symlink_to(file)
        for i in range(times):
            copies.append(own / f"modeling_{path.name}_copy{i}.py")
            shutil.copy(path / f"modeling_{path.name}.py", copies[-1])
    return copies


def per_megabyte(size, used):
    return [f"{size:.1f} MB", f"{used[1]:.2f} s", f"{used[1] / size:.2f} s", f"{used[2]:.0f} MB"]


def more_files(command, package, repeat):
    rows = []
    for times in (1, 5, 50):
        with tempfile.TemporaryDirectory() as folder:
            files = copied_package(package, pathlib.Path(folder), times)
            size = sum(f.stat().st_size for f in files) / MEGABYTE
            rows.append([f"{times} times {len(GROWN)} files", *per_megabyte(size, run([*command, "--no-cache", *files], repeat))])
    return table(["input", "size", "processor time", "for each MB", "peak memory"], rows)


def grown_text(text, size):
    """The file with its classes again and again, under other names each time."""
    names = re.findall(r"^class (\w+)", text, re.M)
    pattern = re.compile(r"\b(" + "|".join(names) + r")\b")
    parts = [text]
    while sum(map(len, parts)) < size:
        parts.append(pattern.sub(rf"\1_{len(parts)}", text))
    return "\n".join(parts)


def one_large_file(command, package, repeat):
    rows = []
    text = (package / "models/bert/modeling_bert.py").read_text(encoding="utf-8")
    for megabytes in (0, 1, 2, 5, 10):
        with tempfile.TemporaryDirectory() as folder:
            copied_package(package, pathlib.Path(folder), 0)
            file = pathlib.Path(folder) / "transformers/models/bert/modeling_grown.py"
            file.write_text(grown_text(text, megabytes * MEGABYTE), encoding="utf-8")
            size = file.stat().st_size / MEGABYTE
            used = run([*command, "--no-cache", "--max-file-size", 64 * MEGABYTE, file], repeat)
            rows.append([*per_megabyte(size, used)])
    return table(["one file of", "processor time", "for each MB", "peak memory"], rows)


def migrated(package, repeat):
    """A whole package to Keras, without an entry, beside a bare parse of its files; one thread each."""
    files = sorted(package.rglob("*.py"))
    lines = sum(f.read_bytes().count(b"\n") for f in files)
    bare = run([PARSE, 1, *files], repeat)
    with tempfile.TemporaryDirectory() as folder:
        used = run([NETWRIGHT, "migrate", "--to", "keras", "-o", folder, package], repeat)
    return table(["files", "lines", "bare parse", "processor time", "ratio (goal 3)", "lines a second", "peak memory"],
                 [[len(files), lines, f"{bare[1]:.2f} s", f"{used[1]:.2f} s", f"{used[1] / bare[1]:.1f}", f"{lines / used[1]:.0f}", f"{used[2]:.0f} MB"]])


def understood(files):
    with tempfile.TemporaryDirectory() as folder:
        stats = pathlib.Path(folder) / "stats.json"
        run([NETWRIGHT, "show", "--format", "json", f"--stats={stats}", *files])
        said = json.loads(stats.read_text(encoding="utf-8"))
    calls = said["calls"]
    share = calls["resolved"] / max(1, calls["resolved"] + calls["unresolved"])
    rows = [["files", said["files"]], ["bytes", said["bytes"]],
            ["classes and functions", said["models"]], ["layers and operators", said["layers"]],
            ["calls resolved", f"{calls['resolved']} of {calls['resolved'] + calls['unresolved']}, {share:.1%}"]]
    ten = sorted(said["reasons"].items(), key=lambda item: -item[1])[:10]
    return table(["open mode", "figure"], rows) + "\nThe ten most frequent reasons of unknowns:\n\n" + table(["reason", "times"], ten)


def write_section(options, text):
    print(text, flush=True)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        start = page.index(f"## {options.only}\n")
        end = page.index("\n## ", start)
        PAGE.write_text(f"{page[:start]}## {options.only}\n\n{text}{page[end:]}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", metavar="TITLE")
    options = parser.parse_args()
    environment = make_environment(CACHE / "bench-venv", ROOT / "bench/requirements.txt", ROOT / "bench/corpus.txt")
    package = next(environment.glob("lib/python3*/site-packages/transformers"))
    files = [f for f in sorted((package / "models").glob("*/modeling_*.py")) if not re.match(r"modeling_(tf|flax)_", f.name)]
    size = sum(f.stat().st_size for f in files)
    command = measured_command()
    said = "netwright " + " ".join(command[1:])
    parts = ["# Time and memory\n",
             f"Written by `make bench ARGS=--write` on {os.cpu_count()} processors: `{said}` on the {len(files)} PyTorch\n"
             f"model files of transformers 4.35.0 ({size / 1e6:.1f} MB). The bare parse reads every file that Netwright opens, imports included.\n"]
    load = os.getloadavg()[0]
    if load > 1.5:
        parts.append(f"Other programs were running (load {load:.0f}): seconds of the clock and what is made of them say little, processor times count.\n"
                     "A file is given up after eight seconds of the clock, which the largest ones may reach then.\n")
    sections = [("Against a bare parse", lambda: against_parse(command, files, options.repeat)),
                ("All of pytorchcv to Keras", lambda: migrated(next(environment.glob("lib/python3*/site-packages/pytorchcv")), options.repeat)),
                ("Other tools on the same files", lambda: other_tools(environment / "bin", files, options.repeat))]
    if not options.quick:
        sections += [("More files", lambda: more_files(command, package, 1)),
                     ("One large file", lambda: one_large_file(command, package, 1))]
    sections.append(("What was understood", lambda: understood(files)))
    if options.only:
        write_section(options, dict(sections)[options.only]())
        return
    print("\n".join(parts), flush=True)
    for title, make in sections:
        parts.append(f"## {title}\n\n{make()}")
        print(parts[-1], flush=True)
    parts.append("Closed mode: [figures-show.md](figures-show.md).\n")
    if options.write:
        PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
