"""Attention as libraries write it: what is rewritten computes what it computed, on every way through its conditions."""

import itertools
import json

import pytest
import torch

HEAD = """import math
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F


def exists(x):
    return x is not None


def lowest(x):
    return -torch.finfo(x.dtype).max


def expand_mask(mask, dtype):
    return mask.to(dtype) * 1.0


def noted(mask):
    SEEN.append(mask)
    return mask


def given_back(x, kind=None):
    "Gives it back."
    return x


SEEN = []


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = True
        self.drop = nn.Dropout(0.0)
        self.register_buffer("tril", torch.tril(torch.ones(16, 16)).view(1, 1, 16, 16))

    def changed(self, scores, shape):
        return scores

    def forward(self, q, k, v, mask=None, head_mask=None, wanted=False):
"""
TAIL = """
scores = F.softmax(scores, dim=-1)
if head_mask is not None:
    scores = scores * head_mask
out = torch.matmul(scores, v)
return (out, scores) if wanted else (out,)"""
# Products in float32 whatever else is at work.
FLOAT32 = """b, h, n, d = q.size()
_, _, m, _ = k.size()
scores = torch.empty(b * h, n, m, dtype=torch.float32, device=q.device)
factor = 1.0
if self.scale:
    factor /= float(v.size(-1)) ** 0.5
with torch.cuda.amp.autocast(enabled=False):
    left, right = q.reshape(-1, n, d), k.transpose(-1, -2).reshape(-1, d, m)
    scores = torch.baddbmm(scores, left.float(), right.float(), beta=0, alpha=factor)
    scores = scores.reshape(b, h, n, m)
lowest = torch.tensor(torch.finfo(scores.dtype).min, dtype=scores.dtype).to(scores.device)
scores = torch.where(self.tril[:, :, m - n : m, :m] > 0, scores, lowest)
if mask is not None:
    scores = scores + mask
scores = F.softmax(scores, dim=-1)
if scores.dtype != torch.float32:
    raise RuntimeError(f"softmax in {scores.dtype}")
scores = scores.type(v.dtype)"""
FORMS = {
    "sizes are read from the scores": """scores = torch.matmul(q, k.permute(0, 1, 3, 2)) / np.sqrt(k.shape[-1])
nd, ns = scores.size(-2), scores.size(-1)
scores = scores + self.tril[:, :, ns - nd : ns, :ns] * -0.5
if mask is not None:
    scores = scores + mask""",
    "zeros and ones": """scores = torch.matmul(q, k.transpose(2, 3))
if self.scale:
    scores = scores / math.sqrt(v.size(-1))
b = self.tril[:, :, : scores.size(-2), : scores.shape[-1]]
scores = scores * b + -1e4 * (1 - b)
if mask is not None:
    scores = scores + mask""",
    "a mask as large as the scores": """scores = torch.matmul(q, k.transpose(2, 3))
if mask is not None:
    mask = (mask < 0).expand_as(scores)
    scores = scores.masked_fill(mask, torch.tensor(torch.finfo(scores.dtype).min))""",
    "filled in place": """scores = torch.matmul(q / 4, k.transpose(2, 3))
if mask is not None:
    mask = (mask < 0).view(mask.shape).expand_as(scores)
    scores.masked_fill_(mask, torch.finfo(scores.dtype).min)""",
    "filled in place after a cast": """scores = torch.matmul(q / 4, k.transpose(2, 3))
scores += v[:, :, :1, :1]
scores = scores.float().masked_fill_(self.tril[:, :, : q.size(2), : k.size(2)] == 0, torch.finfo(scores.dtype).min)""",
    "scaled in place": """scores = torch.matmul(q, k.transpose(2, 3))
scores.mul_(0.25)
scores = scores.div_(2.0)
if mask is not None:
    scores.add_(mask)""",
    "tests by a function of the file": """scores = torch.einsum("b h i d, b h j d -> b h i j", q, k) * 0.25
fill = lowest(scores)
if exists(mask):
    scores.masked_fill_(mask < 0, fill)""",
    "into empty memory": """n = q.shape[0] * q.shape[1]
q, k, v = (x.reshape(n, -1, 8) for x in (q, k, v))
scores = torch.baddbmm(torch.empty(n, q.shape[1], k.shape[1], dtype=q.dtype), q, k.transpose(-1, -2), beta=0, alpha=0.25)
if mask is not None:
    scores = scores + mask[0]
head_mask = None if head_mask is None else 0.5""",
    "float32 without autocast": FLOAT32,
    "heads joined for the product": """b, h, n, d = q.shape
m = k.size(2)
scores = torch.bmm(q.reshape(-1, n, d), k.transpose(-1, -2).reshape(-1, d, m)) / 3
scores = scores.view(b, h, n, m)
if mask is not None:
    scores = scores.masked_fill(mask < 0, torch.finfo(scores.dtype).min)""",
    "a pair of which one is changed": "left, right = q / 2, k.transpose(2, 3) * 1\nright += 1\nscores = torch.matmul(left, right)",
    "a pair that is exchanged": "k, q = q / 2, k.transpose(2, 3)\nscores = torch.matmul(k, q)",
    "the largest score is taken off": """scores = torch.matmul(q, k.transpose(2, 3)) * 0.25
if mask is not None:
    scores = scores + mask
scores = scores - scores.amax(dim=-1, keepdim=True).detach()""",
    "heads split for the mask": """h, n = q.shape[1], q.shape[0] * q.shape[1]
q, k, v = (x.reshape(n, -1, 8) for x in (q, k, v))
scores = torch.bmm(q, k.transpose(1, 2))
if mask is not None:
    scores = scores.view(-1, 3, 5, 5)
    scores = scores.masked_fill(mask < 0, float("-inf"))
    scores = scores.view(-1, 5, 5)
head_mask = None if head_mask is None else 0.5""",
    "a bias in front of heads that are split for the mask": """head_mask = None if head_mask is None else 0.5
h, n = q.shape[1], q.shape[0] * q.shape[1]
q, k, v = (x.reshape(n, -1, 8) for x in (q, k, v))
scores = given_back(kind=0.5, x=torch.bmm(q, k.transpose(1, 2)))
if self.scale:
    scores += k[:, :, 0].unsqueeze(1)
scores = scores + self.tril[0, :, :5, :5]
if mask is not None:
    scores = scores.view(-1, 3, 5, 5)
    scores = scores.masked_fill(mask < 0, torch.finfo(q.dtype).min)
    scores = scores.view(-1, 5, 5)""",
    "a hook for classes that do more": """scores = self.changed(torch.matmul(q, k.transpose(2, 3)), q.shape)
if mask is not None:
    scores += mask""",
    "the mask is looked at behind the scores": """scores = torch.einsum("bhid,bhjd->bhij", q, k)
expected = (q.size(0), q.size(1), q.size(2), k.size(2))
if scores.size() != expected:
    raise ValueError(f"{expected} but {scores.size()}")

# what older versions gave
if mask is not None and mask.dim() == 0:
    mask = None

if mask is not None:
    scores = scores + mask""",
    "the mask is made behind the scores": """scores = torch.matmul(q, k.transpose(2, 3)) / 4
if mask is not None:
    mask = expand_mask(mask, v.dtype)
if mask is not None:
    scores = scores + mask""",
}
KEPT = {
    "a view sees what is filled": "scores = torch.matmul(q, k.transpose(2, 3))\nflat = scores.view(-1)\nscores.masked_fill_(mask < 0, -1e9)\nv = v + flat.mean()",
    "the unfilled scores are read later": "first = scores = torch.matmul(q, k.transpose(2, 3))\nscores.masked_fill_(mask < 0, torch.finfo(scores.dtype).min)\nv = v + first.mean()",
    "a key is filled in place": "k = k.transpose(2, 3)\nscores = torch.matmul(q.mul_(0.5), k)",
    "the mask is made of the scores": "scores = torch.matmul(q, k.transpose(2, 3))\nif mask is not None:\n    mask = mask * scores.mean()\nif mask is not None:\n    scores = scores + mask",
    "what makes the mask does more": "scores = torch.matmul(q, k.transpose(2, 3))\nif mask is not None:\n    mask = noted(mask)\nif mask is not None:\n    scores = scores + mask",
    "a mask of one axis": "hide = torch.arange(5) > 2\nscores = torch.matmul(q, k.transpose(2, 3)).masked_fill(hide, torch.finfo(q.dtype).min)",
    "a bias of one axis": "scores = torch.matmul(q, k.transpose(2, 3)) + torch.arange(k.size(2))",
    "a bias of no axis": "scores = torch.matmul(q, k.transpose(2, 3)) + torch.zeros(())",
    "the fill leaves some weight": "scores = torch.matmul(q, k.transpose(2, 3)).masked_fill(mask < 0, -10.0)",
    "the fill is positive": "scores = torch.where(mask < 0, torch.tensor(1.0), torch.matmul(q, k.transpose(2, 3)))",
    "the scores have no gradients": "with torch.no_grad():\n    scores = torch.matmul(q, k.transpose(2, 3))",
    "the scores are computed in another context": "with torch.autocast('cpu', enabled=False):\n    scores = torch.matmul(q, k.transpose(2, 3)) / 4",
    "the products are computed in half precision": FLOAT32.replace("torch.cuda.amp.autocast(enabled=False)", "torch.autocast('cuda')"),
    "one of two contexts has no gradients": FLOAT32.replace("autocast(enabled=False)", "autocast(enabled=False), torch.no_grad()"),
    "errors in the products are let go": "import contextlib\n" + FLOAT32.replace("torch.cuda.amp.autocast(enabled=False)", "contextlib.suppress(RuntimeError)"),
    "a joined query is read again": FLOAT32 + "\nv = v + left.mean()",
    "rows become heads": FLOAT32.replace("scores.reshape(b, h, n, m)", "scores.reshape(b, n, h, m)"),
    "gradients are switched off by a call": "torch.set_grad_enabled(False)\nscores = torch.matmul(q, k.transpose(2, 3))\ntorch.set_grad_enabled(True)\nscores = scores / 4",
    "errors in the scores are caught": "try:\n    scores = torch.matmul(q, k.transpose(2, 3))\nexcept RuntimeError:\n    return None",
    "not zeros and ones": "b = mask\nscores = torch.matmul(q, k.transpose(2, 3))\nscores = scores * b + -1e4 * (1 - b)",
}


