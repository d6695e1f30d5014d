"""Rules that replace a class where it is built: under the arguments of its call it must compute what the target computes."""

import importlib.util
import json
import pathlib
import sys
import types

import pytest

KERNELS = pathlib.Path(__file__).resolve().parents[1] / "rules/kernels"
HEAD = "import math\nfrom dataclasses import dataclass\n\nimport torch\nfrom torch import nn\n\n\n"

BERT = '''class BertSelfAttention(nn.Module):
    def __init__(self, config, position_embedding_type=None):
        super().__init__()
        self.heads = config.num_attention_heads
        self.size = config.hidden_size // config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)

    def split(self, x):
        return x.view(*x.shape[:-1], self.heads, -1).permute(0, 2, 1, 3)

    def forward(self, hidden_states, attention_mask=None, head_mask=None, output_attentions=False):
        q, k, v = self.split(self.query(hidden_states)), self.split(self.key(hidden_states)), self.split(self.value(hidden_states))
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(q.size(-1))
        if attention_mask is not None:
            scores = scores + attention_mask
        probs = self.dropout(nn.functional.softmax(scores, dim=-1))
        if head_mask is not None:
            probs = probs * head_mask
        context = torch.matmul(probs, v).permute(0, 2, 1, 3).flatten(2)
        return (context, probs) if output_attentions else (context,)


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.self = BertSelfAttention(config)

    def forward(self, hidden_states, mask=None):
        return self.self(hidden_states, mask)[0]
'''

GPT2 = '''class GPT2Attention(nn.Module):
    def __init__(self, config, is_cross_attention=False, layer_idx=None):
        super().__init__()
        self.heads = config.num_attention_heads
        self.c_attn = nn.Linear(config.hidden_size, 3 * config.hidden_size)
        self.c_proj = nn.Linear(config.hidden_size, config.hidden_size)
        self.attn_dropout = nn.Dropout(config.attn_pdrop)
        self.resid_dropout = nn.Dropout(config.resid_pdrop)

    def forward(self, hidden_states):
        q, k, v = (
            t.view(*t.shape[:-1], self.heads, -1).transpose(1, 2) for t in self.c_attn(hidden_states).chunk(3, dim=-1)
        )
        scores = q @ k.transpose(-1, -2) / v.size(-1) ** 0.5
        t = scores.size(-1)
        causal = torch.ones(t, t, dtype=torch.bool, device=scores.device).tril()
        scores = scores.masked_fill(~causal, torch.finfo(scores.dtype).min)
        out = self.attn_dropout(torch.softmax(scores, dim=-1)) @ v
        return (self.resid_dropout(self.c_proj(out.transpose(1, 2).flatten(2))), None)


class Net(nn.Module):
    def __init__(self, config, layer_idx=0):
        super().__init__()
        self.attn = GPT2Attention(config, layer_idx=layer_idx)

    def forward(self, hidden_states, mask=None):
        return hidden_states + self.attn(hidden_states)[0]
'''

T5 = '''@dataclass
class T5Config:
    is_decoder: bool = False
    relative_attention_num_buckets: int = 32
    relative_attention_max_distance: int = 128


class T5Attention(nn.Module):
    def __init__(self, config, has_relative_attention_bias=False):
        super().__init__()
        inner = config.num_heads * config.d_kv
        self.n_heads = config.num_heads
        self.dropout = config.dropout_rate
        self.q = nn.Linear(config.d_model, inner, bias=False)
        self.k = nn.Linear(config.d_model, inner, bias=False)
        self.v = nn.Linear(config.d_model, inner, bias=False)
        self.o = nn.Linear(inner, config.d_model, bias=False)

    def forward(self, x):
        q, k, v = (f(x).view(*x.shape[:-1], self.n_heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        probs = torch.softmax(q @ k.transpose(3, 2), dim=-1)
        probs = nn.functional.dropout(probs, p=self.dropout, training=self.training)
        return (self.o((probs @ v).transpose(1, 2).flatten(2)),)


class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.attention = T5Attention(config)

    def forward(self, x, mask=None):
        return x + self.attention(x)[0]
'''
PROGRAMS = {"bert": ("adopter/bert-self-attention", BERT), "gpt2": ("adopter/gpt2-attention", GPT2), "t5": ("adopter/t5-attention", T5)}
CONFIG = types.SimpleNamespace(hidden_size=8, num_attention_heads=2, attention_probs_dropout_prob=0.0, attn_pdrop=0.0, resid_pdrop=0.0,
                               d_model=8, d_kv=4, num_heads=2, dropout_rate=0.0, is_decoder=False, relative_attention_num_buckets=32,
                               relative_attention_max_distance=128)
