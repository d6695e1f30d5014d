"""Weights that are returned through several modules or by a function: a rewrite says who reads them. In-place operations that only their own
function can see."""

import json

import pytest
import torch

ATTENTION = """import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)

    def forward(self, x):
        q, k = (part(x).view(2, 5, 2, 4).transpose(1, 2) for part in (self.query, self.key))
        weights = torch.softmax(q @ k.transpose(-2, -1) * 0.5, dim=-1)
        out = (weights @ k).transpose(1, 2).reshape(2, 5, 8)
        return out, weights
"""
LAYER = """

class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()

    def forward(self, x):
        {body}
"""
ITEMS = """outputs = self.attention(x)
        weights = outputs[1]
        outputs = (x + outputs[0], weights)
        return outputs"""
PAIR = """out, weights = self.attention(x)
        return x + out, weights"""
STACK = """

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = {made}

    def forward(self, x, wanted=False):
        found = ()
        for {loop}:
            outputs = layer(x)
            x = outputs[0]
            if wanted:
                found = found + (outputs[1],)
        return x, found
"""
LIST, SEQUENCE = "nn.ModuleList([Layer() for _ in range(3)])", "nn.Sequential(*[Layer() for _ in range(2)])"


def stack(body=ITEMS, made=LIST, loop="layer in self.layers"):
    return ATTENTION + LAYER.replace("{body}", body) + STACK.replace("{made}", made).replace("{loop}", loop)


@pytest.fixture
def optimize(netwright, tmp_path):
    def run(text):
        path = tmp_path / "net.py"
        path.write_text(text)
        done = netwright("optimize", "--select", "torch/sdpa", "--write", "--unsafe", "--format", "json", path)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["findings"], path.read_text()

    return run


def check_same(before, after):
    results = []
    for text in (before, after):
        names = {}
        exec(compile(text, "net.py", "exec"), names)
        torch.manual_seed(1)
        net = names["Net"]().eval()
        x = torch.randn(2, 5, 8)
        results.append([t for wanted in (False, True) for out, found in [net(x, wanted)] for t in (out, *found)])
    for a, b in zip(*results, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-5, atol=1e-6)


REST = """outputs = self.attention(x)
        outputs = (x + outputs[0],) + outputs[1:]
        return outputs"""
PLACES = """

class Last(nn.Module):
    def forward(self, x):
        return (x * 2, x)


class Wide(nn.Module):
    def forward(self, x, **others):
        return (x * 3, x)


class Net(nn.Module):
    def __init__(self, deep=True):
        super().__init__()
        self.deep = deep
        self.layers = nn.ModuleList()
        self.layers.append(Layer())
        if deep:
            self.layers.append(Layer())
        self.layers.append(Last())

    def forward(self, x, wanted=False):
        found = ()
        x, first = self.layers[0](x)
        if self.deep:
            x, second = self.layers[1](x=x)
        x = self.layers[-1](x)[0]
        if wanted:
            found = (first,)
        return x, found
"""


def places(layer=REST, old="", new=""):
    return ATTENTION + LAYER.replace("{body}", layer) + PLACES.replace(old, new)


@pytest.mark.parametrize("layer", [REST, REST.replace("outputs = (x", "return (x").replace("\n        return outputs", "")])
def test_items_that_are_handed_on_behind_others(optimize, layer):
    findings, after = optimize(places(layer))
    assert [(f["status"], f["guard"]) for f in findings] == [("applied", "not need_weights")]
    assert "self.layers[0](x, need_weights=wanted)" in after and "self.layers[1](x=x, need_weights=False)" not in after.replace("class Last", "")
    check_same(places(layer), after)