def program(body):
    tail = TAIL.replace("\nscores = F.softmax(scores, dim=-1)", "") if "F.softmax(" in body else TAIL
    return HEAD + "".join(" " * 8 + line + "\n" for line in (body + tail).splitlines())


def optimized(netwright, folder, text):
    path = folder / "net.py"
    path.write_text(text)
    done = netwright("optimize", "--select", "torch/sdpa", "--write", "--unsafe", "--format", "json", path)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["findings"], path.read_text()


WATCH = """

def watch(module):
    if not isinstance(module, (nn.Linear, nn.Conv2d)):
        raise NotImplementedError
    module.register_forward_pre_hook(lambda module, given: None)
"""
HELPED = program(FORMS["a hook for classes that do more"])
WATCHED = program("scores = self.drop(F.softmax(torch.matmul(q, k.transpose(2, 3)), dim=-1))") + WATCH
SEEN_BY_OTHERS = {
    "a class of the file does more": HELPED + "\n\nclass More(Net):\n    def changed(self, scores, shape):\n        return scores.tanh()\n",
    "another method takes its place": HELPED + "\n\nNet.changed = noted\n",
    "it is given one by name": HELPED + "\n\nsetattr(Net, 'changed', noted)\n",
    "it changes what it gives back": HELPED.replace("return scores\n", "scores.mul_(0.5)\n        return scores\n"),
    "it is decorated": HELPED.replace("    def changed", "    @exists\n    def changed"),
    "an argument does something": HELPED.replace("q.shape)\n", "noted(q.shape))\n"),
    "hooks of any module": WATCHED.replace("(nn.Linear, nn.Conv2d)", "nn.Module"),
    "hooks of this class": WATCHED.replace("nn.Conv2d)", "nn.Dropout)"),
    "hooks of a class by another name": WATCHED.replace("nn.Conv2d)", "Kind)") + "\n\nKind = nn.Dropout\n",
    "hooks of what the test does not see": WATCHED.replace("    module.register", "    module = module.inner\n    module.register"),
    "the test turns nothing away": WATCHED.replace("raise NotImplementedError", "print(module)"),
}


