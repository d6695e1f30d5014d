"""Ring 2: classes that changed, run with configurations and inputs that are made up for them."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios

import pytest

pytestmark = pytest.mark.slow

HEAD = """import math

import torch
from torch import nn
from torch.nn import functional as F

"""
ATTENTION = (
    HEAD
    + '''
def scores_of(q, k):
    return q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])


class Attention(nn.Module):
    """Packed heads."""

    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads:
            raise ValueError("heads do not divide the size")
        assert config.hidden_size > 32, "a size that the first guess does not have"
        self.heads = config.num_attention_heads
        self.qkv = nn.Linear(config.hidden_size, 3 * config.hidden_size)
        self.dropout = nn.Dropout(config.attention_probs_dropout_prob)
        self.out = nn.Linear(config.hidden_size, config.hidden_size)

    def forward(self, hidden_states, attention_mask=None, output_attentions=False):
        batch, length, size = hidden_states.shape
        q, k, v = self.qkv(hidden_states).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = scores_of(q, k)
        if attention_mask is not None:
            scores = scores + attention_mask
        weights = self.dropout(torch.softmax(scores, dim=-1))
        states = self.out((weights @ v).transpose(1, 2).reshape(batch, length, size))
        return (states, weights) if output_attentions else (states,)
'''
)
OTHERS = {
    "made for one length": (
        """
