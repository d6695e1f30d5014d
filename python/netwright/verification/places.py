"""Where the code of each side lies: import roots, module names, and which file stands for which module."""

import ast
import importlib.util
import os
import pathlib
import re

from . import entry, reading


def in_package(file):
    return (file.parent / "__init__.py").exists()


def root_of(file):
    """The folder above the outermost package of a file."""
    folder = file.parent
    while (folder / "__init__.py").exists():
        folder = folder.parent
    return folder


def dotted(file, root):
    return ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def relative_imports(file, limit):
    try:
        tree = reading.parse(file, limit)
    except reading.CannotRead:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]


def library_module(file, limit):
    """The module of `transformers` that a loose copy of one of its model files stands for, by the configuration it imports."""
    for name in relative_imports(file, limit):
        found = re.fullmatch(r"configuration_(\w+)", name)
        spec = importlib.util.find_spec("transformers") if found else None
        if not spec or not spec.submodule_search_locations:
            continue
        for folder in sorted(pathlib.Path(spec.submodule_search_locations[0], "models").glob(f"*/{name}.py")):
            stems = [f"modeling_{part}" for part in (file.stem.removeprefix("modeling_"), found[1], folder.parent.name)]
            stem = next((stem for stem in stems if (folder.parent / f"{stem}.py").exists()), stems[1])
            return f"transformers.models.{folder.parent.name}.{stem}"
    return None


def place(path, roots=(), limit=reading.MOST):
    """{"roots", "replaced", "module", "files"} of a file or a folder."""
    path = reading.check(path, limit)
    roots = [os.path.realpath(root) for root in roots]
    if path.is_dir():
        root = root_of(path / "__init__.py")
        return {"roots": [*roots, str(root)], "replaced": {}, "module": None, "folder": str(path)}
    given = next((root for root in roots if path.is_relative_to(root)), None)
    library = None if given or in_package(path) else library_module(path, limit)
    if library:
        return {"roots": roots, "replaced": {library: str(path)}, "module": library, "file": str(path)}
    root = given or str(root_of(path))
    return {"roots": [*roots, root] if not given else roots, "replaced": {}, "module": dotted(path, root), "file": str(path)}


def places(before, after, roots=(), limit=reading.MOST):
    """Both sides; a changed copy that lies outside of its package takes the original's place in it."""
    first, second = place(before, roots, limit), place(after, roots, limit)
    if ("file" in first) != ("file" in second):
        raise entry.BadSpec("give two files or two folders")
    if "file" in first and second["module"] != first["module"]:
        inside = in_package(pathlib.Path(first["file"])) or first["replaced"]
        if inside and not in_package(pathlib.Path(second["file"])):
            second = {**first, "replaced": {first["module"]: second["file"]}, "file": second["file"]}
    return first, second


def with_entry(sides, text):
    """Each side with its own module for an entry that names the first file, or none."""
    first, second = sides
    name, expression = entry.split_entry(text, None)
    if name and "file" in first:
        base = os.path.basename(first["file"])
        own = name in (first["module"], first["file"], base) or name.endswith("/" + base)
        if own:
            name = None
    if name is None and not first["module"]:
        raise entry.BadSpec(f"`{text}`: with folders, an entry names its module, as in pkg.mod:Net(10)")
    whole = [f"{name}:{expression}" if name else expression] * 2
    return [{key: side[key] for key in ("roots", "replaced", "module")} | {"entry": part} for side, part in zip(sides, whole)]
