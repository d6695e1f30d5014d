"""Reads what a user names, within bounds: regular files up to a size, never a pipe, a device or a link that leads round in circles."""

import ast
import io
import os
import pathlib
import re
import stat
import tokenize

from .entry import BadSpec

MOST = 8 << 20  # bytes, as for the other verbs
MOST_WORDS = 2_000_000  # a node of a syntax tree takes most of a kilobyte, and there are two trees


class CannotRead(BadSpec):
    """A file or folder that cannot be read; the text says which, why, and what to do."""


def refusal(path, error):
    advice = {PermissionError: "check its permissions", FileNotFoundError: "check the path"}.get(type(error), "check what lies there")
    return CannotRead(f"{path}: cannot be read: {error.strerror or error}; {advice}")


def size_text(size):
    return f"{size / (1 << 20):.3g} MB"


def check(path, limit=MOST):
    """The absolute path of a file or folder that can be read."""
    try:
        about = os.stat(path)
        if stat.S_ISDIR(about.st_mode):
            with os.scandir(path):
                return pathlib.Path(os.path.realpath(path))
        check_file(path, about, limit)
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
    except OSError as error:
        raise refusal(path, error) from None
    return pathlib.Path(os.path.realpath(path))


def check_file(path, about, limit):
    if not stat.S_ISREG(about.st_mode):
        raise CannotRead(f"{path}: not a regular file; give Python files, or folders with such files")
    if about.st_size > limit:
        raise too_large(path, about.st_size, limit)


def too_large(path, size, limit):
    return CannotRead(f"{path}: larger than the limit: {size_text(size)}, and the limit is {size_text(limit)}; raise it with --max-file-size")


def read(path, limit=MOST):
    """The bytes of a file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe is opened at once, and refused
        with open(handle, "rb") as file:
            check_file(path, os.fstat(handle), limit)
            content = file.read(limit + 1)
    except OSError as error:
        raise refusal(path, error) from None
    if len(content) > limit:  # it has grown since
        raise too_large(path, len(content), limit)
    return content


def check_text(path, content):
    """That the bytes of a file are text as Python reads it."""
    if b"\0" in content:
        raise CannotRead(f"{path}: the file holds NUL bytes, which Python refuses too; check what it is")
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(content).readline)[0]
        content.decode(encoding)
    except UnicodeDecodeError as error:
        words = f"byte {content[error.start]:#04x} at offset {error.start} is not {encoding}"
        raise CannotRead(f"{path}: the encoding of the file is not what it declares: {words}") from None
    except SyntaxError as error:
        undeclared = next((place for place, byte in enumerate(content) if byte > 127), 0) if "unknown" not in str(error) else None
        words = error if undeclared is None else f"byte {content[undeclared]:#04x} at offset {undeclared}, and no encoding is declared"
        raise CannotRead(f"{path}: the encoding of the file is not what it declares: {words}") from None


def parse(path, limit=MOST):
    """The syntax tree of a file."""
    content = read(path, limit)
    check_text(path, content)
    if len(content) > MOST_WORDS and sum(1 for _ in re.finditer(rb"\w+|[^\w\s]", content)) > MOST_WORDS:
        raise CannotRead(f"{path}: it has more than {MOST_WORDS:,} names, numbers and signs, which is more than can be compared; split it")
    return ast.parse(content)


def python_files(root):
    """{path below the folder: path} of the Python files in it, and {path: CannotRead} of folders that cannot be searched."""
    found, refused = {}, {}

    def refuse(error):
        refused[os.path.relpath(error.filename, root)] = refusal(error.filename, error)

    for folder, _, names in os.walk(root, onerror=refuse):
        found.update({os.path.relpath(os.path.join(folder, name), root): pathlib.Path(folder, name) for name in names if name.endswith(".py")})
    return dict(sorted(found.items())), refused
