"""Fixtures: `catalog` asks the catalog's process, `agree` holds it against the framework."""
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
def agree(catalog):
    namespace = framework_namespace()

    def check(text):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # What JSON makes of it is compared, since that is what comes back from the other process.
            want = json.loads(json.dumps(describe.run(text, namespace)))
        lines = differences(want, catalog.ask(case=text))
        assert not lines, text + "\n  " + "\n  ".join(lines[:12])
    return check