def test_hooks_of_modules_of_other_classes(netwright, tmp_path):
    findings, after = optimized(netwright, tmp_path, WATCHED)
    assert [f["status"] for f in findings] == ["applied"] and "self.drop.p if self.drop.training" in after


@pytest.mark.parametrize("why", SEEN_BY_OTHERS)
def test_what_others_may_see_stays(netwright, tmp_path, why):
    findings, after = optimized(netwright, tmp_path, SEEN_BY_OTHERS[why])
    assert after == SEEN_BY_OTHERS[why] and {f["status"] for f in findings} == {"refused"}


def run(text, given):
    names = {}
    exec(compile(text, "net.py", "exec"), names)
    torch.manual_seed(0)
    q, k, v = (torch.randn(2, 3, 5, 8, requires_grad=True) for _ in range(3))
    mask = torch.zeros(2, 1, 1, 5)
    mask[:, :, :, 3:] = -1e4
    inputs = {"mask": mask, "head_mask": torch.rand(1, 3, 1, 1), "wanted": True}
    out = names["Net"]()(q, k, v, **{name: inputs[name] for name in given})
    out[0].sin().sum().backward()
    return [*out, q.grad, k.grad, v.grad]


@pytest.mark.parametrize("name", FORMS)
def test_is_rewritten(netwright, tmp_path, name):
    before = program(FORMS[name])
    findings, after = optimized(netwright, tmp_path, before)
    assert [f["status"] for f in findings] == ["applied"] and "scaled_dot_product_attention" in after
    for given in itertools.chain.from_iterable(itertools.combinations(["mask", "head_mask", "wanted"], n) for n in range(4)):
        for a, b in zip(run(before, given), run(after, given), strict=True):
            torch.testing.assert_close(a, b, rtol=1e-5, atol=5e-6)


