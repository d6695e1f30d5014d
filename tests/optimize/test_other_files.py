"""Files that are named together: what one does with the classes and functions of another one."""

import json

import pytest
from optimize_programs import HEAD

ATTENTION = HEAD + """class Attention(nn.Module):
    def __init__(self, scale=0.5):
        super().__init__()
        self.scale = scale
        self.weigh = nn.Softmax(dim=-1)
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        q = x.view(2, 5, 2, 4).transpose(1, 2)
        out = self.drop(self.weigh(q @ q.transpose(-2, -1) * self.scale)) @ q
        return out.transpose(1, 2).reshape(2, 5, 8)


def attend(x, factor=1.0):
    q = x.view(2, 5, 2, 4).transpose(1, 2)
    return (torch.softmax(q @ q.transpose(-2, -1) * factor, dim=-1) @ q).transpose(1, 2).reshape(2, 5, 8)
"""
NET = HEAD + """IMPORT


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        MADE

    def forward(self, x):
        y = self.attention(x)
        DONE
        return y
"""
WRITTEN = "not torch.is_grad_enabled()"


@pytest.fixture
def run(netwright, tmp_path):
    """The findings in attention.py, where a second file is named with it; by their lines."""
    def run(other, name="net.py", *options):
        (tmp_path / "attention.py").write_text(ATTENTION)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(other)
        done = netwright("optimize", "--select", "torch/sdpa", "--format", "json", *options, tmp_path)
        assert done.returncode in (0, 1), done.stderr
        return [f for f in json.loads(done.stdout)["findings"] if f["file"].endswith("attention.py")]

    return run


def net(made="pass", done="pass", imports="from attention import Attention, attend"):
    return NET.replace("IMPORT", imports).replace("MADE", made).replace("DONE", done)


@pytest.mark.parametrize("made", ["self.attention.weigh = nn.Sigmoid()", "setattr(self.attention, 'weigh', nn.Sigmoid())", "self.attention.drop.p = 0.5", "self.attention.register_forward_hook(print)",
                                  "for m in self.modules():\n            if isinstance(m, (nn.ReLU, nn.Softmax)):\n                m.dim = 1"])
def test_modules_that_another_file_touches(run, made):
    finding, function = run(net(made))
    assert finding["status"] == "refused" and finding["reason"] == "NW0421" and "net.py, line " in finding["message"]
    assert function["status"] == "applicable"


@pytest.mark.parametrize("made,done", [("self.drop = nn.Dropout(0.1)", "y = self.drop(y)"), ("self.weigh = nn.Softmax(-1)", "y = y + 1\n        y += 1"), ("config.drop = 0.1", "z = torch.zeros(8)\n        z[0] = 1"),
                                       ("pass", "y = F.dropout(y, 0.1)")])
def test_what_does_not_concern_it(run, made, done):
    finding, function = run(net(made, done).replace("y = y + 1", "z = x + 1").replace("y += 1", "z += 1"))
    assert [f["status"] for f in (finding, function)] == ["applicable"] * 2 and WRITTEN not in finding["guard"]


@pytest.mark.parametrize("imports", ["from attention import Attention, attend", "from .attention import *", "import attention\nfrom attention import Attention"])
@pytest.mark.parametrize("done", ["y += x", "y[:, 0] = 0", "y.mul_(2)", "z = y.view(-1)\n        z.zero_()", "y = F.relu(y, inplace=True)", "F.relu_(y)"])
def test_results_that_another_file_writes(run, imports, done):
    finding, function = run(net(done=done, imports=imports))
    assert finding["status"] == "applicable" and WRITTEN in finding["guard"]
    assert function.get("guard") == (WRITTEN if "attend" in imports else None)


def test_a_package_hands_on_what_it_imports(run, tmp_path):
    (tmp_path / "__init__.py").write_text("from .attention import Attention\n")
    finding, _ = run(net("self.attention.weigh = nn.Sigmoid()", imports=f"from {tmp_path.name} import Attention"), "more/net.py")
    assert finding["reason"] == "NW0421"


