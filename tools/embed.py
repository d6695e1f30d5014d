#!/usr/bin/env python3
"""Write a C file that holds the files of some folders as constant bytes (declared in src/base/embedded.h).

usage: embed.py OUTPUT.c OUTPUT.d NAME=FOLDER[,PREFIX:FOLDER...]...

The files of a FOLDER with a PREFIX stand in the table as if they lay below a folder of that name. Each NAME becomes the table nw_embedded_NAME, sorted by path; paths are from FOLDER and use "/". OUTPUT.d lists every file
and folder that was read, so that the build notices an edit as well as a file that comes or goes.
"""

import os
import pathlib
import sys

IGNORED_FOLDERS = {"__pycache__"}
IGNORED_SUFFIXES = {".pyc"}


def read_folder(root):
    """(files as path -> bytes, everything that the result depends on)"""
    files, read = {}, [] if root.exists() else [str(root.parent)]
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in IGNORED_FOLDERS and not name.startswith(".")]
        read.append(folder)
        for name in names:
            path = pathlib.Path(folder, name)
            if path.suffix not in IGNORED_SUFFIXES and not name.startswith("."):
                files[path.relative_to(root).as_posix()] = path.read_bytes()
                read.append(str(path))
    return files, read


def array(name, data):
    """One byte array with a terminating zero, which the size does not count."""
    rows = [",".join(map(str, data[at:at + 32])) for at in range(0, len(data), 32)]
    return f"static const unsigned char {name}[] = {{\n" + "".join(f"{row},\n" for row in rows) + "0};\n"


def table(name, files):
    # In the order of strcmp, which is that of the encoded bytes: nw_embedded_find searches by halves.
    paths = sorted(files, key=os.fsencode)
    text = "".join(array(f"{name}_{i}", files[path]) for i, path in enumerate(paths))
    rows = "".join(f'    {{"{path}", {name}_{i}, {len(files[path])}u}},\n' for i, path in enumerate(paths))
    # C has no empty arrays, so the table always ends with a row that the count leaves out.
    text += f"const nw_embedded_file nw_embedded_{name}[] = {{\n{rows}    {{0, 0, 0u}},\n}};\n"
    return text + f"const uint32_t nw_embedded_{name}_count = {len(paths)}u;\n"


def main():
    output, depfile, *tables = sys.argv[1:]
    text, read = '#include "base/embedded.h"\n\n', []
    for item in tables:
        name, folders = item.split("=", 1)
        files = {}
        for part in folders.split(","):
            prefix, _, folder = part.rpartition(":")
            found, seen = read_folder(pathlib.Path(folder))
            files |= {f"{prefix}/{path}" if prefix else path: data for path, data in found.items()}
            read += seen
        text += table(name, files)
    pathlib.Path(output).write_text(text)
    escaped = (path.replace(" ", "\\ ") for path in read)
    pathlib.Path(depfile).write_text(f"{output}: {' '.join(escaped)}\n")


if __name__ == "__main__":
    main()
