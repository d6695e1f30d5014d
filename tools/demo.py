#!/usr/bin/env python3
"""Show, optimise and migrate the example models that the repository carries, printing each command before its output."""

import shlex
import subprocess
import sys

from environment import ROOT

COMMANDS = [
    "build/netwright show examples/linformer/linformer.py --entry Linformer(dim=64,seq_len=128,depth=2,k=32,heads=4) --input f32[1,128,64]",
    "build/netwright optimize --select torch examples",
    "build/netwright migrate --to keras examples/linformer/linformer.py --entry Linformer(dim=64,seq_len=128,depth=2,k=32,heads=4) --input f32[1,128,64]",
]


def main():
    for command in COMMANDS:
        print(f"$ {command}", flush=True)
        status = subprocess.run(shlex.split(command), cwd=ROOT).returncode
        print(flush=True)
        # 1 is an answer: something to report. 2 and 3 are wrong usage and an internal error.
        if status not in (0, 1):
            sys.exit(status)


if __name__ == "__main__":
    main()
