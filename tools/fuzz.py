#!/usr/bin/env python3
"""Build the fuzz targets with clang and run each of them for some seconds.

usage: fuzz.py SECONDS [TARGET...]

Inputs are kept in tests/fuzz/corpus/TARGET, and some targets begin with programs of other tests, too; what a run finds beyond them goes to .cache/fuzz/TARGET, and an input that
fails to .cache/fuzz/TARGET-failure-*.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from environment import CACHE, ROOT

FOLDER = ROOT / "build-fuzz"
# Programs that stand in the tests already.
SEEDS = {
    "fuzz_interpreter": ["tests/show/programs", "tests/keras/programs"],
    "fuzz_edit": ["tests/show/programs"],
    "fuzz_migrate": ["tests/migrate/torch", "tests/show/programs", "tests/keras/programs"],
}
INSTALL = "fuzzing needs clang and its run-time library (Debian: apt-get install clang libclang-rt-14-dev)"


def clang_works():
    """clang may be there without the library that libFuzzer is part of."""
    if not shutil.which("clang"):
        return False
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "probe.c")
        source.write_text("int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n) { return !d + (int)n; }\n")
        command = ["clang", "-fsanitize=fuzzer,address,undefined", str(source), "-o", f"{folder}/probe"]
        return subprocess.run(command, capture_output=True).returncode == 0


def run_target(name, seconds):
    kept = [ROOT / folder for folder in [f"tests/fuzz/corpus/{name}", *SEEDS.get(name, [])]]
    found = CACHE / "fuzz" / name
    found.mkdir(parents=True, exist_ok=True)
    command = [str(FOLDER / name), f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=2048", "-print_final_stats=1",
               f"-artifact_prefix={found}-failure-", str(found)]
    return subprocess.run(command + [str(folder) for folder in kept if folder.is_dir()]).returncode


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__.split("\n\n")[1])
    seconds, chosen = int(sys.argv[1]), sys.argv[2:]
    targets = sorted(path.stem for path in (ROOT / "tests/fuzz").glob("*.c"))
    if not targets:
        print("fuzz: tests/fuzz holds no target, nothing is run", file=sys.stderr)
        return
    if not clang_works():
        sys.exit(f"fuzz: {INSTALL}")
    options = ["-Dfuzz=true", "-Dtests=false", "-Db_sanitize=address,undefined", "-Db_lundef=false", "-Ddebug=true"]
    build = [sys.executable, str(ROOT / "tools/build.py"), str(FOLDER), "--", *options]
    if subprocess.run(build, env=dict(os.environ, CC="clang")).returncode != 0:
        sys.exit(1)
    failed = [name for name in chosen or targets if run_target(name, seconds) != 0]
    if failed:
        sys.exit(f"fuzz: failed: {', '.join(failed)}; the inputs are in {CACHE / 'fuzz'}")


if __name__ == "__main__":
    main()