def test_a_place_in_a_list_that_takes_no_such_argument(optimize):
    """At the second place stands a Layer, or a Last, which takes no argument of that name."""
    text = places().replace("class Layer(nn.Module):", "class Layer(nn.Module):\n    scale = 1.0\n").replace("def forward(self, x):\n        outputs", "def forward(self, x, by=1.0):\n        x = x * by\n        outputs").replace("[1](x=x)", "[1](x, by=2.0)")
    findings, after = optimize(text)
    assert "self.layers[1](x, by=2.0, need_weights=False)" in after and "self.layers[0](x, need_weights=wanted)" in after
    check_same(text, after)
    other = text.replace("self.layers.append(Last())", "self.layers.append(Wide())")
    assert "self.layers[1](x, by=2.0)\n" in optimize(other)[1]


@pytest.mark.parametrize("text", [stack(), stack(PAIR, SEQUENCE, "_, layer in enumerate(self.layers)"), stack(made="nn.ModuleList([Layer(), Layer()])")])
def test_weights_that_two_modules_return(optimize, text):
    findings, after = optimize(text)
    assert [(f["status"], f["guard"]) for f in findings] == [("applied", "not need_weights")]
    assert "layer(x, need_weights=wanted)" in after and "self.attention(x, need_weights=need_weights)" in after and after.count("need_weights=True):") == 2
    check_same(text, after)


KEPT = {
    "the outer module always reads them": stack().replace("            if wanted:\n                found", "            found"),
    "an item is read that may be the weights": stack().replace("found + (outputs[1],)", "found + (outputs[1],)\n            x = x + outputs[int(wanted)].sum()"),
    "the list holds something else, too": stack(made="nn.ModuleList([Layer(), nn.Identity()])"),
    "the list is changed": stack().replace("found = ()", "found = ()\n        self.layers[0] = nn.Identity()"),
    "the list is given away": stack().replace("found = ()", "found = ()\n        change(self.layers)"),
    "the list grows": stack().replace("found = ()", "found = ()\n        self.layers.append(nn.Identity())"),
    "a function gives the layer another module": stack() + "\n\ndef change(net):\n    net.attention = nn.Identity()\n",
    "the list grows in a function": stack() + "\n\ndef change(net):\n    net.layers.append(nn.Identity())\n",
    "a class with another list derives from it": stack() + "\n\nclass Other(Net):\n    def __init__(self):\n        super().__init__()\n        self.layers = nn.ModuleList([nn.Identity()])\n",
    "the layer between uses them": stack(PAIR.replace("x + out, weights", "x + out * weights.mean(), weights")),
    "it is an item of a tuple that is read": stack(ITEMS.replace("return outputs", "x = outputs[1]\n        return outputs")),
    "the rest may be read by another": stack(REST.replace("        return", "        x = outputs[1]\n        return")),
    "the rest is taken from the end": stack(REST.replace("[1:]", "[-1:]")),
    "every other one is handed on": stack(REST.replace("[1:]", "[1::2]")),
    "the rest stands in front": stack(REST.replace("(x + outputs[0],) + outputs[1:]", "outputs[1:] + (x + outputs[0],)")),
    "the list is filled in a loop": places(old="        if deep:\n", new="        for _ in range(1):\n").replace("[0](x)", "[1](x)").replace("x, second = self.layers[1](x=x)", "pass"),
    "a place is given another layer": places(old="found = ()", new="found = ()\n        self.layers[0] = Last()").replace("x, second = self.layers[1](x=x)", "pass"),
    "the list is filled elsewhere": places() + "\n\ndef change(net):\n    net.layers.insert(0, Last())\n",
    "a class derives from the layer": stack() + "\n\nclass Other(Layer):\n    def forward(self, x):\n        return x, x\n",
}


@pytest.mark.parametrize("why", KEPT)
def test_modules_that_are_not_told(optimize, why):
    findings, after = optimize(KEPT[why])
    assert [f["status"] for f in findings] == ["refused"] and after == KEPT[why]


