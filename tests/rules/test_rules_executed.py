"""`netwright rules test` runs both sides of every rule, and finds out wrong ones: a wrong rule for each thing that is tried."""

import json
import sys

import pytest

pytestmark = pytest.mark.slow

pytest.importorskip("torch")

RULE = """rule t/wrong {{
  summary "a rule for a test"
  requires torch {{ torch.relu }}
  safety {safety}
  {init}
  forward {{ {forward} }}
  {where}
  {state}
  numeric {{
    program "it" ```
{program}
    ```;
    {numeric}; modes [train seed 0, eval]; rtol 1e-5
  }}
}}
"""
FUNCTION = "      import torch\n\n\n      def f({parameters}):\n          return {result}\n"
MODULE = """      import torch
      from torch import nn


      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              {made}

          def forward(self, x{more}):
              return {result}
"""


def function(forward, result, numeric="$x : randn(3, 8)", parameters="x", **others):
    parts = {"safety": "safe", "state": "state same", "init": "", "where": "", **others}
    return RULE.format(forward=forward, numeric=numeric, program=FUNCTION.format(parameters=parameters, result=result), **parts)


def module(forward, made, result, numeric="$x : randn(3, 8)", more="", **others):
    parts = {"safety": "safe", "state": "state same", "init": "", "where": "", **others}
    program = MODULE.format(made=made, result=result, more=more)
    return RULE.format(forward=forward, numeric=numeric, program=program, **parts)


BIAS = "self.first = nn.Linear(8, 8)\n              self.second = nn.Linear(8, 8)"
# What is wrong with each rule, and the words in which it is told.
WRONG = {
    "values": (function("torch.clamp($x, min=0) -> $y => torch.abs($x) -> $y", "torch.clamp(x, min=0)"), "eval fp32: result 0 differs"),
    "a small constant": (
        function("torch.sigmoid($x) -> $y => torch.sigmoid($x * 1.0000003) -> $y", "torch.sigmoid(x)"),
        "eval fp64: result 0 differs",
    ),
    "training": (
        module(
            "torch.nn.Dropout[$d]($x) -> $y => $x -> $y",
            "self.drop = nn.Dropout(0.2)",
            "self.drop(x)",
            init="init { torch.nn.Dropout(p=$p) -> $d => keep }",
        ),
        "dropout at the rates [0.2] before, [] after",
    ),
    "evaluation": (
        function(
            "torch.nn.functional.dropout($x, p=$p, training=$t) -> $y => torch.nn.functional.dropout($x, p=$p, training=True) -> $y",
            "torch.nn.functional.dropout(x, p=0.3, training=False)",
        ),
        "eval fp32: dropout at the rates [] before, [0.3] after",
    ),
    "gradients": (
        function("torch.sigmoid($x) -> $y => torch.sigmoid($x.detach()) -> $y", "torch.sigmoid(x) + 0 * x"),
        "gradients",
    ),
    "bf16": (
        function(
            "torch.log_softmax($x, dim=-1) -> $y =>"
            " torch.log(torch.softmax($x, dim=-1) + 0) - 0.03125 * ($x.dtype == torch.bfloat16) -> $y",
            "torch.log_softmax(x, dim=-1)",
        ),
        "bf16: result 0",
    ),
    "gradients in bf16": (
        function(
            "torch.sigmoid($x) -> $y => torch.sigmoid($x + 0.25 * ($x - $x.detach()) * ($x.dtype == torch.bfloat16)) -> $y",
            "torch.sigmoid(x)",
        ),
        "bf16: gradient 0",
    ),
    "dtype": (
        function("torch.sigmoid($x) -> $y => torch.sigmoid($x).to(torch.promote_types($x.dtype, torch.float32)) -> $y", "torch.sigmoid(x)"),
        "bf16: result 0 is bfloat16[3, 8] before, float32[3, 8] after",
    ),
    "a row that is masked entirely": (
        function(
            "torch.softmax($x, dim=-1) -> $y => torch.softmax($x, dim=-1).nan_to_num(0.0) -> $y",
            "torch.softmax(m, dim=-1) + 0 * x",
            numeric="$x : randn(3, 8); $m : mask(3, 8)",
            parameters="x, m",
        ),
        "mask: infinite, a whole row",
    ),
    "the lowest number": (
        function(
            "torch.softmax($x, dim=-1) -> $y =>"
            " torch.softmax($x.clamp(min=-1e4) + ($x < -1e30).all(-1, keepdim=True) * $x[:, :1].cos(), dim=-1)"
            " * (~($x < -1e30).all(-1, keepdim=True)) -> $y",
            "torch.softmax(m, dim=-1) + 0 * x",
            numeric="$x : randn(3, 8); $m : mask(3, 8)",
            parameters="x, m",
        ),
        "mask: lowest, a whole row",
    ),
    "other sizes": (
        function("torch.mean($x, dim=0) -> $y => torch.sum($x, dim=0) / 3 -> $y", "torch.mean(x, dim=0)"),
        "other sizes: result 0 differs",
    ),
    "strides": (
        function("torch.sigmoid($x) -> $y => torch.sigmoid($x.view(-1)).view($x.shape) -> $y", "torch.sigmoid(x)"),
        "raises RuntimeError: view size is not compatible",
    ),
    "state names": (
        module(
            "torch.nn.Linear[$a]($x) -> $y => $other($x) -> $y",
            "self.first = nn.Linear(8, 8)",
            "self.first(x)",
            init="init { torch.nn.Linear($i, $o, bias=$b) -> $a => torch.nn.Linear($i, $o) -> self.other }",
            where="where { last-use $a }",
        ),
        "state: ",
    ),
    "state map": (
        module(
            "torch.nn.Linear[$a]($x) -> $h; torch.nn.Linear[$b]($h) -> $y => $second_part($first_part($x)) -> $y",
            BIAS,
            "self.second(self.first(x))",
            init="init { torch.nn.Linear($i, $o, bias=_) -> $a; torch.nn.Linear($o, $n, bias=_) -> $b =>"
            " torch.nn.Linear($i, $o) -> self.first_part; torch.nn.Linear($o, $n) -> self.second_part }",
            where="where { last-use $a $b }",
            safety='unsafe "names change"',
            state="state { $a.weight -> $second_part.weight; $a.bias -> $second_part.bias; $b.weight -> $first_part.weight;"
            " $b.bias -> $first_part.bias }",
        ),
        "eval fp32: result 0 differs",
    ),
    "evaluation after training": (
        module(
            "torch.nn.Dropout[$d]($x) -> $y => torch.nn.functional.alpha_dropout($x, $d.p, self.training or True) -> $y",
            "self.drop = nn.Dropout(0.2)",
            "self.drop(x)",
            init="init { torch.nn.Dropout(p=$p) -> $d => keep }",
        ),
        "dropout at the rates [] before, [0.2] after",
    ),
}