def test_a_class_that_derives(run):
    text = HEAD + "from attention import Attention\n\n\nclass Other(Attention):\n    def __init__(self):\n        super().__init__()\n        self.weigh = nn.Sigmoid()\n"
    assert run(text)[0]["reason"] == "NW0421"
    assert run(text.replace("(Attention)", "(nn.Module)"))[0]["status"] == "applicable"


@pytest.mark.parametrize("done,refused", [("y = attend(y, torch.ones(5, 1))", True), ("y = attend(y, factor=nn.Parameter(torch.ones(5, 1)))", True), ("y = attend(y, 2.0)", False), ("y = attend(torch.ones(2, 5, 8))", False)])
def test_a_number_that_another_file_gives_as_a_tensor(run, done, refused):
    assert (run(net(done=done))[1]["status"] == "refused") == refused


@pytest.mark.parametrize("how", ["torch.autograd.grad(y.sum(), x, create_graph=True)", "torch.func.hessian(self.attention)(x)"])
def test_gradients_of_gradients_elsewhere(run, how):
    assert [f["status"] for f in run(net(done=how))] == ["refused"] * 2


def test_what_is_kept_of_a_run_is_asked_for_the_other_files(run, tmp_path):
    cache = ["--cache-dir", tmp_path / "cache"]
    assert run(net(), "net.py", *cache)[0]["status"] == "applicable"
    assert run(net("self.attention.weigh = nn.Sigmoid()"), "net.py", *cache)[0]["status"] == "refused"
    assert run(net(), "net.py", *cache)[0]["status"] == "applicable"


def test_a_broken_file_says_nothing(run):
    assert run("from attention import (\nclass")[0]["status"] == "applicable"


FIXES = ["net.weigh = nn.Sigmoid()", "net.weigh.dim = 1", "setattr(net, 'weigh', nn.Sigmoid())", "net.weigh.register_forward_hook(print)", "for m in net.children():\n        m.dim = 1",
         "for m in net.modules():\n        if type(m) is nn.Softmax:\n            m.dim = 1", "touch(net)\n\n\ndef touch(it):\n    it.weigh = nn.Sigmoid()"]
HANDERS = {"the file itself": None, "another file": "from attention import Attention\nfrom fix import repair\n\n\ndef make():\n    net = Attention()\n    repair(net)\n    return net\n"}


@pytest.mark.parametrize("hander", HANDERS)
@pytest.mark.parametrize("fix", FIXES)
def test_functions_of_other_files_that_are_handed_a_module(netwright, tmp_path, fix, hander):
    (tmp_path / "fix.py").write_text(HEAD + f"def repair(net):\n    {fix}\n\n\ndef other(net):\n    return net\n")
    text = ATTENTION if HANDERS[hander] else ATTENTION.replace("import torch\n", "import torch\nfrom fix import repair\n", 1) + "\n\ndef make():\n    net = Attention()\n    repair(net)\n    return net\n"
    (tmp_path / "make.py").write_text(HANDERS[hander] or "from attention import make\n")

    def findings(text):
        (tmp_path / "attention.py").write_text(text)
        done = netwright("optimize", "--select", "torch/sdpa", "--format", "json", tmp_path)
        return [f for f in json.loads(done.stdout)["findings"] if f["file"].endswith("attention.py") and f["class"]]

    assert [(f["status"], f["reason"]) for f in findings(text)] == [("refused", "NW0421")] and "fix.py, line " in findings(text)[0]["message"]
    if not HANDERS[hander]: # another function of that file is none of its business
        assert [f["status"] for f in findings(text.replace("repair", "other"))] == ["applicable"]


@pytest.mark.parametrize("value,status", [("torch.ones(2, 1, 1)", "refused"), ("nn.Parameter(torch.ones(1))", "refused"), ("0.25", "applicable")])
def test_a_scale_that_another_file_sets(run, value, status):
    finding, _ = run(net("pass", f"self.attention.scale = {value}"))
    assert finding["status"] == status
