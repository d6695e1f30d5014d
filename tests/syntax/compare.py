"""Compares the dumps of files with what CPython says; as a program: compare.py DUMPER FILE... prints the differences."""

import io
import subprocess
import sys
import tokenize
import unicodedata

import reference


class Dumper:
    """One process that answers many files."""

    def __init__(self, command, mode):
        self.process = subprocess.Popen([*command, mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.waiting = b""

    def __call__(self, path):
        self.process.stdin.write(path.encode() + b"\n")
        self.process.stdin.flush()
        while b"\0" not in self.waiting:
            more = self.process.stdout.read1(1 << 20)
            if not more:
                raise RuntimeError(f"the dumper ended on {path}: {self.process.wait()}")
            self.waiting += more
        text, _, self.waiting = self.waiting.partition(b"\0")
        return text.decode("utf-8", "replace")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def is_comparable(data):
    """Whether CPython takes the file, and counts its columns in the file's own bytes."""
    if b"\0" in data:
        return False
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        tree = reference.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return tree is not None and encoding in ("utf-8", "utf-8-sig")


def line_differs(got, head, span, scalars):
    if got.endswith(" parenthesized"):
        got = got[: -len(" parenthesized")]
    if span == ():
        return got != head + scalars
    if not got.startswith(head + " "):
        return True
    got_span, space, got_scalars = got[len(head) + 1:].partition(" ")
    if span is not None and got_span != f"{span[0]}-{span[1]}":
        return True
    if scalars == " ?":
        return False
    return space + got_scalars != scalars and unicodedata.normalize("NFKC", space + got_scalars) != unicodedata.normalize("NFKC", scalars)


def ast_difference(dump, data):
    got = dump.split("\n")[:-1]
    want = reference.ast_lines(data)
    for index, (head, span, scalars) in enumerate(want):
        if index >= len(got) or line_differs(got[index], head, span, scalars):
            return f"line {index + 1}: got {got[index] if index < len(got) else None!r}\n    want {head} {span}{scalars}"
    return None if len(got) == len(want) else f"{len(got)} lines instead of {len(want)}"


def read_names(dump):
    """Names of each scope in the order of their slots; text and slot of each name."""
    scopes, places = {}, {}
    for line in dump.split("\n"):
        words = line.split(" ")
        if words[0] == "scope" and words[1] != "0":
            span = tuple(int(x) for x in words[3].split("-"))
            scopes[(words[2], *span)] = line.rpartition(":")[2].split()
        elif "-" in words[0] and words[0][0].isdigit():
            text, has_slot, slot = line[len(words[0]) + 1:].removesuffix(" binds").partition(" slot ")
            slot, otherwise, _ = slot.partition(" else outer")
            places[int(words[0].split("-")[0])] = text + otherwise, int(slot) if has_slot else None
    return scopes, places


def names_difference(dump, data):
    got_scopes, got_places = read_names(unicodedata.normalize("NFKC", dump))
    scopes, places = reference.places(data)
    for key, names in scopes.items():
        if sorted(got_scopes.get(key, ["none"])) != sorted(unicodedata.normalize("NFKC", name) for name in names):
            return f"scope {key}: got {got_scopes.get(key)}, want {names}"
    for start, (text, key) in places.items():
        text = unicodedata.normalize("NFKC", text)
        got, slot = got_places.get(start, (None, None))
        if got != text or (key and got_scopes[key][slot] != text.split(" ")[0]):
            return f"name at {start}: got {got!r} slot {slot}, want {text!r} in {key}"
    return None


def compare(command, paths):
    """(path, which dump, difference) for each difference; the number of files that could be compared."""
    tree_dumper, names_dumper = Dumper(command, "ast"), Dumper(command, "names")
    count, found = 0, []
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        if not is_comparable(data):
            continue
        count += 1
        difference = ast_difference(tree_dumper(path), data)
        if difference:
            found.append((path, "ast", difference))
            continue
        try:
            difference = names_difference(names_dumper(path), data)
        except SyntaxError:
            continue  # what only the compiler refuses
        if difference:
            found.append((path, "names", difference))
    tree_dumper.close()
    names_dumper.close()
    return count, found


if __name__ == "__main__":
    sys.setrecursionlimit(20000)
    compared, differences = compare([sys.argv[1]], sys.argv[2:])
    for path, which, difference in differences:
        print(f"{path}: {which}: {difference}")
    print(f"{compared} files compared, {len(differences)} differ")