@pytest.mark.parametrize("given", [[], ["mask"], ["mask", "head_mask", "wanted"]])
def test_where_autocast_or_half_precision_is_at_work_the_old_code_runs(netwright, tmp_path, given, monkeypatch):
    before = program(FLOAT32)
    findings, after = optimized(netwright, tmp_path, before)
    assert "not torch.is_autocast_enabled() and q.dtype == torch.float32" in findings[0]["guard"]
    fused = []
    attention = torch.nn.functional.scaled_dot_product_attention
    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", lambda *a, **k: fused.append(1) or attention(*a, **k))
    run(after, given)
    assert bool(fused) == ("wanted" not in given)
    fused.clear()
    torch.set_autocast_enabled("cuda", True)
    try:
        for a, b in zip(run(before, given), run(after, given), strict=True):
            assert torch.equal(a, b) and not fused
    finally:
        torch.set_autocast_enabled("cuda", False)
    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", None)
    for text in (before, after):
        assert run_in(text, torch.bfloat16).dtype == torch.bfloat16


@pytest.mark.parametrize(("sizes", "is_fused"), [("2, 3, 5, 8", True), ("3, 2, 5, 8", False)])
def test_sizes_that_are_not_known_to_be_those_of_the_query_are_asked_for(netwright, tmp_path, sizes, is_fused, monkeypatch):
    before = program(FLOAT32.replace("b, h, n, d = q.size()", f"b, h, n, d = noted(({sizes}))")).replace("torch.matmul(scores, v)", f"torch.matmul(scores, v.view({sizes}))")
    findings, after = optimized(netwright, tmp_path, before)
    assert "q.shape[:3] == (b, h, n)" in findings[0]["guard"]
    fused = []
    attention = torch.nn.functional.scaled_dot_product_attention
    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", lambda *a, **k: fused.append(1) or attention(*a, **k))
    for a, b in zip(run(before, []), run(after, []), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-5, atol=5e-6)
    assert bool(fused) == is_fused


@pytest.mark.parametrize("name", KEPT)
def test_is_left_alone(netwright, tmp_path, name):
    before = program(KEPT[name])
    findings, after = optimized(netwright, tmp_path, before)
    assert after == before and all(f["status"] == "refused" and f["message"] for f in findings)


WHY = {
    "`F.dropout1d(scores)` in line LAST, between the first product and the softmax,": "scores = torch.matmul(q, k.transpose(2, 3))\nscores = F.dropout1d(scores) * 2",
    "in line LAST (a function of this file, line NOTED, which no form looks into), between the first product and the softmax,": "scores = noted(torch.matmul(q, k.transpose(2, 3)))",
    "in line LAST (a function of this file, line SOFT, which no form looks into), which is the softmax or follows it,": "weights = torch.matmul(q, k.transpose(2, 3))\nscores = soft(weights)",
    "`scores[:, :, :, 1:]` in line LAST, between the first product and the softmax,": "scores = torch.matmul(q, k.transpose(2, 3))\nscores = scores[:, :, :, 1:] + mask",
    "is known step by step, but no form of the rule has it in this order: `matmul` in line FIRST, `masked_fill` in line FIRST, `masked_fill` in line LAST, `/` in line LAST, `softmax`": "scores = torch.matmul(q, k.transpose(2, 3)).masked_fill(mask < 0, -1e9)\nscores = scores.masked_fill(head_mask < 0, -1e9) / 2",
}
def line_of(text, words):
    return str(text[:text.index(words)].count("\n") + 1)


@pytest.mark.parametrize("why", WHY)
def test_the_reason_names_what_is_in_the_way(netwright, tmp_path, why):
    text, lines = program(WHY[why]), WHY[why].splitlines()
    if "soft(" in text:
        text = text.replace("def noted", "def soft(weights):\n    return F.softmax(weights, dim=-1)\n\n\ndef noted").replace("        scores = F.softmax(scores, dim=-1)\n", "")
    for name, words in (("LAST", lines[-1]), ("FIRST", lines[0]), ("NOTED", "def noted"), ("SOFT", "def soft")):
        why = why.replace(name, line_of(text, words)) if words in text else why
    findings, _ = optimized(netwright, tmp_path, text)
    assert [f["status"] for f in findings] == ["refused"] and why in findings[0]["message"]


@pytest.mark.parametrize("old,new,why", [
    ("self.scale = True", "self.scale = missing.scale()", "the constructor ends with NameError (name 'missing' is not defined) in line LINE"),
    ("        b = ", "        first = [][0]\n        b = ", "the function ends with IndexError (list index out of range) in line LINE"),
    ("        b = ", "        if self.scale:\n            return q\n        b = ", "a test before it went the other way"),
])
def test_a_function_that_never_ran(netwright, tmp_path, old, new, why):
    text = program(FORMS["zeros and ones"]).replace(old, new, 1)
    findings, after = optimized(netwright, tmp_path, text)
    message = why.replace("LINE", line_of(text, new.strip().split("\n")[0]))
    assert after == text and ["no run of the analysis got here: " in f["message"] and message in f["message"] for f in findings] == [True]


