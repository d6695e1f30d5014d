"""Results of earlier runs, by content: nothing runs again when nothing has changed.

The key holds both sources, the options, the interpreter and this package. A result is served only while everything that its runs have read
is as it was: files by their bytes, folders that were searched for modules by their names, and the frameworks, which are loaded once for
many runs, by the times and sizes of their files.
"""

import hashlib
import json
import os
import pathlib
import stat
import sys
import tempfile

PACKAGE = pathlib.Path(__file__).resolve().parent.parent
VARIABLES = ("KERAS_BACKEND", "PYTHONPATH", "VIRTUAL_ENV", "XDG_CONFIG_HOME", "HOME")
MOST_ENTRIES = 4000


def digest_of(data):
    return hashlib.sha256(data).hexdigest()


def file_digest(path):
    """None for a file that is not there: that it is not there may matter too; and for a pipe or a device, which has no content to keep."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None


def folder_digest(path):
    """By the names that an import could find there."""
    try:
        names = sorted(name for name in os.listdir(path) if name != "__pycache__" and ("." not in name or name.endswith((".py", ".so"))))
    except OSError:
        return None
    return digest_of("\n".join(names).encode())


def usual_folder():
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.environ.get("HOME", ""), ".cache")
    return os.path.join(base, "netwright") if os.path.isabs(base) else None


def own_digest():
    """Of the code of this package that has a part in a result."""
    files = sorted(PACKAGE.rglob("*.py"))
    return digest_of(b"".join(digest_of(file.read_bytes()).encode() for file in files))


class Store:
    """Results in a folder; without one every look-up fails and nothing is kept."""

    def __init__(self, folder=None, use=True):
        folder = (folder or usual_folder()) if use else None
        self.folder = os.path.join(folder, "verify") if folder else None
        self.written, self.own, self.seen = 0, None, {}
        if self.folder:
            try:
                os.makedirs(self.folder, exist_ok=True)
            except OSError:
                self.folder = None

    def key(self, parts):
        self.own = self.own or own_digest()
        settings = [sys.version, os.path.realpath(sys.executable), *[os.environ.get(name) for name in VARIABLES], self.own]
        return digest_of(json.dumps([settings, parts], sort_keys=True).encode())

    def path(self, name):
        return os.path.join(self.folder, name + ".json")

    def read(self, name):
        try:
            with open(self.path(name), encoding="utf-8") as file:
                return json.load(file)
        except (OSError, ValueError):
            return None

    def write(self, name, content):
        try:
            handle, draft = tempfile.mkstemp(dir=self.folder, prefix="draft-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(content, file)
            os.replace(draft, self.path(name))
            self.written += 1
        except OSError:
            pass

    def is_loaded_the_same(self, name):
        """Whether the frameworks lie as they lay when a process loaded them; looked at once in a run."""
        if name not in self.seen:
            files = self.read(name)
            self.seen[name] = files is not None and all(stamp_of(path) == stamp for path, stamp in files.items())
        return self.seen[name]

    def get(self, parts, moved=()):
        """A result of the same content, or None. `moved`: [(folder, word)], folders whose names differ from run to run."""
        entry = self.read(self.key(parts)) if self.folder else None
        if not entry or not all(self.is_loaded_the_same(name) for name in entry["loaded"]):
            return None
        entry = replaced(entry, [(word, folder) for folder, word in moved])
        for known, now in (("files", file_digest), ("folders", folder_digest)):
            if any(now(path) != digest for path, digest in entry[known].items()):
                return None
        return {**entry["result"], "cached": True}

    def put(self, parts, result, read, moved=()):
        """Keeps a result that does not hang on time or memory, with everything that was read for it."""
        if not self.folder or not is_lasting(result):
            return
        names = []
        for loaded in read["loaded"]:
            name = "loaded-" + digest_of(json.dumps(loaded, sort_keys=True).encode())
            if not os.path.exists(self.path(name)):
                self.write(name, loaded)
            names.append(name)
        files = {path: file_digest(path) for path in sorted(read["files"])}
        folders = {path: folder_digest(path) for path in sorted(read["folders"])}
        entry = {"loaded": names, "files": files, "folders": folders, "result": result}
        self.write(self.key(parts), replaced(entry, moved))

    def close(self):
        """The oldest make room."""
        if not self.folder or not self.written:
            return
        found = sorted(pathlib.Path(self.folder).glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in found[: max(0, len(found) - MOST_ENTRIES)]:
            path.unlink(missing_ok=True)


def replaced(value, pairs):
    """The same data with each first text of a pair replaced by the second."""
    text = json.dumps(value)
    for first, second in pairs:
        text = text.replace(json.dumps(first)[1:-1], json.dumps(second)[1:-1])
    return json.loads(text)


def is_lasting(result):
    return result["verdict"] in ("equal", "differs") or result.get("kind") == "unreached"


def stamp_of(path):
    try:
        about = os.stat(path)
    except OSError:
        return None
    return [about.st_mtime_ns, about.st_size]


def texts_of(sides):
    return [file_digest(side["file"]) if "file" in side else None for side in sides]


def remember(store, parts, workers, make, moved=()):
    """The kept result for `parts`, otherwise what `make` gives, kept with all that the workers have read for it."""
    found = store.get(parts, moved)
    if found:
        return found
    for worker in workers:
        worker.forget()
    result = make()
    read = {"files": set(), "folders": set(), "loaded": []}
    for worker in workers:
        read["files"] |= worker.files_read
        read["folders"] |= worker.folders_read
        read["loaded"] += [worker.loaded] if worker.loaded else []
    store.put(parts, result, read, moved)
    return result
