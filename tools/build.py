#!/usr/bin/env python3
"""Build Netwright in a folder, with nothing but a C compiler, Python and the package registry.

usage: build.py FOLDER [TARGET...] [-- MESON-OPTION...]

Meson and Ninja are installed into a private environment under .cache/ the first time. The folder is configured when it is
new, or when other options or another set of source files is asked for.
"""

import os
import subprocess
import sys

from environment import CACHE, ROOT, make_environment
from list_sources import list_sources


def state_of(options):
    """What a configured folder depends on besides the files that Meson watches by itself."""
    tools = [f"{name}={os.environ[name]}" for name in ("CC", "CFLAGS", "LDFLAGS") if name in os.environ]
    sources = list_sources(["src", "tests/unit", "tests/fuzz"]) + list_sources(["python"], ".py")
    return "\n".join(["options:", *options, *tools, "sources:", *sources]) + "\n"


def configure(meson, folder, options, variables):
    record = folder / "configured-for.txt"
    state = state_of(options)
    configured = (folder / "build.ninja").exists()
    if configured and record.exists() and record.read_text() == state:
        return
    same_options = record.exists() and record.read_text().split("sources:")[0] == state.split("sources:")[0]
    how = (["--reconfigure"] if same_options else ["--wipe"]) if configured else []
    print(f"configuring {os.path.relpath(folder, ROOT)}", file=sys.stderr)
    command = [*meson, "setup", *how, str(folder), str(ROOT), *options]
    done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.stderr.write(done.stdout)
        sys.exit(done.returncode)
    record.write_text(state)


def main():
    arguments = sys.argv[1:]
    options = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, options = arguments[:at], arguments[at + 1:]
    if not arguments:
        sys.exit(__doc__.split("\n\n")[1])
    folder, targets = (ROOT / arguments[0]).resolve(), arguments[1:]
    environment = make_environment(CACHE / "venv", ROOT / "tools/requirements-build.txt")
    # Meson looks for ninja and python3 on PATH.
    variables = dict(os.environ, PATH=f"{environment / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    meson = [str(environment / "bin/python"), "-m", "mesonbuild.mesonmain"]
    try:
        configure(meson, folder, options, variables)
        subprocess.run([str(environment / "bin/ninja"), "-C", str(folder), "--quiet", *targets], check=True, env=variables)
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)


if __name__ == "__main__":
    main()