def test_a_scale_that_is_worked_out_where_none_is_given(netwright, tmp_path):
    before = program("scores = torch.matmul(q, k.transpose(2, 3)) * self.factor")
    before = before.replace("def __init__(self):", "def __init__(self, factor=None):").replace("self.scale = True", "self.factor = factor or 1 / math.sqrt(8)")
    findings, after = optimized(netwright, tmp_path, before)
    assert [f["status"] for f in findings] == ["applied"]
    for a, b in zip(run(before, []), run(after, []), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-5, atol=5e-6)


def test_a_root_of_numpy_of_a_number_that_the_constructor_was_given(netwright, tmp_path):
    before = program("scores = torch.matmul(q, k.transpose(2, 3)) / np.sqrt(self.width)")
    before = before.replace("def __init__(self):", "def __init__(self, width=8):").replace("self.scale = True", "self.width = width")
    findings, after = optimized(netwright, tmp_path, before)
    assert [f["status"] for f in findings] == ["applied"] and "scale=1 / np.sqrt(self.width)" in after
    for a, b in zip(run(before, []), run(after, []), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-5, atol=5e-6)


MODULE = HEAD.replace("class Net", "class Attention") + """        scores = q @ k.transpose(2, 3) / 4
        if mask is not None:
            scores = scores + mask
        weights = scores.softmax(-1)
        return weights @ v, weights


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()

    def forward(self, q, k, v, mask=None, head_mask=None, wanted=False):
        out, weights = self.attention(q, k, v, mask)
        return (out, weights) if wanted else (out,)
"""


def test_weights_that_are_returned_beside_the_product(netwright, tmp_path):
    findings, after = optimized(netwright, tmp_path, MODULE)
    assert [f["status"] for f in findings] == ["applied"] and "), None" in after
    for given in ([], ["mask"], ["mask", "wanted"]):
        for a, b in zip(run(MODULE, given), run(after, given), strict=True):
            torch.testing.assert_close(a, b, rtol=1e-5, atol=5e-6)
    before = MODULE.replace("return weights @ v, weights", "return weights, weights @ v").replace("out, weights = self.att", "weights, out = self.att")
    findings, after = optimized(netwright, tmp_path, before)
    assert after == before and [f["status"] for f in findings] == ["refused"]


def run_in(text, dtype, **given):
    names = {}
    exec(compile(text, "net.py", "exec"), names)
    torch.manual_seed(0)
    return names["Net"]()(*(torch.randn(2, 3, 5, 8).to(kind) for kind in (dtype, dtype, given.pop("values", dtype))), **given)[0]


def test_a_boolean_mask_in_double_precision(netwright, tmp_path):
    text = HEAD + "        scores = (q @ k.transpose(2, 3)).masked_fill(mask, torch.finfo(q.dtype).min)\n        return (scores.softmax(-1) @ v,)\n"
    findings, after = optimized(netwright, tmp_path, text)
    mask = torch.arange(5)[None] > 2
    assert [f["status"] for f in findings] == ["applied"]
    torch.testing.assert_close(run_in(text, torch.float64, mask=mask), run_in(after, torch.float64, mask=mask))


def test_queries_that_were_cast_may_have_another_dtype_than_the_values(netwright, tmp_path):
    text = HEAD + "        q, k = q.float(), k.float()\n        scores = q @ k.transpose(2, 3) / 3\n        return (scores.softmax(-1).to(v.dtype) @ v,)\n"
    findings, after = optimized(netwright, tmp_path, text)
    assert [(f["status"], f["guard"]) for f in findings] == [("applied", "q.dtype == v.dtype")]
    for values in (torch.float32, torch.float64):
        torch.testing.assert_close(run_in(text, torch.float32, values=values), run_in(after, torch.float32, values=values), rtol=1e-5, atol=5e-6)


VALUES_FIRST = HEAD + """        b, n, d = q.shape[0] * q.shape[1], q.shape[2], q.shape[3]
        q, k, v = q.reshape(b, n, d), k.reshape(b, n, d).transpose(1, 2), v.reshape(b, n, d).transpose(1, 2)
        w = torch.bmm(q, k) * (int(d) ** (-0.5))
        w = F.softmax(w, dim=2).permute(0, 2, 1)
        return (torch.bmm(v, w),)
"""
ADDED_TO = HEAD + """        out = torch.matmul(torch.softmax(q @ k.transpose(2, 3), dim=-1), v)
        out = out.transpose(1, 2)
        out += q.transpose(1, 2)
        return (out,)
"""


