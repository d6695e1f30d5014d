"""Fixtures: `catalog` asks the catalog's process, `interpreter` Netwright itself; `agree` holds both against the framework."""
import ast
import collections
import contextlib
import importlib
import json
import os
import subprocess
import sys
import warnings

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import describe


class Catalog:
    def __init__(self):
        self.process = subprocess.Popen([sys.executable, "-I", "-S", "-W", "ignore", os.path.join(HERE, "server.py")], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the catalog's process ended"
        result = json.loads(line)
        assert "answer" in result, result.get("failure")
        return result["answer"]

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)


@pytest.fixture(scope="session")
def catalog():
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    one = Catalog()
    yield one
    one.close()


class Interpreter:
    """Netwright's own interpreter on the same catalog (tests/unit/test_catalog_cases.c)."""

    def __init__(self):
        command = os.environ.get("NETWRIGHT", os.path.join(HERE, "..", "..", "build", "netwright"))
        self.program = os.path.join(os.path.dirname(command), "unit-test_catalog_cases")
        self.process = None

    def start(self):
        self.process = subprocess.Popen([self.program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, text):
        if self.process is None:
            self.start()
        case = name_result(text).encode()
        self.process.stdin.write(b"%d\n" % len(case) + case)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            self.process, status = None, self.process.wait(30)
            return ["ended", status]
        return json.loads(line)


def name_result(text):
    """The case with its last expression's value in `__result__`."""
    last = ast.parse(text).body[-1]
    if not isinstance(last, ast.Expr):
        return text
    lines = text.split("\n")
    before = lines[:last.lineno - 1] + [lines[last.lineno - 1].encode()[:last.col_offset].decode()]
    return "\n".join(before) + "__result__ = (" + ast.get_source_segment(text, last) + "\n)\n"


def framework_namespace():
    import torch
    import torch.nn.functional

    def make_tensor(*shape, dtype="float32", fill=0):
        return torch.full(shape, fill, dtype=getattr(torch, dtype))

    def make_constant(values, dtype="int64"):
        return torch.tensor(values, dtype=getattr(torch, dtype))
    names = {}
    for name in ("einops", "numpy"):
        with contextlib.suppress(ImportError):
            names[name] = importlib.import_module(name)
    with contextlib.suppress(ImportError):
        importlib.import_module("einops.layers.torch")
    return {**names, "torch": torch, "nn": torch.nn, "F": torch.nn.functional, "t": make_tensor, "c": make_constant,
            "OrderedDict": collections.OrderedDict}


def differences(want, got, path=""):
    """Where two descriptions differ, as lines; what the catalog calls unknown agrees with any plain value."""
    if want == got or got == ["unknown"]:
        return []
    if isinstance(want, list) and isinstance(got, list) and want[:1] == ["error"] and got[:1] == ["error"]:
        return [] if want[1] == got[1] else ["%s: raises %s, not %s" % (path, want[1:], got[1:])]
    if type(want) is type(got) and isinstance(want, list) and len(want) == len(got):
        return [line for i, (a, b) in enumerate(zip(want, got)) for line in differences(a, b, "%s[%d]" % (path, i))]
    if type(want) is type(got) and isinstance(want, dict):
        lines = []
        for key in sorted(set(want) | set(got)):
            if key not in got or key not in want:
                lines.append("%s.%s: only in %s" % (path, key, "the catalog" if key in got else "the framework"))
            else:
                lines += differences(want[key], got[key], "%s.%s" % (path, key))
        return lines
    return ["%s: the framework says %s, the catalog %s" % (path, json.dumps(want), json.dumps(got))]


@pytest.fixture(scope="session")
def interpreter():
    one = Interpreter()
    if not os.path.exists(one.program):
        pytest.skip("not built: " + one.program)
    yield one
    if one.process:
        one.process.stdin.close()
        one.process.wait(30)


@pytest.fixture(scope="session")
def agree(catalog, interpreter):
    namespace = framework_namespace()

    def check(text):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # What JSON makes of it is compared, since that is what comes back from the other process.
            want = json.loads(json.dumps(describe.run(text, namespace)))
        lines = differences(want, catalog.ask(case=text))
        lines += ["interpreter" + line for line in differences(want, interpreter.ask(text))]
        assert not lines, text + "\n  " + "\n  ".join(lines[:12])
    return check
