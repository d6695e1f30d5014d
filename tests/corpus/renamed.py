"""Packages with a name of the source framework's family, under another one: `migrate` refuses them as they are (NW0505), for whoever imports
what was written may get the framework's own."""
import contextlib
import pathlib
import tempfile
import tokenize

NAMES = {"torchvision": "vision_models"}


def rename(path, old, new):
    """The text of a file in which the package has its new name; the framework's own registry of operators keeps the old one."""
    with open(path, "rb") as file:
        tokens = list(tokenize.tokenize(file.readline))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for i in reversed([i for i, token in enumerate(tokens) if token.type == tokenize.NAME and token.string == old]):
        if [token.string for token in tokens[i - 2:i]] != ["ops", "."]:
            row, column = tokens[i].start
            lines[row - 1] = lines[row - 1][:column] + new + lines[row - 1][column + len(old):]
    return "".join(lines)


def copy(site, package, folder):
    for path in sorted((site / package).rglob("*.py")):
        target = folder / NAMES[package] / path.relative_to(site / package)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(rename(path, package, NAMES[package]), encoding="utf-8")


@contextlib.contextmanager
def renamed(site, rows):
    """The rows, each with its "site"; those of such packages with a copy's, and with the copy's file."""
    with tempfile.TemporaryDirectory() as name:
        folder, site = pathlib.Path(name), pathlib.Path(site)
        for package in {row["package"] for row in rows} & set(NAMES):
            copy(site, package, folder)
        yield [{**row, "site": folder, "file": row["file"].replace(row["package"], NAMES[row["package"]], 1)} if row["package"] in NAMES else {**row, "site": site}
               for row in rows]
