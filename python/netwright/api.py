"""The command's jobs as functions: plain data in, plain data out.

Each runs the command in a process of its own, so that other threads go on, and none imports or runs the code that it is given but
`verify`, which runs it in children of that process. What the command reports on stderr is in the answer only where its JSON says it.
"""

import json
import pathlib
import shutil
import subprocess
import tempfile

from .command import binary


class Failed(Exception):
    """Wrong usage, unreadable input, or an internal error; the message is the command's own. `status` is its exit status."""

    def __init__(self, message, status):
        super().__init__(message)
        self.status = status


def flags(options):
    """Keywords as options of the command: unsafe=True, select="torch", root=["a", "b"]; None and False are left out."""
    words = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if item is True:
                words.append(option)
            elif item is not None and item is not False:
                words += [option, str(item)]
    return words


def run(verb, *words):
    done = subprocess.run([binary(), verb, "--quiet", *map(str, words)], capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise Failed(done.stderr.strip(), done.returncode)
    return done


def show(*paths, entry=None, inputs=(), **options):
    """The network that the files describe, as `netwright show --format json` gives it.

    `inputs` are specifications such as "x=f32[1,3,32,32]"; further keywords are options of the command (root=..., jobs=...).
    Raises Failed.
    """
    return json.loads(run("show", "--format", "json", *flags({"entry": entry, "input": list(inputs), **options}), *paths).stdout)


def optimize(*paths, select=None, ignore=None, unsafe=False, write=False, **options):
    """The findings of the rules, as `netwright optimize --format json` gives them; with `write` the files are changed.

    Raises Failed.
    """
    mode = {"write": True} if write else {"check": True}
    words = flags({"select": select, "ignore": ignore, "unsafe": unsafe, **mode, **options})
    return json.loads(run("optimize", "--format", "json", *words, *paths).stdout)


def migrate(*paths, to, entry=None, inputs=(), output=None, **options):
    """The migrated program: {"map": the migration map, "files": {name below the output folder: text}}.

    Without `output`, a folder, nothing is left on disk. Raises Failed.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        run("migrate", *flags({"to": to, "entry": entry, "input": list(inputs), "output": folder, **options}), *paths)
        written = json.loads((folder / "netwright.json").read_text(encoding="utf-8"))
        files = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))}
        if output is not None:
            shutil.copytree(folder, output, dirs_exist_ok=True)
    return {"map": written, "files": files}


def verify(before, after=None, **options):
    """What a comparison by running found, as `netwright verify --format json` gives it.

    Two programs, or one migration map. Raises Failed.
    """
    words = [before, after] if after is not None else ["--map", before]
    return json.loads(run("verify", "--format", "json", *flags({"input": list(options.pop("inputs", ())), **options}), *words).stdout)


def convert_weights(map_path, source, target):
    """Makes the checkpoint `target` of a migrated model from that of its source, as the migration map says.

    Raises netwright.weights.Refused, with `problems`, when something is missing, left over or misshapen; nothing is written then.
    """
    from . import weights
    return weights.convert(map_path, source, target)
