#!/usr/bin/env python3
"""Write the manual pages of the command from its own help texts.

usage: make_man.py NETWRIGHT VERSION FOLDER VERB...

Writes netwright.1, and netwright-VERB.1 for each verb, into FOLDER.
"""

import pathlib
import re
import subprocess
import sys


def roff(text):
    """Plain text as roff: its special characters and what at the start of a line would be a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def listed(lines):
    """A help text's list: `  what   meaning` on each line."""
    for line in lines:
        what, _, meaning = line.strip().partition("  ")
        yield f".TP\n\\fB{roff(what)}\\fR\n{roff(meaning.strip())}"


def blocks_of(text):
    """The blocks between the empty lines, as lists of lines."""
    return [block.splitlines() for block in text.strip().split("\n\n")]


def page(title, version, text):
    """One page: a first line `NAME: summary`, a usage, paragraphs, and lists that a line with a colon begins."""
    (first, *_), *blocks = blocks_of(text)
    name, _, summary = first.partition(": ")
    out = [f'.TH {title.upper()} 1 "" "netwright {version}" "Netwright"', ".SH NAME", f"{roff(title)} \\- {roff(summary)}"]
    for block in blocks:
        if block[0].startswith("usage: "):
            out += [".SH SYNOPSIS", f"\\fB{roff(block[0].removeprefix('usage: '))}\\fR"]
            out += [".SH DESCRIPTION"]
        elif block[0].endswith(":") and len(block) > 1:
            out += [f".SH {block[0].rstrip(':').upper()}", *listed(block[1:])]
        else:
            out += [".PP", *map(roff, block)]
    return "\n".join(out) + "\n"


def ask(netwright, *words):
    return subprocess.run([netwright, *words], capture_output=True, text=True, check=True).stdout


def overview(text):
    """The text of `netwright help` in the form of that of a verb: usage, what it is, the list."""
    about, usage, rest = text.strip().split("\n\n", 2)
    return f"netwright: understand and rewrite deep-learning models\n\n{usage}\n\n{about}\n\n{rest}\n"


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__.split("\n\n")[1])
    netwright, version, folder, verbs = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4:]
    (folder / "netwright.1").write_text(page("netwright", version, overview(ask(netwright, "help"))))
    for verb in verbs:
        (folder / f"netwright-{verb}.1").write_text(page(f"netwright-{verb}", version, ask(netwright, "help", verb)))


if __name__ == "__main__":
    main()
