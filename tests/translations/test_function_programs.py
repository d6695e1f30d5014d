"""Functions and tensor methods in whole programs: migrated by the command, run by both frameworks."""

import importlib.util
import inspect
import itertools

import keras
import numpy as np
import program
import pytest
import test_function_tables
import torch

HEAD = """import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import einsum


class Net(nn.Module):
    def forward(self, %s):
"""
TYPES = {"float32": "f32", "int64": "i64", "bool": "bool"}
NUMBERS = itertools.count()


def flat(value, into):
    """The leaves of nested results, keys of dictionaries among them."""
    if isinstance(value, dict):
        value = list(value.items())
    if isinstance(value, (tuple, list)):
        for one in value:
            flat(one, into)
    else:
        into.append(value)
    return into


def migrated(netwright, folder, body, inputs, may_refuse):
    """What the program gives in PyTorch, and its translation in Keras; None where the translation is refused."""
    source = HEAD % ", ".join(inputs) + "".join(f"        {line}\n" for line in body.splitlines())
    path = folder / f"model{next(NUMBERS)}.py"
    path.write_text(source)
    specifications = [f"--input={name}={TYPES[str(value.dtype)]}[{','.join(map(str, value.shape))}]" for name, value in inputs.items()]
    ran = netwright("migrate", "--to", "keras", "--layout", "channels_first", "--entry", f"{path}:Net()", *specifications, "-o", folder / "out", path)
    if ran.returncode == 1 and may_refuse:
        return None
    assert ran.returncode == 0, (body, ran.stderr)
    names = {}
    exec(source, names)
    expected = names["Net"]().eval()(*[torch.tensor(value) for value in inputs.values()])
    spec = importlib.util.spec_from_file_location(path.stem, folder / "out" / path.name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result = module.Net()(*[keras.ops.convert_to_tensor(value) for value in inputs.values()])
    return flat(result, []), flat(expected, [])


def check(netwright, folder, body, inputs, tolerance=1e-5, may_refuse=False):
    both = migrated(netwright, folder, body, inputs, may_refuse)
    if both is None:
        return
    assert len(both[0]) == len(both[1]), body
    for ours, theirs in zip(*both):
        theirs = str(theirs).removeprefix("torch.") if isinstance(theirs, (torch.dtype, torch.device)) else theirs
        program.close(program._array(ours), program._array(theirs), tolerance, body)


def cases(function):
    """The calls of agree() that a test of the tables makes, its parametrised values filled in."""
    marks = [mark for mark in getattr(function, "pytestmark", []) if mark.name == "parametrize"]
    for values in itertools.product(*[mark.args[1] for mark in marks]):
        taken = []

        def take(text, tolerance=1e-5, gradient=True, traced=True, **inputs):
            taken.append((text, inputs or {"unused": np.zeros(2, "float32")}, tolerance))

        before = test_function_tables.agree, test_function_tables.refused
        test_function_tables.agree, test_function_tables.refused = take, lambda *args, **inputs: None
        try:
            function(*values)
        finally:
            test_function_tables.agree, test_function_tables.refused = before
        yield from taken


TESTS = [name for name, one in vars(test_function_tables).items() if name.startswith("test_") and "agree" in inspect.getsource(one)]


@pytest.mark.slow
@pytest.mark.parametrize("name", TESTS)
def test_each_case_of_the_tables_as_a_program(netwright, tmp_path, name):
    for text, inputs, tolerance in cases(getattr(test_function_tables, name)):
        if all(isinstance(value, np.ndarray) for value in inputs.values()):
            check(netwright, tmp_path, "return " + text, inputs, tolerance, may_refuse=True)  # but is never wrong


PROGRAMS = [
    """x = x.clone()
x[:, 0] = 1.0
x[:, 1:, ::2] += 2
return x""",
    """y = torch.zeros_like(x)
y[..., 0] = x[..., 1]
y[0] = x[1] * 2
return y""",
    """x = x.clone().add_(1).mul_(2)
x.relu_()
return x""",
    """y = x + 1
y += x
y *= 2
y -= 0.5
y /= 3
return y""",
    """out = []
for i in range(x.shape[1]):
    out.append(x[:, i].sum(-1))
return torch.stack(out, dim=1)""",
    """b, c, h = x.size()
return x.view(b, c * h).view(b, -1, c).permute(0, 2, 1).contiguous().view(-1)""",
    """mask = torch.triu(torch.ones(x.size(1), x.size(1)), diagonal=1).bool()
s = torch.matmul(x, x.transpose(-2, -1)) / math.sqrt(x.size(-1))
s = s.masked_fill(mask, float("-inf"))
return F.softmax(s, dim=-1) @ x""",
    """v, i = torch.topk(x, k=2, dim=1)
return v * i.float()""",
    """v, i = x.sort(dim=-1, descending=True)
return v, i""",
    """m = x.mean(dim=(1, 2), keepdim=True)
s = x.std(dim=(1, 2), keepdim=True, unbiased=False)
return (x - m) / (s + 1e-5)""",
    """a, b = x.chunk(2, dim=-1)
return a * torch.sigmoid(b)""",
    """q, k, v = torch.cat([x, x * 2, x * 3], dim=-1).split(x.size(-1), dim=-1)
return F.scaled_dot_product_attention(q, k, v)""",
    """pos = torch.arange(x.size(1), device=x.device).unsqueeze(1).float()
div = torch.exp(torch.arange(0, x.size(2), 2).float() * (-math.log(10000.0) / x.size(2)))
pe = torch.zeros(x.size(1), x.size(2))
pe[:, 0::2] = torch.sin(pos * div)
pe[:, 1::2] = torch.cos(pos * div)
return x + pe.unsqueeze(0)""",
    """idx = x.argmax(dim=-1)
onehot = F.one_hot(idx, num_classes=x.size(-1)).type_as(x)
return x * onehot""",
    """n = x.shape[1]
g = torch.stack(torch.meshgrid(torch.arange(n), torch.arange(n), indexing="ij"))
flat = torch.flatten(g, 1)
rel = flat[:, :, None] - flat[:, None, :]
rel = rel.permute(1, 2, 0).contiguous()
rel[:, :, 0] += n - 1
rel[:, :, 1] += n - 1
rel[:, :, 0] *= 2 * n - 1
idx = rel.sum(-1)
table = torch.linspace(0, 1, (2 * n - 1) ** 2)
return table[idx.view(-1)].view(n, n, n, n)[0, 0] + x.sum()""",
    """return x.max(dim=1)[0], x.max(1).values, x.max(1, keepdim=True).indices""",
    """return torch.where(x > 0, x, torch.zeros_like(x)), torch.where(x > 0, 1, 0), (x > 0).float().mean()""",
    """y = x if x.dim() == 3 else x.unsqueeze(0)
return y.flatten(1) if self.training else y.flatten(0, 1)""",
    """keep = 1 - 0.2
shape = (x.shape[0],) + (1,) * (x.ndim - 1)
r = keep + torch.rand(shape, dtype=x.dtype, device=x.device)
r.floor_()
return x.div(keep) * 0 + r * 0""",
    """half = x.shape[-1] // 2
x1, x2 = x[..., :half], x[..., half:]
return torch.cat((-x2, x1), dim=-1)""",
    """return x.new_zeros(x.shape[0], 2) + x.new_tensor([1.0, 2.0])""",
    """return einsum("b i d, b j d -> b i j", x, x)""",
    """x = x.unsqueeze(1).expand(-1, 3, -1, -1)
return x.reshape(-1, *x.shape[2:])""",
    """k = x.shape[1] % 2 == 0 and 2 or 3
return F.pad(x, (k // 2, (k - 1) // 2)), F.pad(x, [1, 1], "constant", -1)""",
    """return (x * 2).int() // 2, (x * 10).long() % 3, x // 0.5, x.round().bool()""",
    """i = torch.arange(6).view(2, 3)
return i / 2, i // 2, i % 2 == 0, i.float() / i.sum(), (i + 1).prod(), 2 ** i, i ** 2, -i""",
    """t = torch.tensor(2)
return x * t, x / t, t * 3, t.float().item() * x""",
    """w = torch.ones(4, 1, 3)
return F.conv1d(x.transpose(1, 2), w, padding=1, groups=4)""",
    """def f(a, b=1):
    return a * b
return f(x), f(x, b=2), [t + 1 for t in x.unbind(0)]""",
    """d = {"a": x, "b": x * 2}
return {k: v.sum(-1) for k, v in d.items()}""",
    """z = 0
for i, t in enumerate(x.split([1, 2], dim=1)):
    z = z + t.sum(1) * i
return z""",
    """return x.transpose(1, 2).softmax(dim=1).log().neg().exp().clamp(min=0.1).sqrt().rsqrt()""",
    """mask = x.sum(-1) > 0
y = x * mask.unsqueeze(-1)
return y, mask.all(), mask.any(dim=1), ~mask, mask & mask, mask.sum(), mask.float().mean(1)""",
    """x = x.permute(0, 2, 1)
return F.avg_pool1d(x, 2), F.max_pool1d(x, kernel_size=2, stride=1), F.adaptive_avg_pool1d(x, 2)""",
    """y = x.unsqueeze(1)
return F.interpolate(y, scale_factor=2), F.interpolate(y, size=(5, 7), mode="bilinear", align_corners=False), F.interpolate(y, size=y.shape[-2:], mode="bicubic")""",
    """return F.normalize(x, dim=-1), F.cosine_similarity(x, x + 1, dim=-1), x.norm(dim=-1, keepdim=True), torch.cdist(x, x)""",
    """return x.cumsum(1), x.flip(-1), x.roll(1, dims=1), x.tril(), torch.diagonal(x, dim1=-2, dim2=-1)""",
    """return x.detach() + x.data + x.cpu()""",
    """assert x.dim() == 3, "rank"
torch._assert(x.shape[0] == 2, "batch")
if torch.jit.is_scripting():
    return x
return x * 2""",
    """y = torch.empty(x.shape[0], 2)
y[:, 0] = x[:, 0, 0]
y[:, 1] = x[:, 0, 1]
return y""",
    """idx = torch.tensor([2, 0])
y = x[:, idx]
z = x.index_select(1, idx)
return y, z, x.gather(1, idx.view(1, 2, 1).expand(2, 2, 4))""",
    """y = torch.full((2, 3), -1e9)
y[:, 1] = 0
return x.sum(-1) + y""",
    """a = x.detach().clone().requires_grad_()
return a * 2""",
    """lens = torch.tensor([1, 3])
m = torch.arange(x.size(1))[None, :] < lens[:, None]
return x.masked_fill(~m[..., None], 0.0).sum(1) / lens[:, None]""",
    """s = torch.finfo(x.dtype).min
return torch.maximum(x, torch.tensor(s)), torch.clamp(x, min=torch.finfo(torch.float32).eps)""",
    """return x.amax(dim=(1, 2)), x.amin(1), torch.var(x, dim=-1), x.var(-1, unbiased=False), x.prod(-1), torch.logsumexp(x, dim=1)""",
    """return torch.repeat_interleave(x, 2, dim=1), x.repeat(1, 2, 1), x[:, None].expand(2, 5, 3, 4), torch.tile(x, (2, 1))""",
    """x, y = x[..., 0::2], x[..., 1::2]
return torch.stack((x, y), dim=-1).flatten(-2)""",
    """return sum([x, x * 2]), max(x.shape), min(x.size(0), 3) * x, len(x), abs(x)""",
    """return torch.baddbmm(torch.zeros(2, 3, 3), x, x.mT, beta=0, alpha=0.5), torch.addmm(torch.ones(3, 3), x[0], x[0].t())""",
    """return F.unfold(x.unsqueeze(1), 2), F.pixel_shuffle(x.view(1, 4, 2, 3), 2), F.glu(x, -1), F.gelu(x), F.gelu(x, approximate="tanh"), F.leaky_relu(x), F.elu(x), F.softplus(x)""",
    """h = x.new_zeros(x.size(0), 4)
for t in range(x.size(1)):
    h = torch.tanh(x[:, t] + 0.5 * h)
return h""",
    """while x.shape[1] > 1:
    x = x[:, :-1] + x[:, 1:]
return x""",
    """y = x[0]
y = y[y[:, 0].argsort()]
return y""",
    """return F.cross_entropy(x.reshape(-1, 4), torch.tensor([0, 1, 2, 3, 0, 1])), F.mse_loss(x, x * 2), F.l1_loss(x, torch.zeros_like(x), reduction="sum")""",
    """return torch.div(x, x.flip(0), rounding_mode="trunc"), torch.div(x * 5, 2, rounding_mode="trunc"), torch.div((x * 9).long(), 2, rounding_mode="trunc")""",
    """c = torch.view_as_complex(x.reshape(2, 3, 2, 2))
return c.angle(), torch.angle(x)""",
    """if torch._C._is_tracing():
    return x
return torch.zeros(2, 3, 4, device=None if x.get_device() < 0 else x.get_device()) + x""",
]


@pytest.mark.parametrize("body", PROGRAMS)
def test_programs_of_several_statements(netwright, tmp_path, body):
    check(netwright, tmp_path, body, {"x": np.random.default_rng(3).standard_normal((2, 3, 4)).astype("float32")})


def test_what_only_training_reaches_is_translated(netwright, tmp_path):
    body = """if not self.training:
    return x
shape = (x.shape[0],) + (1,) * (x.ndim - 1)
kept = x.new_empty(shape).bernoulli_(0.5)
kept.div_(0.5)
return x * kept"""
    check(netwright, tmp_path, body, {"x": np.ones((64, 3), "float32")})
    written = next((tmp_path / "out").glob("*.py"))
    names = {}
    exec(written.read_text(), names)
    result = np.asarray(names["Net"]()(keras.ops.ones((64, 3)), training=True))
    assert set(np.unique(result)) == {0.0, 2.0} and (result.min(1) == result.max(1)).all()