@pytest.mark.parametrize(("how", "copies"), [("view(-1, 3, 8)", 1), ("reshape(-1, 3, 8)", 1), ("transpose(1, 2).reshape(2, 5, 24)", 0), ("permute(2, 0, 1, 3).reshape(5, 2, 24)", 1), ("permute(2, 0, 1, 3).flatten(2)", 1), ("permute(0, 2, 1, 3).contiguous().view(2, 5, 24)", 0), ("transpose(1, 2)", 1)])
def test_a_result_that_is_asked_for_its_layout_gets_the_old_one(netwright, tmp_path, how, copies):
    body = "q, k, v = (x.transpose(1, 2).contiguous().transpose(1, 2) for x in (q, k, v))\n        out = torch.softmax(q @ k.transpose(2, 3), -1) @ v\n        return (out.{},)\n"
    text = HEAD + " " * 8 + body.format(how)
    findings, after = optimized(netwright, tmp_path, text)
    assert [f["status"] for f in findings] == ["applied"]
    assert after.count(".contiguous()") - text.count(".contiguous()") == copies
    before, now = run(text, [])[0], run(after, [])[0]
    torch.testing.assert_close(before, now, rtol=1e-5, atol=5e-6)
    assert before.stride() == now.stride()


LAYOUT_HEAD = """import torch
from torch import nn


class Inner(nn.Module):
    def forward(self, x):
        x = x.transpose(1, 2)
        return torch.softmax(x @ x.transpose(-2, -1), -1) @ x


def attend(x):
    x = x.transpose(1, 2)
    return torch.softmax(x @ x.transpose(-2, -1), -1) @ x, None


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
        self.chain = nn.Sequential(Inner(), nn.ReLU(), nn.Dropout(0.0))
        self.listed = nn.ModuleList([Inner() for _ in range(1)])

    def merge(self, x):
        return x.permute(0, 2, 1, 3).contiguous().view(2, 5, 24)

    def flat(self, x):
        return x.view(6, 40)

    def forward(self, x):
"""
# What a caller does with the result, and how many copies there are of those in Inner and in attend: a caller may be in another file, too.
LAYOUTS = {
    "return self.inner(x).view(2, 15, 8)": [1, 1],
    "return self.chain(x).view(6, 5, 8)": [1, 1],
    "for one in self.listed:\n            y = one(x)\n        return y.view(2, 15, 8)": [1, 1],
    "out, _ = attend(x)\n        return self.merge(out)": [1, 0],
    "out, _ = attend(x)\n        return self.flat(out)": [1, 1],
    "out = attend(x)\n        return out[0].transpose(1, 2).reshape(2, 5, 24)": [1, 0],
    "return attend(x)[0]": [1, 1],
    "return attend(x)[0] @ torch.ones(8, 8)": [1, 0],
}


@pytest.mark.parametrize("body", LAYOUTS)
def test_a_result_is_followed_to_its_callers(netwright, tmp_path, body):
    text = LAYOUT_HEAD + " " * 8 + body + "\n"
    findings, after = optimized(netwright, tmp_path, text)
    assert [f["status"] for f in findings] == ["applied"] * 2
    parts = after.split("class Net")[0].split("def attend")
    assert [part.count(".contiguous()") for part in parts] == LAYOUTS[body]
    before, now = (made(source)(torch.linspace(-1, 1, 240).view(2, 5, 3, 8)) for source in (text, after))
    torch.testing.assert_close(before, now, rtol=1e-5, atol=5e-6)
    assert before.stride() == now.stride()


OWN_HEAD = """import torch
from torch import nn


class Other(nn.Module):
    def head(self, x):
        return x.contiguous()


class Product(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.eye(8))

    def forward(self, x):
        return x @ self.weight


class Attention(nn.Module):
    def __init__(self, head):
        super().__init__()
        self.head = self.linear = head

    def forward(self, x):
        x = x.transpose(1, 2)
        out = torch.softmax(x @ x.transpose(-2, -1), -1) @ x
        ROOT


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.Sequential(MADE)

    def forward(self, x):
        return tuple(part(x) for part in self.parts)
"""
# How the modules are made, what is done with the result, and how often it is copied.
OWN = {
    "a method of another class": ("Attention(nn.Identity())", "return self.head(out).view(2, 15, 8)", 1),
    "one module lays it out anew and another one does not": ("Attention(Product()), Attention(nn.Identity())", "return self.head(out).view(2, 15, 8)", 1),
    "a name is no layer": ("Attention(nn.Identity())", "return self.linear(out).view(2, 15, 8)", 1),
}
WRITTEN = [
    "self.kept = torch.softmax(q @ k.transpose(2, 3), dim=-1) @ v\n        self.kept += 1\n        out = self.kept",
    "out = torch.softmax(q @ k.transpose(2, 3), dim=-1) @ v\n        out = F.relu(out, True)",
    "out = torch.softmax(q @ k.transpose(2, 3), dim=-1) @ v\n        torch.relu_(out)",
    "from torch import relu_\n        out = torch.softmax(q @ k.transpose(2, 3), dim=-1) @ v\n        relu_(out)",
    "out = torch.softmax(q @ k.transpose(2, 3), dim=-1) @ v\n\n        def add():\n            out.add_(1)\n        add()",
    "out = torch.softmax(q @ k.transpose(2, 3), dim=-1) @ v\n        for row in out:\n            row += 1",
]


