"""What is read without tree-sitter (src/syntax/quick.h) has the tree that tree-sitter's would give, and nothing broken passes.

tests/syntax/test_against_cpython.py holds the same trees against CPython's; here are the two ways of reading, and texts that were
changed in one place, most of which are broken.
"""

import ast
import pathlib
import random
import sysconfig
import warnings

import pytest
from compare import Dumper

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STATEMENTS = """
x = a if b else c, *d
x[a:b, ::c, ...] = y[*z] = yield
x: List[int] | None = (yield from y)
x @= -a ** -b + ~c // d & e ^ f | g
x = not a is not b not in c < d <= e
x = a or b and not c or d and e
def f(a, /, b: int = 1, *c: str, d, e=(1, 2), **g) -> None: "text"; return lambda x, *y, z=1, **w: (x, y)
@a.b(c)
async def f(*, a): x = [b async for b in c]
class C(A, *B, metaclass=M, **k): pass
x = {**a, "b": c, 'd' f"e{f!r}g{h:>3}": [i for i, (j, *k) in l if m if n for o in p]}
x = {a: b for a, b in c}, {a for a in b}, {a, *b}, {}, (), (a,), [], (yield)
if (n := len(a)) > 1: b
elif c: d; e;
else: f
for a, *b.c in d, e: continue
else: break
while (a := b): pass
with a as b, c() as d[0], e: pass
with (a as b, c): pass
try: a
except (A, B) as e: raise C from e
except: raise
else: pass
finally: assert a, b
from ...a.b import (c as d, e,)
from . import *
import a.b.c, d as e
global g, h
del a, b[c], (d, e)
print(a, file=b); type = match = 1
match a: pass
type X = int
x = f"{a, b}{c=}{d['e']}{f:{g}}" rf'\\d{h}' b''
x = 0x1F + 0b1 + 0o7 + 1_0.5e-3 + 1j + .5 + 0
f(x for x in y)(*a, b=c, **d)[e].g
x = a \\
    + b
await a
""".strip().split("\n")


class Readers:
    def __init__(self, command, folder):
        self.quick, self.grammar, self.path = Dumper(command, "ast"), Dumper(command, "grammar"), folder / "text.py"

    def trees(self, text):
        self.path.write_text(text, encoding="utf-8", newline="")
        return self.quick(str(self.path)), self.grammar(str(self.path))


@pytest.fixture
def readers(dumper_command, tmp_path):
    made = Readers(dumper_command, tmp_path)
    yield made
    made.quick.close()
    made.grammar.close()


def parses(text):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def changed(text, words, chance):
    """The text with one of its words taken out, doubled, or replaced by another."""
    at = chance.randrange(len(words))
    before, after = sum(map(len, words[:at])), sum(map(len, words[: at + 1]))
    other = chance.choice(["", words[at] * 2, chance.choice(words), "for", " in ", "=", ":", ",", "(", ")", "*", " if ", " else ", "\n", " "])
    return text[:before] + other + text[after:]


def words_of(text):
    words, last = [], None
    for byte in text:
        kind = "word" if byte.isalnum() or byte == "_" else None
        if kind and kind == last:
            words[-1] += byte
        else:
            words.append(byte)
        last = kind
    return words


def test_statements(readers):
    for statement in STATEMENTS:
        quick, grammar = readers.trees(statement + "\n")
        assert quick == grammar, statement


def test_files(readers):
    paths = [*(ROOT / "tools").glob("*.py"), *(ROOT / "catalog").rglob("*.py"), *(ROOT / "tests/golden/syntax").glob("*.py")]
    assert len(paths) > 30
    for path in paths:
        quick, grammar = readers.trees(path.read_text(encoding="utf-8"))
        assert quick == grammar, path


def test_changed_statements(readers):
    """Broken or not, tree-sitter's tree is what comes out, but for texts that are sound and beyond its grammar."""
    chance = random.Random(1)
    broken = 0
    whole = (ROOT / "tests/golden/syntax").glob("*.py")
    texts = STATEMENTS + [block for path in whole for block in path.read_text(encoding="utf-8").split("\n\n") if len(block) < 800]
    for text in texts:
        words = words_of(text)
        for _ in range(12 if words else 0):
            mutant = changed(text, words, chance) + "\n"
            quick, grammar = readers.trees(mutant)
            sound = parses(mutant)
            broken += not sound
            assert quick == grammar or (sound and "error" in grammar), mutant
    assert broken > 500


def test_deep_nesting(readers):
    for text in ("(" * 1000 + ")" * 1000, "x = " + "-" * 1000 + "1", "".join(" " * i + "if x:\n" for i in range(500)) + " " * 500 + "pass"):
        quick, grammar = readers.trees(text + "\n")
        assert quick == grammar


def test_standard_library(readers):
    for path in sorted(pathlib.Path(sysconfig.get_path("stdlib")).glob("*.py"))[::8]:
        quick, grammar = readers.trees(path.read_text(encoding="utf-8"))
        assert quick == grammar, path
