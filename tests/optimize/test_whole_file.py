"""What the rest of a file says about a site: who else writes what the site reads, and what a rewrite makes of its neighbours."""

import pytest
from optimize_programs import DROPOUT, HEAD, module

METHODS = "\n    def set_axis(self, axis):\n        self.axis = axis\n"


@pytest.mark.parametrize("more", [
    METHODS,
    "\n\ndef make(width):\n    net = Net(width)\n    net.axis = 1\n    return net\n",
    "\n\ndef make(width):\n    net = Net(width)\n    setattr(net, 'axis', 1)\n    return net\n",
])
def test_an_attribute_that_is_written_later_is_not_known(optimize, more):
    program = module("return F.softmax(x, dim=self.axis)", "self.axis = -1")
    assert optimize(program, "adopter/softmax")[1] != program
    program += more
    findings, text = optimize(program, "adopter/softmax", "--unsafe")
    assert text == program and [f["status"] for f in findings] == ["refused"]


def test_a_global_that_a_function_writes_is_not_known(optimize):
    program = module("return F.softmax(x, dim=LAST)").replace("class Net", "LAST = -1\n\n\nclass Net")
    assert optimize(program, "adopter/softmax")[1] != program
    program += "\n\ndef configure(axis):\n    global LAST\n    LAST = axis\n"
    assert optimize(program, "adopter/softmax")[1] == program


@pytest.mark.parametrize("store", ["net.act = nn.Sigmoid()", "setattr(net, 'act', nn.Sigmoid())", "net.add_module('act', nn.Sigmoid())"])
def test_a_module_that_is_replaced_is_still_called(optimize, store):
    program = module("return self.act(x)", "self.act = nn.Softmax(dim=-1)")
    assert optimize(program, "adopter/softmax")[1] != program
    program += f"\n\ndef make(width):\n    net = Net(width)\n    {store}\n    return net\n"
    findings, text = optimize(program, "adopter/softmax", "--unsafe")
    assert text == program and [f["reason"] for f in findings] == ["NW0416"]


def test_both_modes_are_read(optimize):
    body = "if self.training:\n    return F.softmax(x, dim=-1)\nelse:\n    return torch.softmax(y, dim=-1)"
    findings, _ = optimize(module(body), "adopter/softmax")
    assert [f["status"] for f in findings] == ["applied", "applied"]
    assert optimize(module("return F.softmax(x, dim=-1 if self.training else 1)"), "adopter/softmax")[1].endswith("self.training else 1)\n")


@pytest.mark.parametrize("before,after", [
    ("import torch.nn.functional as f\nreturn f.softmax(x, dim=-1)", "return softmax(x)\n"),
    ("f = x.softmax\nreturn f(-1)", "return f(-1)\n"),
    ("a, b = map(torch.nn.Softmax(-1), (x, y))\nreturn a + b", "(-1), (x, y))\n        return a + b\n"),
])
def test_the_arguments_are_those_that_the_call_writes(optimize, before, after):
    assert optimize(module(before), "adopter/softmax")[1].endswith(after)


def test_the_first_parameter_of_a_static_method_is_a_value(optimize):
    program = module("return self.weights(x)") + "\n    @staticmethod\n    def weights(scores):\n        return scores.softmax(-1)\n"
    assert optimize(program, "adopter/softmax")[1].endswith("return softmax(scores)\n")


NESTED = "self.drop1 = nn.Dropout(rate)\nself.norm1 = nn.LayerNorm(width)\nself.drop2 = nn.Dropout(rate)\nself.norm2 = nn.LayerNorm(width)"


@pytest.mark.parametrize("rule,init,before,after", [
    ("adopter/softmax", "pass", "return F.softmax(F.softmax(x, dim=-1), dim=-1)", "return softmax(softmax(x))\n"),
    ("adopter/dropout-add-layernorm", NESTED, "return self.norm2(self.drop2(self.norm1(self.drop1(x) + y)) + y)",
     "return self.dropout_add_layernorm_2(self.dropout_add_layernorm(x, y), y)\n"),
])
def test_rewrites_inside_each_other_are_made_in_one_run(optimize, rule, init, before, after):
    findings, text = optimize(module(before, init), rule, "--unsafe")
    assert [f["status"] for f in findings] == ["applied", "applied"]
    assert text.endswith(after)
    ranges = sorted({(e["start"], e["end"], e["text"]) for f in findings for e in f["edits"]})
    program, at, pieces = module(before, init), 0, []
    for start, end, new in ranges:
        assert start >= at
        pieces += [program[at:start], new]
        at = end
    assert "".join(pieces) + program[at:] == text


def test_names_of_comprehensions_are_not_self(optimize):
    inner = module("return self.norm(self.drop(x) + y)", DROPOUT).replace("Net", "Inner")
    outer = module("return [b.norm for b in self.blocks]", "self.blocks = nn.ModuleList([Inner(width)])")[len(HEAD):]
    findings, text = optimize(inner + "\n\n" + outer, "adopter/dropout-add-layernorm", "--unsafe")
    assert text == inner + "\n\n" + outer and [f["status"] for f in findings] == ["refused"]


