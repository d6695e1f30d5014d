"""The cases of test_torch.py and test_einops.py in Netwright's own interpreter: the rows mean the same there as in CPython.

Many cases are methods of one module; each is tried by itself, its result is returned under the case's number, or the exception's name.
"""
import json
import os
import pathlib
import subprocess
import warnings

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("einops")

import conftest
import test_einops
import test_torch

COMMAND = pathlib.Path(os.environ.get("NETWRIGHT", pathlib.Path(__file__).resolve().parents[2] / "build" / "netwright"))
SIZE = 40
DTYPES = {"float32": "f32", "float64": "f64", "float16": "f16", "int64": "i64", "int32": "i32", "int16": "i16", "int8": "i8", "uint8": "u8",
          "complex64": "c64", "complex128": "c128", "bfloat16": "bf16", "bool": "bool"}
# What the interpreter does not say: complex literals; modules that are built inside forward.
LEFT_OUT = ("1j", "storage_offset", "EinMix(", "nn.Sequential(", "numpy", "asnumpy")

HEAD = '''import torch
from torch import nn
import torch.nn.functional as F
import einops
import einops.layers.torch


def t(*shape, dtype="float32", fill=0):
    return torch.full(shape, fill, dtype=getattr(torch, dtype))


def c(values, dtype="int64"):
    return torch.tensor(values, dtype=getattr(torch, dtype))


class Cases(nn.Module):
    def forward(self, _):
        out = {}
'''


def cases():
    found = [case for text in (test_torch.PROMOTION, test_torch.CREATION, test_torch.METHODS, test_torch.FUNCTIONS, test_torch.INDEXING,
                               test_torch.CONSTANTS) for case in test_torch.cases(text)]
    found += [case for case in test_torch.PROGRAMS if not case.startswith(("class", "import"))]
    found += ["torch.%s(t(2, 3))" % name for name in test_torch.FLOATING + test_torch.SAME + test_torch.FLAGS]
    found += ["torch.%s(t(2, 1, 3), t(4, 1))" % name for name in test_torch.BINARY]
    for text, call in ((test_einops.REARRANGE, "einops.rearrange(%s)"), (test_einops.REPEAT, "einops.repeat(%s)"),
                       (test_einops.REDUCE, "einops.reduce(%s)"), (test_einops.EINSUM, "einops.einsum(%s)"), (test_einops.OTHER, "%s")):
        found += test_einops.cases(text, call)
    return [case for case in found if not any(word in case for word in LEFT_OUT)]


def tensors(value):
    if isinstance(value, torch.Tensor):
        return [[DTYPES[str(value.dtype).split(".")[1]], list(value.shape)]]
    if isinstance(value, dict):
        value = list(value.values())
    return [one for item in value for one in tensors(item)] if isinstance(value, (list, tuple)) else []


def expected(case):
    *head, last = case.split("\n")
    names = conftest.framework_namespace()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec("\n".join(head), names)
            return tensors(eval(last, names))
    except Exception:
        return "raises"


def program(batch):
    text = HEAD
    for number, case in enumerate(batch):
        *head, last = case.split("\n")
        lines = ["try:"] + ["    " + line for line in head] + ["    out['k%d'] = (%s,)" % (number, last), "except Exception:", "    pass"]
        text += "".join("        " + line + "\n" for line in lines)
    return text + "        return out\n"


def interpreted(batch, folder):
    path = folder / "cases.py"
    path.write_text(program(batch))
    run = subprocess.run([COMMAND, "show", path, "--entry", "Cases()", "--input", "f32[1]", "--format", "json"], capture_output=True, text=True)
    said = json.loads(run.stdout)
    answers = [[] for case in batch]
    for one in said["outputs"]:
        answers[int(one["name"].split(".")[0][1:])].append([one["dtype"], one["shape"]])
    return answers, [item["message"] for item in said["unknown"]]


ALL = cases()


@pytest.mark.skipif(not COMMAND.exists(), reason="the command is not built")
@pytest.mark.parametrize("start", range(0, len(ALL), SIZE))
def test_same_in_the_interpreter(start, tmp_path):
    batch = [case for case in ALL[start:start + SIZE]]
    wanted = [expected(case) for case in batch]
    answers, unknown = interpreted(batch, tmp_path)
    wrong = [(case, want, got) for case, want, got in zip(batch, wanted, answers) if got != ([] if want == "raises" else want)]
    assert not wrong, unknown
