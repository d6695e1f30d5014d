"""Files with much of the same: what is found in one copy is found in all, and what is written for many has names of its own."""
import re

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n\n"
CLASS = """class Block{0}(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(8, 8)

    def forward(self, x, state):
        hidden = torch.softmax(x, dim=-1)
        state["dense_{0}"] = x
        x = F.gelu(self.dense(hidden))
        return x


"""


def outcomes(findings, line, end):
    return sorted((f["line"] - line, f["rule"], f["status"], f["message"]) for f in findings if line <= f["line"] < end)


def test_copies_of_a_class_have_the_same_findings(optimize):
    copies, length = 60, CLASS.count("\n")
    found, text = optimize(HEAD + "".join(CLASS.format(i) for i in range(copies)), "adopter", "--unsafe")
    first = HEAD.count("\n") + 1
    alone = outcomes(found, first, first + length)
    assert [(rule, status) for _, rule, status, _ in alone] == [("adopter/softmax", "applied"), ("adopter/linear-gelu", "applied")]
    for i in range(copies):
        assert outcomes(found, first + i * length, first + (i + 1) * length) == alone
    compile(text, "net.py", "exec")


def test_many_new_modules_of_one_class_have_names_of_their_own(optimize):
    layers = range(130)
    program = (HEAD + "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n" +
               "".join(f"        self.dense{i} = nn.Linear(8, 8)\n" for i in layers) + "\n    def forward(self, x):\n" +
               "".join(f"        x = F.gelu(self.dense{i}(x))\n" for i in layers) + "        return x\n")
    found, text = optimize(program, "adopter/linear-gelu", "--unsafe")
    assert [f["status"] for f in found] == ["applied"] * len(layers)
    made = re.findall(r"self\.(\w+) = FusedBiasGELU", text)
    assert len(made) == len(set(made)) == len(layers)
    assert re.findall(r"x = self\.(\w+)\(", text) == made


def test_a_long_chain_of_elif_is_rewritten_arm_by_arm(optimize):
    arms = range(400)
    program = (HEAD + "def choose(x, n):\n    if n < 0:\n        return x\n" +
               "".join(f"    elif n == {i}:\n        return torch.softmax(x, dim=-1)\n" for i in arms))
    found, text = optimize(program, "adopter/softmax")
    assert [f["status"] for f in found] == ["applied"] * len(arms)
    assert "torch.softmax" not in text
    compile(text, "net.py", "exec")