FUNCTION = """import numpy as np
import torch
from torch import nn


def attend(q, k, v, mask, bias=None):
    scores = q @ k.permute(0, 1, 3, 2) / np.sqrt(k.shape[-1])
    if mask is not None:
        length, size = scores.size(-2), scores.size(-1)
        scores += mask[size - length : size, :size] * -1e4
    if bias is not None:
        scores = scores + bias
    weights = torch.softmax(scores, dim=-1)
    out = weights @ v
    return out, weights


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Linear(4, 4)

    def forward(self, x, wanted=False):
        x = x.view(2, 5, 2, 4).transpose(1, 2)
        outputs = attend(self.query(x), x, x, torch.triu(torch.ones(6, 6), 1))
        out = outputs[0]
        weights = outputs[1]
        outputs = (out,)
        return outputs + ((weights,) if wanted else ((),))
"""


def test_weights_that_a_function_returns(optimize):
    findings, after = optimize(FUNCTION)
    assert [(f["status"], f["guard"]) for f in findings] == [("applied", "not need_weights")]
    assert "bias=None, need_weights=True):" in after and "torch.ones(6, 6), 1), need_weights=wanted)" in after
    check_same(FUNCTION, after)


FUNCTIONS_KEPT = {
    "the function is given away": FUNCTION + "\n\ndef table():\n    return {'plain': attend}\n",
    "a decorator": FUNCTION.replace("def attend(", "@torch.jit.script\ndef attend("),
    "it is bound twice": FUNCTION + "\n\ndef attend(q, k, v, mask, bias=None):\n    return q, k\n",
    "another call reads all of it": FUNCTION + "\n\ndef twice(q):\n    return attend(q, q, q, None)\n",
}


@pytest.mark.parametrize("why", FUNCTIONS_KEPT)
def test_functions_that_are_not_told(optimize, why):
    findings, after = optimize(FUNCTIONS_KEPT[why])
    assert "applied" not in [f["status"] for f in findings] and after == FUNCTIONS_KEPT[why]


BIAS = """import torch
from torch import nn


def shift(bias, size):
    length = bias.shape[2]
    bias = torch.reshape(bias, [2, 2, length, -1])
    bias = bias[..., :size]
    return bias


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads, self.table = nn.Parameter(torch.randn(2, 4)), nn.Parameter(torch.randn(9, 2, 4))
        self.kept = torch.zeros(2, 2, 5, 5)

    def bias(self, q, size, mask=None):
        found = torch.einsum("binh,tnh->bnit", q + self.heads, self.table)
        found = shift(found, size)
        if mask is not None:
            found *= mask
        return found

    def forward(self, x, wanted=False):
        q = x.view(2, 5, 2, 4)
        scores = torch.einsum("bind,bjnd->bnij", q * 0.5, q)
        bias = self.bias(q, 5, torch.ones(5, 1) * 0.25)
        weights = torch.softmax(scores + bias, dim=-1)
        out = torch.einsum("bnij,bjnd->bind", weights, q)
        return out, (weights,) if wanted else ()
"""
EINSUM = 'torch.einsum("binh,tnh->bnit", q + self.heads, self.table)'
SEEN = {
    "memory of the module": BIAS.replace(EINSUM, "self.kept"),
    "a view of the query": BIAS.replace(EINSUM, "q.permute(0, 2, 1, 3)"),
    "a view of the query, by the function": BIAS.replace(EINSUM, "shift(q.permute(0, 2, 1, 3), size)"),
    "one of two": BIAS.replace("found = shift(found, size)", "found = shift(found, size)\n        if size < 3:\n            found = self.kept"),
    "an operand that may be returned as it is": BIAS.replace(EINSUM, "torch.relu_(q.permute(0, 2, 1, 3))"),
}


def test_what_is_written_in_place_inside_a_method_alone(optimize):
    findings, after = optimize(BIAS)
    assert [f["status"] for f in findings] == ["applied"]
    check_same(BIAS, after)


@pytest.mark.parametrize("why", SEEN)
def test_memory_that_others_see(optimize, why):
    findings, after = optimize(SEEN[why])
    assert [f["status"] for f in findings] == ["refused"] and after == SEEN[why]