@pytest.mark.parametrize("body", WRITTEN)
def test_a_result_that_may_be_written_is_not_kept_for_gradients(netwright, tmp_path, body):
    findings, after = optimized(netwright, tmp_path, HEAD + " " * 8 + body + "\n        return (out.transpose(1, 2).reshape(2, 5, 24),)\n")
    assert [(f["status"], f["guard"]) for f in findings] == [("applied", "not torch.is_grad_enabled()")]


@pytest.mark.parametrize("name", OWN)
def test_what_self_holds_is_told_by_what_it_was_given(netwright, tmp_path, name):
    parts, returned, copies = OWN[name]
    text = OWN_HEAD.replace("MADE", parts).replace("ROOT", returned)
    findings, after = optimized(netwright, tmp_path, text)
    assert [f["status"] for f in findings] == ["applied"]
    assert after.count(".contiguous()") - text.count(".contiguous()") == copies
    for before, now in zip(*(made(source)(torch.linspace(-1, 1, 240).view(2, 5, 3, 8)) for source in (text, after))):
        torch.testing.assert_close(before, now, rtol=1e-5, atol=5e-6)
        assert before.stride() == now.stride()


def made_function(text, name):
    names = {}
    exec(compile(text, "net.py", "exec"), names)
    torch.manual_seed(0)
    return names[name]


def made(text):
    return made_function(text, "Net")()


VECTORS = """import torch
from torch import nn


class Net(nn.Module):
    def forward(self, q, k, v):
        return torch.softmax({scores}, dim=-1) @ v
"""


def test_axes_that_one_caller_shows(netwright, tmp_path):
    text = VECTORS.replace("class Net", "def attend(q, k, v):\n    return torch.softmax(q @ k.transpose(-2, -1), dim=-1) @ v\n\n\nclass Net").format(scores="").replace(
        "torch.softmax(, dim=-1) @ v", "attend(q, q, q)")
    findings, after = optimized(netwright, tmp_path, text)
    assert [(f["status"], f.get("guard")) for f in findings] == [("applied", None)]
    given = (torch.randn(2, 5, 8),) * 3
    torch.testing.assert_close(made(text)(*given), made(after)(*given), rtol=1e-5, atol=5e-6)


def test_axes_that_one_of_two_callers_shows(netwright, tmp_path):
    text = VECTORS.replace("class Net", "def attend(q, k, v):\n    return torch.softmax(q @ k.transpose(-2, -1), dim=-1) @ v\n\n\ndef first(q, k, v):\n    return attend(q, k, v)\n\n\nclass Net").format(
        scores="").replace("torch.softmax(, dim=-1) @ v", "attend(q, q, q)")
    findings, after = optimized(netwright, tmp_path, text)
    assert [(f["status"], f.get("guard")) for f in findings] == [("applied", "q.dim() > 1")]
    given = (torch.randn(8), torch.randn(7, 8), torch.randn(7, 8))
    torch.testing.assert_close(made_function(text, "first")(*given), made_function(after, "first")(*given), rtol=1e-5, atol=5e-6)


@pytest.mark.parametrize(("scores", "step"), [("s - s.max(dim=-1, keepdim=True)[0]", True), ("s - s.max(dim=-2, keepdim=True)[0]", False), ("s + 1.5", False)])
def test_what_is_taken_off_or_added_is_the_same_for_every_key(netwright, tmp_path, scores, step):
    text = VECTORS.format(scores="q.transpose(-2, -1)").replace("        return", "        s = q @ k.transpose(-2, -1)\n        s = " + scores + "\n        return", 1).replace("torch.softmax(q.transpose(-2, -1)", "torch.softmax(s")
    findings, after = optimized(netwright, tmp_path, text)
    assert [f["status"] for f in findings] == ["applied" if step else "refused"]
    given = (torch.randn(2, 3, 5, 8),) * 3
    torch.testing.assert_close(made(text)(*given), made(after)(*given), rtol=1e-5, atol=5e-6)


