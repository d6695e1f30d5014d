#!/usr/bin/env python3
"""Check the sources: warnings as errors with every C compiler at hand, clang-tidy, ruff for the Python files, and that
the generated pages of docs/ are what `make docs` would write."""

import concurrent.futures
import os
import shutil
import subprocess
import sys

from environment import CACHE, ROOT, make_environment
from list_sources import list_sources

PYTHON_FOLDERS = ["tools", "tests", "python", "bench"]


def compile_with(compiler):
    if not shutil.which(compiler):
        print(f"lint: {compiler} is not installed and was left out (Debian: apt-get install {compiler})", file=sys.stderr)
        return True
    command = [sys.executable, str(ROOT / "tools/build.py"), f"build-lint-{compiler}", "--", "-Dwerror=true"]
    return subprocess.run(command, env=dict(os.environ, CC=compiler)).returncode == 0


def tidy(environment):
    """clang-tidy over every file that the build knows; its checks are in .clang-tidy."""
    def check(source):
        command = [str(environment / "bin/clang-tidy"), "--quiet", "-p", str(ROOT / "build-lint-gcc"), source]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        sys.stdout.write(done.stdout)
        if done.returncode != 0 and not done.stdout:
            sys.stdout.write(done.stderr)
        return done.returncode == 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return all(list(pool.map(check, list_sources(["src", "tests/unit"]))))


def main():
    environment = make_environment(CACHE / "lint-venv", ROOT / "tools/requirements-lint.txt")
    folders = [name for name in PYTHON_FOLDERS if (ROOT / name).is_dir()]
    results = {
        "gcc": compile_with("gcc"),
        "clang": compile_with("clang"),
        "clang-tidy": tidy(environment),
        "ruff": subprocess.run([str(environment / "bin/ruff"), "check", "--quiet", *folders], cwd=ROOT).returncode == 0,
    }
    results["catalog"] = subprocess.run([sys.executable, ROOT / "tools/lint_catalog.py"]).returncode == 0
    results["generated pages"] = subprocess.run([sys.executable, ROOT / "tools/make_docs.py", "--check"]).returncode == 0
    failed = [name for name, passed in results.items() if not passed]
    if failed:
        sys.exit(f"lint: not clean: {', '.join(failed)}")


if __name__ == "__main__":
    main()
