"""The examples of the rule packs, executed: before and after compute the same, and the state maps carry the weights over."""

import ast
import pathlib
import re
import sys
import textwrap
import types

import pytest

torch = pytest.importorskip("torch")

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = re.compile(r'^  example "([^"]*)" \{\s*before ```\n(.*?)```\s*after ```\n(.*?)```', re.MULTILINE | re.DOTALL)
STATE = re.compile(r"^ +state \{\n(.*?)^ +\}", re.MULTILINE | re.DOTALL)

# Sizes that the constructors of the examples ask for, by the names of their parameters.
SIZES = {"width": 16, "inner": 24, "hidden": 12, "cin": 3, "cout": 8}
CONFIG = types.SimpleNamespace(hidden_size=16, num_attention_heads=2, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0,
                               layer_norm_eps=1e-3, d_model=16, d_kv=4, num_heads=2, dropout_rate=0.0, attn_pdrop=0.0, resid_pdrop=0.0)


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


INPUTS = {
    "adopter/conv-batchnorm": lambda: (normal(2, 3, 9, 9),),
    "adopter/linear-batchnorm": lambda: (normal(6, 16),),
    "adopter/dropout-add-layernorm": lambda: (normal(2, 5, 16), normal(2, 5, 16)),  # as many as forward takes
    "adopter/bert-self-attention": lambda: (normal(2, 5, 16), normal(2, 1, 1, 5)),
    "torch/sdpa": lambda: (normal(2, 3, 5, 8), normal(2, 3, 7, 8), normal(2, 3, 7, 8)),
    "torch/conv-batchnorm-fold": lambda: (normal(2, 16, 9, 9),),
    "torch/cross-entropy": lambda: (normal(6, 10), torch.randint(10, (6,))),
}
# Which attribute of the old class a variable of the state map stands for; where the modules lie.
OLD = {
    "adopter/dropout-add-layernorm": {"norm": ("LayerNorm", "norm")},
    "adopter/conv-batchnorm": {"conv": "conv", "norm": "norm"},
    "adopter/linear-batchnorm": {"linear": "fc", "norm": "bn"},
    "adopter/bert-self-attention": {n: f"attention.{n}" for n in ("query", "key", "value")},
    "adopter/t5-attention": {"query": "attention.q", "key": "attention.k", "value": "attention.v", "output": "attention.o"},
    "adopter/gpt2-attention": {"packed": "attention.c_attn", "output": "attention.c_proj"},
}


def examples():
    for path in sorted((ROOT / "rules").glob("*/*.rule")):
        text = path.read_text()
        for title, before, after in EXAMPLE.findall(text):
            rule = f"{path.parent.name}/{path.stem}"
            yield pytest.param(rule, text, textwrap.dedent(before), textwrap.dedent(after), id=f"{rule}: {title}")


@pytest.fixture
def kernels(monkeypatch):
    """The targets of the paper's rules, importable for the time of a test."""
    monkeypatch.syspath_prepend(str(pathlib.Path(__file__).parent / "kernels"))
    qat = types.ModuleType("torch.nn.intrinsic.qat.modules")
    qat.LinearBn1d = LinearBn1d
    monkeypatch.setitem(sys.modules, qat.__name__, qat)
    yield
    for name in [name for name in sys.modules if name.split(".")[0] in ("epoi", "slapo", "xformers")]:
        monkeypatch.delitem(sys.modules, name)


class LinearBn1d(torch.nn.Module):
    """bn(linear(x)): what rule 8 of the paper means."""

    def __init__(self, in_features, out_features, bias=True, eps=1e-5, momentum=0.1):
        super().__init__()
        self.linear = torch.nn.Linear(in_features, out_features, bias)
        self.bn = torch.nn.BatchNorm1d(out_features, eps, momentum)

    def forward(self, x):
        return self.bn(self.linear(x))


def last_definition(code):
    """The object that the last class or function of the code defines."""
    space = {}
    exec(compile(code, "example.py", "exec"), space)
    return space[[node for node in ast.parse(code).body if isinstance(node, (ast.ClassDef, ast.FunctionDef))][-1].name]


def build(defined):
    if not isinstance(defined, type):
        return defined
    names = defined.__init__.__code__.co_varnames[1:defined.__init__.__code__.co_argcount] if "__init__" in vars(defined) else ()
    required = names[:len(names) - len(defined.__init__.__defaults__ or ())] if names else ()
    return defined(**{name: CONFIG if name == "config" else SIZES[name] for name in required}).double()


def weights(module):
    """Large random values, with variances that are positive."""
    torch.manual_seed(1)
    return {name: torch.rand_like(value) + 0.5 if name.endswith("var") else torch.randn_like(value) if value.is_floating_point() else value
            for name, value in module.state_dict().items()}


def carried(rule, text, old):
    """The state of the new class: by the state map of the rule, or the same."""
    found = STATE.search(text)
    if not found or rule.startswith("torch/"):
        return old
    new, used = {}, set()
    for line in found[1].replace("\n", " ").split(";"):
        source, target = line.split("->")

        def value(match):
            variable, path = match[1], match[2]
            names = OLD.get(rule, {}).get(variable, variable)
            name = next(f"{n}.{path}" for n in ([names] if isinstance(names, str) else names) if f"{n}.{path}" in old)
            used.add(name)
            return f"old[{name!r}]"

        new_name = re.sub(r"^\s*\$", "", target).strip()
        new[new_name] = eval(re.sub(r"\$(\w+)\.(\w+)", value, source.strip()), {"torch": torch, "old": old})
    return new | {name: value for name, value in old.items() if name not in used}


def results(function, inputs):
    """With the same random numbers, and as many inputs as the function takes."""
    torch.manual_seed(2)
    code = (function.forward if isinstance(function, torch.nn.Module) else function).__code__
    out = function(*[x.clone() for x in inputs[:code.co_argcount - isinstance(function, torch.nn.Module)]])
    return list(out) if isinstance(out, (tuple, list)) else [out]


@pytest.mark.parametrize("rule, text, before, after", list(examples()))
@pytest.mark.parametrize("training", [False, True], ids=["eval", "train"])
def test_example_computes_the_same(rule, text, before, after, training, kernels):
    try:
        old, new = build(last_definition(before)), build(last_definition(after))
    except ModuleNotFoundError as error:
        pytest.skip(f"needs {error.name}")
    torch.manual_seed(0)
    inputs = INPUTS.get(rule, lambda: (normal(2, 5, 16),))()
    if isinstance(old, torch.nn.Module):
        state = weights(old)
        old.load_state_dict(state)
        new.load_state_dict(carried(rule, text, state))
        old.train(training)
        new.train(training)
    for one, other in zip(results(old, inputs), results(new, inputs), strict=True):
        assert torch.allclose(one, other, rtol=1e-9, atol=1e-11)
    if isinstance(old, torch.nn.Module):
        assert all(torch.equal(a, b) for a, b in zip(sorted_floats(carried(rule, text, old.state_dict())), sorted_floats(new.state_dict())))


def sorted_floats(state):
    """Values by name, rounded where running statistics went another way."""
    return [value.double().round(decimals=9) for _, value in sorted(state.items())]
