"""Broken files: the rest of the file is kept; deep, long and odd ones: bounded."""

import ast
import re
import time

import pytest

HEAD = "import torch\n\n\n"
METHODS = "".join(
    f"    def method_{i}(self, x, key=None):\n"
    f"        \"\"\"Method {i}.\"\"\"\n"
    f"        if x is None:\n"
    f"            x = [key, {{1: (x,)}}]\n"
    f"        y = self.layer_{i}(x)\n"
    f"        HOLE\n"
    f"        for item in y:\n"
    f"            y = item + 1\n"
    f"        return y\n\n" for i in range(8))
TEXT = HEAD + "".join(f"class Model{k}(torch.nn.Module):\n{METHODS}\n\n" for k in range(3)) + "def last():\n    return 1\n"

FAULTS = [
    "x = foo(1,", "x = [1,", "x = {1: 2,", "x = 1)", 'x = "abc', "x = = 1", "def (:", "if x", "<<<<<<< HEAD", "x = $y", 'print "x"',
    "for in y:", "y: : x", "x = lambda", "x = 1 +", "class :", "try:", "import", "@", "def g(self, x", "f(a b)", "x = 1 \\ y", "*",
    "except ValueError:", "with open(x as y:", "x = (yield", "lambda x: return x", "async x = 1", "]", "x.1y", "a ? b : c", "x++;;",
    "x = 1 + pass", "return return",
]


def functions(dump):
    return re.findall(r"body: function \d+-\d+ (\w+)", dump)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hole", [0, 11, 23])
def test_one_fault_costs_no_other_function(fault, hole, tree_dump, tmp_path):
    parts = TEXT.split("HOLE")
    text = "pass".join(parts[:hole + 1]) + fault + "pass".join(parts[hole + 1:])
    sound = "pass".join(parts)
    with pytest.raises(SyntaxError):
        ast.parse(text)
    path = tmp_path / "a.py"
    path.write_text(sound)
    expected = functions(tree_dump(str(path)))
    assert len(expected) == 25
    path.write_text(text)
    dump = tree_dump(str(path))
    assert set(expected) <= set(functions(dump)), fault
    assert len(re.findall(": class ", dump)) >= 3
    assert ": error" in dump


LONG = {
    "sum": "x = " + "a + " * 20_000 + "b\n",
    "and": "x = " + "a and " * 20_000 + "b\n",
    "comparison": "x = " + "a < " * 20_000 + "b\n",
    "attributes": "x = a" + ".b" * 20_000 + "\n",
    "calls": "x = f" + "(1)" * 5_000 + "\n",
    "elif": "if a: pass\n" + "elif b: x = 1\n" * 5_000 + "else: y = 3\n",
    "targets": "x = " * 10_000 + "1\n",
    "strings": "x = " + '"a" ' * 20_000 + "\n",
    "union": "x: A[b]" + " | c" * 10_000 + "\n",
    "arguments": "f(" + "a," * 50_000 + ")\n",
    "statements": "a = 1\n" * 100_000,
    "decorators": "@a\n" * 5_000 + "def f(): pass\n",
}
DEEP = {
    "parentheses": "x = " + "(" * 10_000 + "1" + ")" * 10_000 + "\n",
    "lists": "x = " + "[" * 10_000 + "1" + "]" * 10_000 + "\n",
    "calls": "x = " + "f(" * 10_000 + "1" + ")" * 10_000 + "\n",
    "lambdas": "x = " + "lambda: " * 10_000 + "1\n",
    "not": "x = " + "not " * 10_000 + "1\n",
    "powers": "x = " + "a ** " * 10_000 + "b\n",
    "conditionals": "x = " + "a if b else " * 10_000 + "c\n",
    "types": "x: " + "A[" * 10_000 + "b" + "]" * 10_000 + "\n",
    "targets": "(" * 10_000 + "a" + ")" * 10_000 + " = 1\n",
    "patterns": "match x:\n case " + "[" * 10_000 + "a" + "]" * 10_000 + ": pass\n",
    "ifs": "".join(" " * i + "if a:\n" for i in range(1_000)) + " " * 1_000 + "pass\n",
    "defs": "".join(" " * i + "def f():\n" for i in range(1_000)) + " " * 1_000 + "pass\n",
    "comprehensions": "x = " + "[" * 500 + "a" + " for a in b]" * 500 + "\n",
}
ODD = {
    "open_brackets": "(" * 200_000,
    "quotes": "'\"" * 20_000,
    "one_open_bracket": "class A:\n  def f(self):\n    x = (1,\n" + "  def g(self): return 1\n" * 20_000,
    "numbers": "x = " + "9" * 200_000 + "\n",
    "escapes": 'x = "\\x4 \\u12 \\U00110000 \\8 \\N{no such} \\N{"\n',
    "empty": "",
    "only_comment": "# nothing",
    "only_spaces": "   \n\t\f\n",
    "backslash_at_the_end": "x = 1 \\",
}


@pytest.mark.parametrize("name", LONG)
def test_long(name, tree_dump, names_dump, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(LONG[name] + "after = 2\n")
    dump = tree_dump(str(path))
    assert ": error" not in dump
    assert dump.endswith(" 2\n")
    assert "after global binds" in names_dump(str(path))


@pytest.mark.parametrize("name", DEEP)
def test_deep(name, tree_dump, names_dump, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(DEEP[name] + "after = 2\n")
    dump = tree_dump(str(path))
    assert ": error" in dump
    assert dump.endswith(" 2\n")
    assert "after global binds" in names_dump(str(path))


@pytest.mark.parametrize("name", ODD)
def test_odd(name, tree_dump, names_dump, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(ODD[name])
    start = time.monotonic()
    tree_dump(str(path))
    names_dump(str(path))
    assert time.monotonic() - start < 120


FORMS = {
    "byte_order_mark": (b"\xef\xbb\xbfx = 1\n", "name 3-4 x"),
    "crlf": (b'x = """a\r\nb"""\r\ny = 1\r\n', r'"a\nb"'),
    "carriage_returns": (b"x = 1\ry = 2\r", "name 6-7 y"),
    "form_feed": (b"x = 1\n\x0c\ny = 2\n", "name 8-9 y"),
    "latin_1": (b"# -*- coding: latin-1 -*-\nx = 'caf\xe9'; y = 2\n", "name 38-39 y"),
    "cookie_in_line_two": (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x93'\n", "name 51-52 x"),
    "nul": (b"x = 1\n\0", "NUL"),
    "bad_utf8": (b"x = '\xff'\n", "is not UTF-8"),
    "unknown_cookie": (b"# coding: martian\n", "unknown encoding: martian"),
    "non_ascii_name": ("größe = 'ß'\n".encode(), "name 0-7 größe"),
}


@pytest.mark.parametrize("name", FORMS)
def test_forms_of_files(name, tree_dump, tmp_path):
    data, expected = FORMS[name]
    path = tmp_path / "a.py"
    path.write_bytes(data)
    assert expected in tree_dump(str(path))