class Landmarks(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.seq_len = 64
        self.proj = nn.Linear(dim, dim)

    def forward(self, hidden_states):
        x = self.proj(hidden_states)
        means = x.reshape(-1, 4, self.seq_len // 4, x.shape[-1]).mean(dim=2)
        return x + means.repeat_interleave(16, dim=1)
""",
        "x + means.repeat_interleave(16, dim=1)",
        "means.repeat_interleave(16, 1) + x",
        "x + means.repeat(1, 16, 1)",
    ),
    "three inputs that are not optional": (
        """
class Biased(nn.Module):
    def __init__(self, hidden_size, num_heads):
        super().__init__()
        self.num_heads = num_heads
        self.proj = nn.Linear(hidden_size, hidden_size)

    def forward(self, hidden_states, attention_mask=None, rel_pos=None, rel_2d_pos=None):
        x = self.proj(hidden_states).unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
        scores = x @ x.transpose(-1, -2)
        scores += rel_pos
        scores += rel_2d_pos
        scores = scores.masked_fill(attention_mask.to(torch.bool), -1e4)
        return scores.softmax(dim=-1)
""",
        "scores.softmax(dim=-1)",
        "torch.softmax(scores, -1)",
        "scores.softmax(dim=-2)",
    ),
    "convolution": (
        """
class Down(nn.Module):
    def __init__(self, in_channels, out_channels, stride=2):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)
        self.norm = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        return F.relu(self.norm(self.conv(x)))
""",
        "F.relu(self",
        "torch.relu(self",
        "F.leaky_relu(self",
    ),
    "wrapped": (
        """
class PreNorm(nn.Module):
    def __init__(self, dim, fn):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fn = fn

    def forward(self, x, **kwargs):
        return self.fn(self.norm(x), **kwargs) + x
""",
        "self.fn(self.norm(x), **kwargs) + x",
        "x + self.fn(self.norm(x), **kwargs)",
        "self.fn(self.norm(x), **kwargs) - x",
    ),
    "recurrent": (
        """
class Tagger(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim, num_layers=1):
        super().__init__()
        self.embed = nn.Embedding(vocab_size, embed_dim)
        self.lstm = nn.LSTM(embed_dim, hidden_dim, num_layers, batch_first=True)
        self.out = nn.Linear(hidden_dim, 3)

    def forward(self, tokens):
        states, _ = self.lstm(self.embed(tokens))
        return self.out(states[:, -1])
""",
        "states[:, -1]",
        "states.select(1, -1)",
        "states[:, -2]",
    ),
    "windows": (
        """
class Mixer(nn.Module):
    def __init__(self, dim, num_heads, qkv_bias=True, norm_layer=nn.LayerNorm, act_layer=nn.GELU, drop=0.0):
        super().__init__()
        self.norm, self.act = norm_layer(dim), act_layer()
        self.fc = nn.Linear(dim, dim, bias=qkv_bias)

    def forward(self, x, H, W):
        B, L, C = x.shape
        assert L == H * W, "wrong size"
        y = self.norm(x).view(B, H, W, C)
        y = torch.roll(y, (1, 1), (1, 2)).reshape(B, L, C)
        return x + self.act(self.fc(y))
""",
        "(1, 1), (1, 2)",
        "shifts=(1, 1), dims=(1, 2)",
        "(1, 2), (1, 2)",
    ),
    "two inputs": (
        """
class Output(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.dense = nn.Linear(config.intermediate_size, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)

    def forward(self, hidden_states, input_tensor):
        return self.LayerNorm(self.dropout(self.dense(hidden_states)) + input_tensor)
""",
        "self.dropout(self.dense(hidden_states)) + input_tensor",
        "input_tensor + self.dropout(self.dense(hidden_states))",
        "self.dropout(self.dense(hidden_states) + input_tensor)",
    ),
    "a list of tensors": (
        """
class Head(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.out = nn.Linear(hidden_size, 5)

    def forward(self, features: list[torch.Tensor]):
        if not isinstance(features, list):
            raise ValueError("a list of tensors")
        return self.out(features[-1] + features[0])
""",
        "features[-1] + features[0]",
        "features[0] + features[-1]",
        "features[-1] + features[1]",
    ),
    "a table that is made once": (
        """
class Waves(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.table = torch.cos(torch.arange(hidden_size, dtype=torch.float32) / 7)

    def forward(self, x):
        return x * torch.cos(torch.arange(x.shape[-1], dtype=torch.float32) / 7)
""",
        "x * torch.cos(torch.arange(x.shape[-1], dtype=torch.float32) / 7)",
        "x * self.table",
        "x * self.table.roll(1)",
    ),
    "a function without layers": (
        """
class Pool(nn.Module):
    def forward(self, x):
        return x.mean(dim=1)
""",
        "x.mean(dim=1)",
        "x.sum(dim=1) / x.shape[1]",
        "x.sum(dim=1)",
    ),
}


# Faults that a plain run of the class does not show: (text, what is right, what is wrong).
HIDDEN = {
    "an eps far below what fp32 resolves": (
        """
class Norm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim, eps=1e-12)

    def forward(self, x):
        return self.norm(x)
""",
        "eps=1e-12",
        "eps=1e-11",
    ),
    "a rate of dropout that a layer hands to native code": (
        """
class Tagger(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.lstm = nn.LSTM(dim, dim, 2, dropout=0.3, batch_first=True)

    def forward(self, x):
        return self.lstm(x)[0]
""",
        "dropout=0.3,",
        "dropout=0.303,",
    ),
    "dropout on the other of two terms": (
        """
class Output(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dense, self.norm, self.dropout = nn.Linear(dim, dim), nn.LayerNorm(dim), nn.Dropout(0.1)

    def forward(self, x, residual):
        return self.norm(self.dropout(self.dense(x)) + residual)
""",
        "self.dropout(self.dense(x)) + residual",
        "self.dense(x) + self.dropout(residual)",
    ),
    "dropout on the other of two terms within a part": (
        """
class Part(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dense, self.norm, self.dropout = nn.Linear(dim, dim), nn.LayerNorm(dim), nn.Dropout(0.1)

    def forward(self, terms):
        x, residual = terms["x"], terms["residual"]
        return self.norm(self.dropout(self.dense(x)) + residual)


class Whole(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.parts = nn.ModuleList(Part(dim) for _ in range(4))

    def forward(self, x):
        for part in self.parts:
            x = part({"x": x, "residual": x})
        return x.mean(-1)
""",
        "self.dropout(self.dense(x)) + residual",
        "self.dense(x) + self.dropout(residual)",
    ),
    "a table that the loaded weights hide": (
        """
class Shuffle(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.register_buffer("order", torch.arange(dim).flip(0))

    def forward(self, x):
        return x[..., self.order] * 2.0
""",
        "torch.arange(dim).flip(0)",
        "torch.arange(dim)",
    ),
    "an argument that is not handed on": (
        """
class Projection(nn.Module):
    def __init__(self, dim, bias=True):
        super().__init__()
        self.out = nn.Linear(dim, dim, bias=bias)

    def forward(self, x):
        return self.out(x)
""",
        "dim, dim, bias=bias",
        "dim, dim",
    ),
    "a layer that only an optional input reaches": (
        """
class Inner(nn.Module):
    def __init__(self, dim, gain=1.0):
        super().__init__()
        self.gain, self.fc = gain, nn.Linear(dim, dim)

    def forward(self, x):
        return self.gain * self.fc(x)


class Outer(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.first = Inner(dim)
        self.second = Inner(dim, gain=2.0)

    def forward(self, hidden_states, encoder_hidden_states=None):
        x = self.first(hidden_states)
        if encoder_hidden_states is not None:
            x = x + self.second(encoder_hidden_states)
        return x
""",
        "gain=2.0",
        "gain=3.0",
    ),
    "a number that is one by default": (
        """
class Projection(nn.Module):
    def __init__(self, channels, groups=1):
        super().__init__()
        self.out = nn.Conv2d(channels, channels, 3, groups=groups)

    def forward(self, x):
        return self.out(x)
""",
        "channels, 3, groups=groups",
        "channels, 3",
    ),
    "scores of a part that is given one place only": (
        """
class Attention(nn.Module):
    def __init__(self, dim, secret):
        super().__init__()
        assert secret == "the model's"
        self.q = nn.Linear(dim, dim)

    def forward(self, x):
        return torch.softmax(self.q(x) @ x.transpose(1, 2) / 4.0, -1) @ x


class Net(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.pool, self.attention = nn.AvgPool1d(6), Attention(hidden_size, "the model's")

    def forward(self, x):
        return self.attention(self.pool(x.transpose(1, 2)).transpose(1, 2))
""",
        "/ 4.0",
        "* 4.0",
    ),
    "a sign before what is zero where it is left out": (
        """
class Attention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)

    def forward(self, x, position_bias=None):
        scores = self.q(x) @ x.transpose(1, 2)
        if position_bias is None:
            position_bias = torch.zeros(1, 1, 1, 1)
        position_bias_here = position_bias.mean((0, 1))
        return torch.softmax(scores + position_bias_here, -1) @ x
""",
        "scores + position_bias_here",
        "scores - position_bias_here",
    ),
    "another function where names differ too": (
        """
class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.first, self.second = nn.Linear(dim, dim), nn.Linear(dim, dim)

    def forward(self, hidden_states, encoder_hidden_states=None):
        x = self.first(hidden_states)
        if encoder_hidden_states is not None:
            x = x + 2.0 * self.second(encoder_hidden_states)
        return x
""",
        "self.second(encoder_hidden_states)\n        return x",
        "self.other(encoder_hidden_states) + 1\n        return x",
    ),
    "dropout of a configuration within a configuration": (
        """
class InnerConfig:
    def __init__(self, drop_rate=0):
        self.drop_rate = drop_rate

    def to_dict(self):
        return vars(self)


class NetConfig:
    def __init__(self, hidden_size=16, inner=None):
        self.hidden_size, self.inner = hidden_size, InnerConfig(**inner or {})


class Net(nn.Module):
    def __init__(self, config: NetConfig):
        super().__init__()
        self.fc, self.rate = nn.Linear(config.hidden_size, config.hidden_size), config.inner.drop_rate

    def forward(self, x):
        return F.dropout(self.fc(x), self.rate, self.training)
""",
        "self.rate, self.training",
        "self.rate, True",
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_faults(verify, name):
    text, right, wrong = HIDDEN[name]
    assert text.count(right) == 1
    other = text.replace(right, wrong)
    if name == "another function where names differ too":
        other = other.replace("self.first, self.second", "self.first, self.other")
    result = verify(HEAD + text, HEAD + other)
    assert result["verdict"] == "differs" and result.get("kind") != "names", result


def test_reformatting_is_no_change(verify, netwright):
    text = ATTENTION.replace('    """Packed heads."""\n', "").replace(
        "scores = scores_of(q, k)", "scores = (\n            scores_of(\n                q, k))  # scaled"
    )
    assert verify(ATTENTION, text, expected=0) == []


def test_a_class_with_a_configuration_that_has_to_fit(verify):
    result = verify(ATTENTION, ATTENTION.replace("torch.softmax(scores, dim=-1)", "scores.softmax(-1)"))
    assert (result["name"], result["verdict"], result["ring"]) == ("after.py:Attention", "equal", 2)
    assert [check["check"] for check in result["checks"]][:5] == ["eval", "train", "gradients", "buffers", "steps"]
    assert "hidden_states" in result["made_up"] and result["lines"] == {"changed": 2, "ran": 2}


def test_helpers_and_constants_change_the_classes_that_use_them(verify):
    result = verify(ATTENTION, ATTENTION.replace("math.sqrt(q.shape[-1])", "math.sqrt(q.shape[-2])"))
    assert result["verdict"] == "differs" and "scores_of" in result["notes"][0]
    assert result["divergence"]["operation"]["after"][1] == 9


def test_lines_behind_an_optional_input_are_reached(verify):
    result = verify(ATTENTION, ATTENTION.replace("scores + attention_mask", "scores - attention_mask"))
    assert result["verdict"] == "differs" and "attention_mask [2]" in result["made_up"]


def test_only_settings_that_are_read_are_varied(verify):
    result = verify(ATTENTION, ATTENTION.replace("self.dropout = nn.Dropout(config", "self.dropout = torch.nn.Dropout(p=config"))
    assert result["verdict"] == "equal" and "attention_probs_dropout_prob=0.2" in result["made_up"]["config [2]"]
    assert "Dropout=" not in result["made_up"]["config [2]"], result["made_up"]


def test_lines_that_do_not_run_are_not_claimed(verify):
    text = ATTENTION.replace("scores = scores + attention_mask", "if hidden_states.shape[1] > 5000:\n                scores = scores * 2")
    result = verify(text, text.replace("scores * 2", "scores * 3"))
    assert (result["verdict"], result["kind"]) == ("could not run", "unreached")


def test_values_can_be_set(verify):
    text = ATTENTION.replace("torch.softmax(scores, dim=-1)", "scores.softmax(-1)")
    result = verify(ATTENTION, text, "--set", "hidden_size=40", "--set", "num_attention_heads=5", "--set", "hidden_states=f32[3,7,40]")
    assert (
        result["verdict"] == "equal"
        and result["made_up"]["hidden_states"] == "float32[3,7,40]"
        and "hidden_size=40" in result["made_up"]["config"]
    )


@pytest.mark.parametrize("name", OTHERS)
def test_right_and_wrong(verify, name):
    text, old, same, other = OTHERS[name]
    right = verify(HEAD + text, HEAD + text.replace(old, same))
    assert right["verdict"] == "equal", right
    wrong = verify(HEAD + text, HEAD + text.replace(old, other))
    assert wrong["verdict"] == "differs" and wrong["divergence"], wrong
    line = (HEAD + text)[: (HEAD + text).index(old)].count("\n") + 1
    place = (wrong["divergence"].get("operation") or wrong["divergence"])["after"]
    assert place[1] == line


def test_renamed_weights_are_paired_and_said(verify):
    result = verify(ATTENTION, ATTENTION.replace("self.out", "self.projection"))
    assert (result["verdict"], result["kind"]) == ("differs", "names")
    assert result["renamed"] == {"out.weight": "projection.weight", "out.bias": "projection.bias"}
    assert all(check["verdict"] == "equal" for check in result["checks"])


def test_names_that_hooks_keep_are_the_same_state(verify):
    text, old = HEAD + OTHERS["wrapped"][0], "        self.fn = fn\n"
    hooks = """        self.function = fn

        def move(state, old, new):
            for key in [key for key in state if key.startswith(old)]:
                state[new + key[len(old):]] = state.pop(key)

        self.register_state_dict_post_hook(lambda module, state, prefix, _: move(state, prefix + "function.", prefix + "fn."))
        self.register_load_state_dict_pre_hook(lambda module, state, prefix, *_: move(state, prefix + "fn.", prefix + "function."))
"""
    result = verify(text, text.replace(old, hooks).replace("self.fn(", "self.function("))
    assert result["verdict"] == "equal", result


def test_a_class_that_cannot_be_made_up(verify):
    text = (
        HEAD
        + """
class Odd(nn.Module):
    def __init__(self, secret):
        super().__init__()
        assert secret == "nobody guesses this"

    def forward(self, x):
        return x + 1
"""
    )
    result = verify(text, text.replace("x + 1", "x + 2"))
    assert (result["verdict"], result["kind"]) == ("could not run", "unfound") and "AssertionError" in result["reason"]
    assert verify(text, text.replace("x + 1", "x + 2"), "--set", "secret=nobody guesses this")["verdict"] == "differs"


def test_classes_that_use_a_class_stand_in_for_it(verify):
    text = (
        HEAD
        + """
class Base(nn.Module):
    def score(self, x):
        return torch.tanh(x)


class Head(Base):
    def __init__(self, hidden_size):
        super().__init__()
        self.fc = nn.Linear(hidden_size, 2)

    def forward(self, x):
        return self.fc(self.score(x))
"""
    )
    result = verify(text, text.replace("torch.tanh(x)", "torch.tanh(x * 1.01)"))
    assert result["verdict"] == "differs" and "run as a part of Head" in result["notes"]


LARGE = (
    HEAD
    + """
class NetConfig:
    def __init__(self, hidden_size=32768, inner=None):
        self.hidden_size, self.inner = hidden_size, inner or {"kind": "relu"}
        self.kind = self.inner.pop("kind")


class Net(nn.Module):
    def __init__(self, config: NetConfig):
        super().__init__()
        assert config.hidden_size == 32768, "made for one size"
        self.first, self.second = nn.Linear(8, 8), nn.Linear(config.hidden_size, config.hidden_size)

    def forward(self, x):
        return self.first(x) * 2
"""
)


def test_what_is_too_large_to_be_built_is_told(verify):
    result = verify(LARGE, LARGE.replace("* 2", "+ x"))
    assert (result["verdict"], result["kind"]) == ("could not run", "unfound") and "weights" in result["reason"], result


def test_arguments_that_a_configuration_takes_apart_are_given_whole_each_time(verify):
    text = LARGE.replace('assert config.hidden_size == 32768, "made for one size"', "").replace("x) * 2", "x) if config_is_relu else x")
    text = text.replace("self.first, self.second", "self.kind, self.first, self.second").replace("= nn.Linear(8", "= config.kind, nn.Linear(8")
    text = text.replace("self.first(x) if config_is_relu else x", "self.second(x) * len(self.kind)")
    result = verify(text, text.replace("* len(self.kind)", "* 4.0"), "--set", "inner={'kind': 'relu'}")
    assert result["verdict"] == "equal", result


def test_a_length_that_an_error_asks_for_is_tried(verify):
    text = (
        HEAD
        + """
class Positions(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(23, hidden_size))
        self.proj = nn.Linear(hidden_size, hidden_size)

    def forward(self, x):
        return self.proj(x) + self.table
"""
    )
    result = verify(text, text.replace("self.proj(x) + self.table", "self.table + self.proj(x)"))
    assert result["verdict"] == "equal" and "23" in result["made_up"]["x"], result


def test_no_names_are_claimed_for_lines_that_do_not_run(verify):
    text = ATTENTION.replace("scores = scores + attention_mask", "if hidden_states.shape[1] > 5000:\n                scores = scores * 2")
    result = verify(text, text.replace("scores * 2", "2 * scores").replace("self.out", "self.projection"))
    assert (result["verdict"], result["kind"]) == ("differs", "names") and result["notes"], result
    part = """

class Part(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def score(self, x):
        return x / 2


class Whole(Part):
    def forward(self, x):
        return self.fc(x)
"""
    result = verify(HEAD + part, HEAD + part.replace("self.fc", "self.fd").replace("x / 2", "0.5 * x"), expected=2)[0]
    assert (result["verdict"], result["kind"]) == ("could not run", "unreached"), result


def test_classes_side_by_side_with_a_bar(binary, tmp_path):
    text = HEAD + OTHERS["a function without layers"][0] + OTHERS["convolution"][0]
    (tmp_path / "before.py").write_text(text)
    (tmp_path / "after.py").write_text(text.replace("x.mean(dim=1)", "x.mean(1)").replace("F.relu(", "torch.relu("))
    terminal, own = pty.openpty()
    fcntl.ioctl(own, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [binary, "verify", "-j", "2", "--no-cache", "--format", "json", "--python", sys.executable]
    done = subprocess.run([*command, tmp_path / "before.py", tmp_path / "after.py"], stdout=subprocess.PIPE, stderr=own, timeout=300)
    os.close(own)
    assert json.loads(done.stdout)["counts"] == {"equal": 2, "differs": 0, "could not run": 0}
    shown = os.read(terminal, 4096).decode()
    os.close(terminal)
    assert "1/2 [" in shown and "classes" in shown and shown.endswith("\r")  # it is gone in the end


def test_broken_files_and_classes_on_one_side(verify):
    result = verify(ATTENTION, ATTENTION + "\nclass (:\n")
    assert (result["verdict"], result["kind"]) == ("could not run", "syntax")
    assert verify(ATTENTION, ATTENTION + "\nclass New(nn.Module):\n    pass\n", expected=0) == []