PREFIX = {"bert": ("self.", "self.generic_attn."), "gpt2": ("attn.", "attn.generic_attn."), "t5": ("attention.", "attention.")}
NAMES = {"c_attn": "qkv", "c_proj": "out_proj"}


@pytest.fixture
def optimize(netwright, tmp_path):
    def run(name, text):
        path = tmp_path / "net.py"
        path.write_text(HEAD + text)
        done = netwright("optimize", "--select", PROGRAMS[name][0], "--unsafe", "--write", "--assume-installed", "--format", "json", path)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["findings"], path.read_text()

    return run


def load(text, path, name):
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Net(CONFIG)


APPLIED = [
    ("bert", None, None),
    ("bert", "x.view(*x.shape[:-1], self.heads, -1)", "x.reshape(x.size()[:-1] + (self.heads, self.size))"),
    ("bert", "/ math.sqrt(q.size(-1))", "* self.size ** -0.5"),
    ("bert", ".permute(0, 2, 1, 3).flatten(2)", ".transpose(1, 2).contiguous().view(*hidden_states.shape[:2], -1)"),
    ("bert", "self.self(hidden_states, mask)[0]", "self.self(hidden_states, attention_mask=mask)[0]"),
    ("gpt2", None, None),
    ("gpt2", "scores.masked_fill(~causal, torch.finfo(scores.dtype).min)", 'torch.where(causal, scores, float("-inf"))'),
    ("gpt2", "causal = torch.ones(t, t, dtype=torch.bool, device=scores.device).tril()\n        scores = scores.masked_fill(~causal,",
     "later = torch.triu(torch.ones(t, t), diagonal=1).bool()\n        scores = scores.masked_fill(later,"),
    ("t5", None, None),
]


@pytest.mark.parametrize("name,old,new", APPLIED)
def test_the_same_computation_is_replaced(optimize, tmp_path, monkeypatch, name, old, new):
    torch = pytest.importorskip("torch")
    program = PROGRAMS[name][1]
    assert old is None or old in program
    program = program if old is None else program.replace(old, new)
    findings, text = optimize(name, program)
    assert [f["status"] for f in findings] == ["applied"], findings
    monkeypatch.syspath_prepend(str(KERNELS))
    try:
        before, after = load(HEAD + program, tmp_path / "before.py", "before"), load(text, tmp_path / "after.py", "after")
        torch.manual_seed(0)
        state = {key: torch.randn_like(value) for key, value in before.state_dict().items()}
        before.load_state_dict(state)
        start, there = PREFIX[name]
        keys = {key: there + ".".join(NAMES.get(p, p) for p in key[len(start):].split(".")) for key in state}
        after.load_state_dict({keys[key]: value for key, value in state.items()})
        x = torch.randn(2, 5, 8)
        for mask in (None, torch.randn(2, 1, 1, 5)) if name == "bert" else (None,):
            for training in (False, True):
                wanted, found = before.train(training)(x, mask), after.train(training)(x, mask)
                assert torch.allclose(wanted, found, rtol=1e-4, atol=1e-5)
    finally:
        for key in [key for key in sys.modules if key.split(".")[0] == "epoi"]:
            monkeypatch.delitem(sys.modules, key)