def rules_test(netwright, root, *arguments):
    return netwright("rules", "test", "--python", sys.executable, "--root", root / "tests/rules/kernels", *arguments, timeout=600)


def test_every_rule_of_the_packs_computes_the_same(netwright, root):
    done = rules_test(netwright, root, "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 0 and found["counts"]["fails"] == found["counts"]["not run"] == 0, done.stdout
    results = {result["rule"]: result for result in found["results"]}
    rules = {f"{path.parent.name}/{path.stem}" for path in (root / "rules").glob("*/*.rule") if path.parent.name != "adopter-legacy"}
    assert results.keys() == rules
    for rule, result in results.items():
        assert result["programs"] and {"eval", "fp64", "bf16", "other sizes", "strides"} <= {*result["axes"]}, rule
    assert "masks" in results["torch/sdpa"]["axes"] and "masks" in results["adopter/bert-self-attention"]["axes"]
    assert sum("gradients" in result["axes"] for result in results.values()) == len(results) - 1  # folding weights has none


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_is_found_out(netwright, root, tmp_path, name):
    text, words = WRONG[name]
    (tmp_path / "wrong.rule").write_text(text)
    done = rules_test(netwright, root, tmp_path / "wrong.rule")
    assert done.returncode == 1 and words in done.stdout, done.stdout + done.stderr


def test_a_kernel_that_is_not_there_is_no_failure(netwright, root):
    done = netwright("rules", "test", "--python", sys.executable, "adopter/linear-gelu", timeout=300)
    assert done.returncode == 0 and "not run: epoi is not installed" in done.stdout


def test_a_program_that_the_rule_does_not_rewrite_is_told(netwright, root, tmp_path):
    text = function("torch.clamp($x, min=0) -> $y => torch.relu($x) -> $y", "torch.clamp(x, min=1)")
    (tmp_path / "wrong.rule").write_text(text)
    done = rules_test(netwright, root, tmp_path / "wrong.rule")
    assert done.returncode == 1 and "`it` is not rewritten" in done.stdout