LOOKS = "\n    def visit(self):\n        for m in self.modules():\n            if {}:\n                {}\n"


@pytest.mark.parametrize("test,does,applied", [
    ("isinstance(m, nn.Dropout)", "m.p = 0.5", False),
    ("isinstance(m, (nn.Linear, nn.LayerNorm))", "m.eval()", False),
    ("type(m) is nn.LayerNorm", "m.eps = 0.1", False),
    ("m.__class__.__name__ == 'Dropout'", "self.seen.append(m)", False),
    ("isinstance(m, nn.LayerNorm)", "nn.init.ones_(m.weight)", True),
    ("isinstance(m, nn.Linear)", "m.eval()", True),
])
def test_classes_that_are_looked_for(optimize, test, does, applied):
    program = module("return self.norm(self.drop(x) + y)", DROPOUT) + LOOKS.format(test, does)
    findings, text = optimize(program, "adopter/dropout-add-layernorm", "--unsafe")
    assert [f["status"] for f in findings] == ["applied" if applied else "refused"]


EXCHANGE = "\n\ndef change(net):\n    for name, m in net.named_children():\n        if isinstance(m, nn.LayerNorm):\n            {}\n    return net\n"


@pytest.mark.parametrize("does,applied", [
    ("setattr(net, name, nn.Identity())", False),
    ("net.norm = nn.Identity()", False),
    ("net._modules['norm'] = None", False),
    ("net.keep.append(name)", False),
    ("print(name)", False),
    ("m.weight.data = torch.ones(4)", True),
    ("m.weight.data[:2] = 0", True),
])
def test_what_is_put_in_the_place_of_a_module(optimize, does, applied):
    program = module("return self.norm(self.drop(x) + y)", DROPOUT) + EXCHANGE.format(does)
    findings, text = optimize(program, "adopter/dropout-add-layernorm", "--unsafe")
    assert [f["status"] for f in findings] == ["applied" if applied else "refused"]


@pytest.mark.parametrize("does,applied", [
    ("nn.init.zeros_(m.bias)", False),
    ("nn.init.zeros_(m.bias) if m.bias is not None else None", False),
    ("if m.bias is not None:\n                    nn.init.zeros_(m.bias)", True),
])
def test_a_bias_that_code_takes_for_granted(optimize, does, applied):
    program = module("return F.gelu(self.fc(x))", "self.fc = nn.Linear(width, width)") + LOOKS.format("isinstance(m, nn.Linear)", does)
    findings, text = optimize(program, "adopter/linear-gelu", "--unsafe")
    assert [f["status"] for f in findings] == ["applied" if applied else "refused"]


def test_a_weight_of_one_number_is_none_for_each_column(optimize):
    body = "c = x - x.mean(-1, keepdim=True)\nreturn c * torch.rsqrt((c * c).mean(-1, keepdim=True) + 1e-5) * self.w"
    assert "layer_norm" in optimize(module(body, "self.w = nn.Parameter(torch.ones(8))"), "torch/layer-norm", "--unsafe")[1]
    program = module(body, "self.w = nn.Parameter(torch.ones(1))")
    assert "self.w, None" not in optimize(program, "torch/layer-norm", "--unsafe")[1]


@pytest.mark.parametrize("before,after", [
    ("x = x + 1\nreturn [F.softmax(x, dim=-1) for x in y]", "return [softmax(x) for x in y]\n"),
    ("return sum(torch.softmax(softmax, dim=-1) for softmax in y)", "return sum(softmax_2(softmax) for softmax in y)\n"),
    ("return [F.softmax(x, dim=d) for d in (-1, 1)]", "for d in (-1, 1)]\n"),
])
def test_expressions_in_comprehensions(optimize, before, after):
    assert optimize(module(before), "adopter/softmax")[1].endswith(after)


def test_a_name_of_a_comprehension_is_not_the_one_around_it(optimize):
    program = module("x = torch.sigmoid(y)\nh = x + 1\nreturn [y * x for y in h]")
    assert optimize(program, "torch/silu")[1] == program


@pytest.mark.parametrize("folder,path", [("", "pkg/sub/net.py"), ("pkg", "sub/net.py"), ("pkg/sub", "net.py"), ("pkg/sub", "./net.py")])
def test_a_package_is_read_from_within(netwright, tmp_path, folder, path):
    (tmp_path / "pkg/sub").mkdir(parents=True)
    for name in ("pkg/__init__.py", "pkg/sub/__init__.py"):
        (tmp_path / name).write_text("")
    (tmp_path / "pkg/numbers.py").write_text("ROOT = 1.4142135623730951\n")
    program = "import torch\nfrom ..numbers import ROOT\n\n\ndef act(x):\n    return 0.5 * x * (1.0 + torch.erf(x / ROOT))\n"
    (tmp_path / "pkg/sub/net.py").write_text(program)
    done = netwright("optimize", "--select", "torch/gelu", "--check", path, cwd=tmp_path / folder)
    assert "applicable" in done.stdout, done.stdout + done.stderr