REFUSED = [
    ("bert", "self.self(hidden_states, mask)[0]", "self.self(hidden_states, mask, output_attentions=True)[0]",
     "`True` is not known to equal `False`"),
    ("bert", "self.self(hidden_states, mask)[0]", "self.self(hidden_states, None, mask)[0]", "given|asks for"),
    ("bert", "self.self(hidden_states, mask)[0]", "self.self(x=hidden_states)[0]", "argument|no run"),
    ("bert", "scores = scores + attention_mask", "scores = scores * attention_mask", "mul"),
    ("bert", "math.sqrt(q.size(-1))", "math.sqrt(q.size(-2))", "size"),
    ("bert", "math.sqrt(q.size(-1))", "2.0", "asks for"),
    ("bert", "k.transpose(-1, -2)", "k.transpose(-1, -2).relu()", "relu"),
    ("bert", "dim=-1)", "dim=-2)", "asks for|softmax"),
    ("bert", "self.split(self.key(", "self.split(self.query(", "of its own"),
    ("bert", "permute(0, 2, 1, 3).flatten(2)", "permute(0, 2, 3, 1).flatten(2)", "asks for"),
    ("bert", "self.key = nn.Linear(config.hidden_size, config.hidden_size)",
     "self.key = nn.Linear(config.hidden_size, config.hidden_size, bias=False)", "sizes and settings"),
    ("bert", "self.dropout = nn.Dropout(config.attention_probs_dropout_prob)", "self.dropout = nn.Dropout(0.5)", "sizes and settings"),
    ("bert", "        self.dropout =", "        self.key.weight = self.query.weight\n        self.dropout =", "of its own"),
    ("bert", "        self.dropout =", "        self.key.bias = None\n        self.dropout =", "sizes and settings"),
    ("bert", "        self.dropout =", "        self.register_forward_hook(print)\n        self.dropout =", "used elsewhere"),
    ("bert", "        return (context, probs)", "        self.last = probs\n        return (context, probs)", "changes something"),
    ("bert", "        probs = self.dropout",
     "        if self.training:\n            scores = scores + 1\n        probs = self.dropout", "asks for"),
    ("bert", "        probs = self.dropout",
     "        with torch.no_grad():\n            scores = scores + 0\n        probs = self.dropout", "asks for"),
    ("bert", "(context,)", "context", "tuple|results"),
    ("bert", "        self.self = BertSelfAttention(config)",
     "        self.self = BertSelfAttention(config)\n        self.self.dropout.p = 0.2", "used elsewhere"),
    ("bert", "    def forward(self, hidden_states, mask=None):",
     "    def init(self, module):\n        return isinstance(module, BertSelfAttention)\n\n"
     "    def forward(self, hidden_states, mask=None):", "tested or named"),
    ("bert", "    def forward(self, hidden_states, mask=None):", "    def prune(self):\n        self.self.query = nn.Identity()\n\n"
     "    def forward(self, hidden_states, mask=None):", "used elsewhere"),
    ("gpt2", "scores.masked_fill(~causal", "scores.masked_fill(causal", "hide exactly"),
    ("gpt2", ".tril()", ".tril(1)", "hide exactly"),
    ("gpt2", "torch.finfo(scores.dtype).min", "-1e4", "lowest"),
    ("gpt2", "v.size(-1) ** 0.5", "v.size(-1) ** 0.5 / (self.heads + 1)", "asks for"),
    ("gpt2", "        t = scores",
     "        if hidden_states.requires_grad:\n            scores = scores / 2\n        t = scores", "asks for"),
    ("gpt2", "hidden_states + self.attn(hidden_states)[0]", "self.attn(hidden_states)", "item 0"),
    ("gpt2", "self.resid_dropout(self.c_proj", "self.attn_dropout(self.c_proj", "settings"),
    ("t5", "    is_decoder: bool = False\n", "", "is_decoder"),
    ("t5", "training=self.training", "training=True", "training"),
    ("t5", "probs = nn.functional.dropout",
     "probs = probs + 0.1 * torch.rand_like(probs)\n        probs = nn.functional.dropout", "asks for"),
    ("t5", "self.o = nn.Linear(inner, config.d_model, bias=False)", "self.o = nn.Linear(inner, config.d_model)", "sizes and settings"),
    ("t5", "q @ k.transpose(3, 2)", "(q @ k.transpose(3, 2)) / 2", "asks for"),
]


@pytest.mark.parametrize("name,old,new,reason", REFUSED)
def test_near_misses_are_refused(optimize, name, old, new, reason):
    program = PROGRAMS[name][1]
    assert old in program
    program = program.replace(old, new, 1)
    findings, text = optimize(name, program)
    assert text == HEAD + program
    assert [f["status"] for f in findings] == ["refused"]
    assert any(part in findings[0]["message"] for part in reason.split("|")), findings[0]["message"]
