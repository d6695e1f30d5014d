"""The paper's own rules: found as they are written, never rewritten."""

import json

import pytest

HEAD = "import torch\nfrom torch import nn\nfrom torch.nn import functional as F\nfrom transformers.activations import ACT2FN\n\n\n"


def net(init, body, more=""):
    lines = ["class Net(nn.Module):", "    def __init__(self, config, width):", "        super().__init__()"]
    lines += [*(" " * 8 + line for line in init.splitlines()), "", "    def forward(self, x, y):"]
    lines += [" " * 8 + line for line in body.splitlines()]
    return HEAD + "\n".join(lines) + "\n" + more


DROPOUT = "self.dropout = nn.Dropout(0.1)\nself.norm = nn.LayerNorm(width, eps=1e-5)"
CONV = "self.conv = nn.Conv2d(3, width, 3, padding=1)\nself.norm = nn.BatchNorm2d(width)"
GELU = "self.dense = nn.Linear(width, 4)\nself.act = ACT2FN[config.hidden_act]"
QKV = "".join(f"self.{name} = nn.Linear(width, width, bias=False)\n" for name in "qkv") + "self.heads = width\n"
SPLIT = "q = self.q(x)\nk = self.k(x)\nv = self.v(x)\n"
SPLIT += "".join(f"{n} = self._split_heads({n}, self.heads, 8)\n" for n in "qkv") + "return q, k, v"
METHOD = "\n    def _split_heads(self, t, heads, size):\n        return t.view(t.shape[0], -1, heads, size)\n"
BERT = ("\n\nclass BertSelfAttention(nn.Module):\n    def __init__(self, config):\n        super().__init__()\n\n"
        "    def forward(self, *given):\n        return given\n")

FOUND = {
    "softmax, its dtype is not mentioned": ("softmax", "", "return F.softmax(x, dim=-1, dtype=torch.float32)", ""),
    "dropout, the sum is used again": ("dropout-add-layernorm", DROPOUT, "h = self.dropout(x)\nh = y + h\nreturn self.norm(h) + h", ""),
    "dropout, nested": ("dropout-add-layernorm", DROPOUT, "return self.norm(self.dropout(x) + y)", ""),
    "conv, its padding is not mentioned": ("conv-batchnorm", CONV, "x = self.conv(x)\nx = self.norm(x)\nreturn x", ""),
    "activation by its text": ("linear-gelu", GELU, "x = self.dense(x)\nx = self.act(x)\nreturn x", ""),
    "projections and heads": ("qkv", QKV, SPLIT, METHOD),
    "a class by its name": ("bert-self-attention", "self.self = BertSelfAttention(config)",
                            "return self.self(x, y, None, None, None, None, False)", BERT),
}
NOT_FOUND = {
    "softmax over another axis": ("softmax", "", "return F.softmax(x, dim=1)", ""),
    "softmax by another name": ("softmax", "", "return torch.softmax(x, dim=-1)", ""),
    "no sum": ("dropout-add-layernorm", DROPOUT, "return self.norm(self.dropout(x))", ""),
    "sizes that do not agree": ("conv-batchnorm", CONV.replace("BatchNorm2d(", "BatchNorm2d(2 * "), "return self.norm(self.conv(x))", ""),
    "another activation": ("linear-gelu", GELU.replace("hidden_act", "other_act"), "x = self.dense(x)\nx = self.act(x)\nreturn x", ""),
    "with bias": ("qkv", QKV.replace("bias=False", "bias=True"), SPLIT, METHOD),
    "heads by another method": ("qkv", QKV, SPLIT.replace("_split_heads", "_split"), METHOD.replace("_split_heads", "_split")),
}


def run(netwright, path, case):
    rule, init, body, more = case
    text = net(init or "pass", body, more)
    path.write_text(text)
    options = "--unsafe", "--write", "--assume-installed", "--format", "json"
    done = netwright("optimize", "--select", f"adopter-legacy/{rule}", *options, path)
    assert done.returncode == 0, done.stderr
    assert path.read_text() == text
    return json.loads(done.stdout)["findings"]


@pytest.mark.parametrize("what", FOUND)
def test_found(netwright, tmp_path, what):
    findings = run(netwright, tmp_path / "net.py", FOUND[what])
    assert [(f["rule"], f["status"], f["reason"]) for f in findings] == [(f"adopter-legacy/{FOUND[what][0]}", "refused", "NW0419")]


@pytest.mark.parametrize("what", NOT_FOUND)
def test_not_found(netwright, tmp_path, what):
    assert run(netwright, tmp_path / "net.py", NOT_FOUND[what]) == []
