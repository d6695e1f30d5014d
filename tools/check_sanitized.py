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
TOOLS = ROOT / "tools"


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in SANITIZERS:
        sys.exit(__doc__.split("\n\n")[1])
    kind, arguments = sys.argv[1], sys.argv[2:]
    folder = f"build-{kind}"
    options = [f"-Db_sanitize={SANITIZERS[kind]}", "-Db_lundef=false", "-Ddebug=true", "-Doptimization=1"]
    variables = dict(os.environ, NETWRIGHT=str(ROOT / folder / "netwright"),
                     UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1", TSAN_OPTIONS="halt_on_error=1")
    # gcc's ThreadSanitizer does not cope with the address randomisation of new kernels.
    still = ["setarch", platform.machine(), "-R"] if kind == "thread" and shutil.which("setarch") else []
    for command in ([sys.executable, str(TOOLS / "build.py"), folder, "test", "--", *options],
                    [sys.executable, str(TOOLS / "test_environment.py"), "pytest", "-q", "-m", "not slow", *arguments]):
        if subprocess.run([*still, *command], env=variables, cwd=ROOT).returncode != 0:
            sys.exit(1)


if __name__ == "__main__":
    main()