@pytest.mark.parametrize(("scores", "guard", "shapes"), [
    ("q @ k.transpose(-2, -1)", "q.dim() > 1", [((8,), (7, 8)), ((5, 8), (7, 8))]),
    ("k @ q", "q.dim() > 1 and k.dim() > 1", [((8,), (7, 8)), ((8, 7), (7, 8))]),
    ('torch.einsum("bhid,bhjd->bhij", q, k)', None, [((2, 3, 5, 8), (2, 3, 7, 8))]),
])
def test_vectors_are_no_operands(netwright, tmp_path, scores, guard, shapes):
    text = VECTORS.format(scores=scores)
    findings, after = optimized(netwright, tmp_path, text)
    assert [(f["status"], f.get("guard")) for f in findings] == [("applied", guard)]
    for q, k in shapes:
        given = torch.randn(q), torch.randn(k), torch.randn(k)
        torch.testing.assert_close(made(text)(*given), made(after)(*given), rtol=1e-5, atol=5e-6)


@pytest.mark.parametrize(("text", "guard"), [(VALUES_FIRST, None), (ADDED_TO, "not torch.is_grad_enabled()")])
def test_both_sides_of_the_result(netwright, tmp_path, text, guard):
    findings, after = optimized(netwright, tmp_path, text)
    assert [(f["status"], f.get("guard")) for f in findings] == [("applied", guard)]
    for a, b in zip(run(text, []), run(after, []), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-5, atol=5e-6)


SEEN_AGAIN = HEAD + """        b, h, n, d = q.shape
        alibi = torch.linspace(-1, 1, n)
        if mask is None:
            output = F.scaled_dot_product_attention(q, k, v)
        else:
            u = v.reshape(AS)
            product = q @ k.transpose(-1, -2)
            scores = product.view(SHAPE)
            # half precision is raised
            kind = scores.dtype
            if kind == torch.float16 or kind == torch.bfloat16:
                scores = scores.to(torch.float32)
            scores = scores + alibi.view(1, 1, 1, -1)
            scores *= 0.5
            weights = F.softmax(scores + mask[:1], dim=-1, dtype=q.dtype)
            again = weights.view(SHAPE)
            out = (again @ u).flatten(0, 1)
            output = out.reshape(b, h, n, d)
        return (output,)
"""


@pytest.mark.parametrize("shape", ["b, h, n, n", "h, b, n, n"])
def test_views_that_change_nothing(netwright, tmp_path, shape):
    """Where the shape is another one, the test says so and the old code runs."""
    text = SEEN_AGAIN.replace("SHAPE", shape).replace("AS", shape.replace("n, n", "n, d"))
    findings, after = optimized(netwright, tmp_path, text)
    assert [f["status"] for f in findings if f["status"] != "refused"] == ["applied"] and "kind = q.dtype" in after
    for given in ([], ["mask"]):
        for a, b in zip(run(text, given), run(after, given), strict=True):
            torch.testing.assert_close(a, b, rtol=1e-5, atol=5e-6)


def test_the_kept_code_of_a_rewrite_is_told_by_its_name(netwright, tmp_path):
    text = SEEN_AGAIN.replace("SHAPE", "b, h, n, n").replace("AS", "b, h, n, d").replace("out = (again @ u).flatten(0, 1)\n            output = out.", "output = (again @ u).")
    findings, after = optimized(netwright, tmp_path, text)
    assert after == text and [f["status"] for f in findings] == ["refused"]


UNPACKED = HEAD + '''class Net(nn.Module):
    def forward(self, x, flag=False):
        {before}
        return torch.softmax(x, 2)
'''


@pytest.mark.parametrize("before,status", [("b, t, c = x.shape", "applicable"), ("b, *rest = x.shape", "refused"), ("if flag: b, t, c = x.shape", "refused")])
def test_sizes_that_are_unpacked_tell_the_rank(optimize, before, status):
    findings, _ = optimize(UNPACKED.format(before=before), "adopter/softmax", "--unsafe", "--assume-installed")
    assert [f["status"].replace("applied", "applicable") for f in findings] == [status]


FILLED = """import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, fill):
        super().__init__()
        self.fill = fill

    def forward(self, q, k, v):
        hide = torch.triu(torch.ones(5, 5, dtype=torch.bool), 1)
        scores = (q @ k.transpose(2, 3)).masked_fill(hide, self.fill)
        return scores.softmax(-1) @ v
"""


@pytest.mark.parametrize("fill", [-1.0, -1e9])
def test_a_fill_that_is_not_known_is_asked(netwright, tmp_path, fill):
    findings, after = optimized(netwright, tmp_path, FILLED)
    assert [(f["status"], f.get("guard")) for f in findings] == [("applied", "self.fill <= -10000")]
    given = [torch.randn(2, 3, 5, 8) for _ in range(3)]
    old, new = (made(one.replace("fill):", f"fill={fill}):"))(*given) for one in (FILLED, after))
    torch.testing.assert_close(old, new, rtol=1e-5, atol=5e-6)
