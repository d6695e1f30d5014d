#!/usr/bin/env python3
"""Build with a sanitizer and run the tests of that build.

usage: check_sanitized.py address|thread [PYTEST-ARGUMENT...]

address is AddressSanitizer with UndefinedBehaviorSanitizer, thread is ThreadSanitizer. The unit tests run, then the tests
of the command that are not marked as slow.
"""

import os
import platform
import shutil
import subprocess
import sys

from environment import ROOT

SANITIZERS = {"address": "address,undefined", "thread": "thread"}
# The tests that run the command; the catalog's rows, which run thousands of times in CPython, say nothing about memory.
TESTS = ["tests/show", "tests/optimize", "tests/rules", "tests/driver", "tests/test_command.py"]
# Bounds on time and memory, hundreds of files read one by one, and models of whole libraries there and back again, are no matter of threads.
ALONE = ["tests/syntax", "tests/faults", "tests/corpus/test_public_round_trips.py"]
TOOLS = ROOT / "tools"


def without_randomisation():
    """gcc's ThreadSanitizer does not cope with the address randomisation of new kernels; containers may forbid to end it."""
    prefix = ["setarch", platform.machine(), "-R"]
    allowed = shutil.which("setarch") and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0
    return prefix if allowed else []


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in SANITIZERS:
        sys.exit(__doc__.split("\n\n")[1])
    kind, arguments = sys.argv[1], sys.argv[2:]
    folder = f"build-{kind}"
    options = [f"-Db_sanitize={SANITIZERS[kind]}", "-Db_lundef=false", "-Ddebug=true", "-Doptimization=1"]
    variables = dict(os.environ, NETWRIGHT=str(ROOT / folder / "netwright"),
                     UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1", TSAN_OPTIONS="halt_on_error=1")
    still = without_randomisation() if kind == "thread" else []
    for command in ([sys.executable, str(TOOLS / "build.py"), folder, "test", "--", *options],
                    [sys.executable, str(TOOLS / "test_environment.py"), "pytest", "-q", "-n", "2", "-m", "not slow", *TESTS, *(ALONE if kind == "address" else []), *arguments]):
        if subprocess.run([*still, *command], env=variables, cwd=ROOT).returncode != 0:
            sys.exit(1)


if __name__ == "__main__":
    main()
