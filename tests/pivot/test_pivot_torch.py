"""Two networks of PyTorch: what is the same by other means is equal, with a weight map that carries the numbers; mutants are not."""

import importlib.util
import sys

import pytest
from twin_networks import apply_map, network

CONV = "self.c = nn.Conv2d(4, 8, 3, stride=2, padding=1)"
# (input, source, others that are equal, others that are not); a network is (init, forward).
FAMILIES = {
    "convolution": ("f32[2,4,9,11]", (CONV, "return self.c(x)"), [
        ("self.weight = nn.Parameter(torch.zeros(8, 4, 3, 3))\nself.bias = nn.Parameter(torch.zeros(8))", "return F.conv2d(x, self.weight, self.bias, 2, 1)"),
        ("self.c = nn.Conv2d(4, 8, 3, stride=2, bias=False)\nself.b = nn.Parameter(torch.zeros(8))",
         "return self.c(F.pad(x, (1, 1, 1, 1))) + self.b.view(1, -1, 1, 1)"),
        ("self.c = nn.Sequential(nn.ZeroPad2d(1), nn.Conv2d(4, 8, 3, 2))", "return self.c(x)"),
        ("self.k = nn.Parameter(torch.zeros(3, 3, 4, 8))\nself.b = nn.Parameter(torch.zeros(8))", "return F.conv2d(x, self.k.permute(3, 2, 0, 1), self.b, stride=2, padding=(1, 1))"),
    ], [
        ("self.c = nn.Conv2d(4, 8, 3, stride=2, padding=0)", "return self.c(F.pad(x, (0, 2, 1, 1)))"),
        ("self.c = nn.Conv2d(4, 8, 3, stride=2, padding=1, bias=False)", "return self.c(x)"),
        ("self.c = nn.Conv2d(4, 8, 3, stride=2, padding=1, groups=2)", "return self.c(x)"),
        ("self.c = nn.Conv2d(4, 8, 3, stride=2, padding=2, dilation=2)", "return self.c(x)"),
        ("self.c = nn.Conv2d(4, 8, 3, stride=2, padding=1, padding_mode='reflect')", "return self.c(x)"),
        (CONV, "return self.c(x) + 1"), (CONV, "return self.c(x.flip(1))"), (CONV, "return self.c(-x)"), (CONV, "return self.c(x.flip(3))"),
        (CONV, "return self.c(x).relu()"),
        ("self.c = nn.Conv2d(4, 8, (3, 1), stride=2, padding=(1, 0))", "return self.c(x)"),
    ]),
    "linear": ("f32[3,5,4]", ("self.f = nn.Linear(4, 6)", "return self.f(x)"), [
        ("self.w = nn.Parameter(torch.zeros(4, 6))\nself.b = nn.Parameter(torch.zeros(6))", "return x @ self.w + self.b"),
        ("self.w = nn.Parameter(torch.zeros(6, 4))\nself.b = nn.Parameter(torch.zeros(6))", "return torch.einsum('bld,od->blo', x, self.w) + self.b"),
        ("self.w = nn.Parameter(torch.zeros(6, 4))\nself.b = nn.Parameter(torch.zeros(6))", "return F.linear(x.reshape(15, 4), self.w, self.b).view(3, 5, 6)"),
        ("self.f = nn.Linear(4, 6, bias=False)\nself.b = nn.Parameter(torch.zeros(1, 1, 6))", "return torch.add(self.b, self.f(x))"),
    ], [
        ("self.f = nn.Linear(4, 6, bias=False)", "return self.f(x)"),
        ("self.f = nn.Linear(4, 6)", "return self.f(x) * 2"), ("self.f = nn.Linear(4, 6)", "return self.f(x * 2)"),
        ("self.f = nn.Linear(5, 6)", "return self.f(x.transpose(1, 2))"), ("self.f = nn.Linear(4, 6)", "return self.f(x.transpose(0, 1).reshape(3, 5, 4))"),
        ("self.w = nn.Parameter(torch.zeros(6, 4))\nself.b = nn.Parameter(torch.zeros(6))", "return x @ self.w.reshape(4, 6) + self.b * 2 - self.b.flip(0)"),
    ]),
    "residual": ("f32[2,4,8,8]", ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)", "return F.relu(x + self.b(self.a(x)))"), [
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)\nself.r = nn.ReLU(inplace=True)", "y = self.b(self.a(x))\ny += x\nreturn self.r(y)"),
        ("self.a = nn.Conv2d(4, 4, 3, padding='same')\nself.b = nn.BatchNorm2d(4)", "return torch.clamp(torch.add(self.b(self.a(x)), x), min=0)"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)", "return torch.maximum(x + self.b(self.a(x)), torch.tensor(0.0))"),
    ], [
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)", "return F.relu(self.b(self.a(x)))"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)", "return F.relu(x - self.b(self.a(x)))"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)", "return x + F.relu(self.b(self.a(x)))"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4, eps=1e-3)", "return F.relu(x + self.b(self.a(x)))"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4, momentum=0.01)", "return F.relu(x + self.b(self.a(x)))"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4, affine=False)", "return F.relu(x + self.b(self.a(x)))"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)", "return F.leaky_relu(x + self.b(self.a(x)), 0.01)"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)", "return F.relu6(x + self.b(self.a(x)))"),
        ("self.a = nn.Conv2d(4, 4, 3, padding=1)\nself.b = nn.BatchNorm2d(4)", "return F.relu(x + self.a(self.b(x)))"),
    ]),
    "norms": ("f32[2,6,8]", ("self.n = nn.LayerNorm(8)\nself.g = nn.GroupNorm(3, 6)", "return self.g(self.n(x))"), [
        ("self.w = nn.Parameter(torch.ones(8))\nself.b = nn.Parameter(torch.zeros(8))\nself.g = nn.GroupNorm(3, 6)",
         "m = x.mean(-1, keepdim=True)\nv = ((x - m) ** 2).mean(-1, keepdim=True)\nreturn self.g((x - m) / torch.sqrt(v + 1e-5) * self.w + self.b)"),
        ("self.w = nn.Parameter(torch.ones(8))\nself.b = nn.Parameter(torch.zeros(8))\nself.g = nn.GroupNorm(3, 6)",
         "v, m = torch.var_mean(x, -1, unbiased=False, keepdim=True)\nreturn self.g(torch.rsqrt(v + 1e-5) * (x - m) * self.w + self.b)"),
    ], [
        ("self.n = nn.LayerNorm(8, eps=1e-6)\nself.g = nn.GroupNorm(3, 6)", "return self.g(self.n(x))"),
        ("self.n = nn.LayerNorm((6, 8))\nself.g = nn.GroupNorm(3, 6)", "return self.g(self.n(x))"),
        ("self.n = nn.LayerNorm(8)\nself.g = nn.GroupNorm(2, 6)", "return self.g(self.n(x))"),
        ("self.n = nn.LayerNorm(8)\nself.g = nn.GroupNorm(3, 6)", "return self.n(self.g(x))"),
        ("self.w = nn.Parameter(torch.ones(8))\nself.b = nn.Parameter(torch.zeros(8))\nself.g = nn.GroupNorm(3, 6)",
         "v, m = torch.var_mean(x, -1, keepdim=True)\nreturn self.g(torch.rsqrt(v + 1e-5) * (x - m) * self.w + self.b)"),
        ("self.w = nn.Parameter(torch.ones(8))\nself.b = nn.Parameter(torch.zeros(8))\nself.g = nn.GroupNorm(3, 6)",
         "m = x.mean(-1, keepdim=True)\nv = ((x - m) ** 2).mean(-1, keepdim=True)\nreturn self.g((x - m) / (torch.sqrt(v) + 1e-5) * self.w + self.b)"),
    ]),
    "pools": ("f32[2,4,9,9]", ("self.p = nn.MaxPool2d(3, 2, padding=1)", "return F.adaptive_avg_pool2d(self.p(x), 1).flatten(1)"), [
        ("self.p = nn.Identity()", "y = F.max_pool2d(F.pad(x, (1, 1, 1, 1), value=float('-inf')), 3, 2)\nreturn y.mean((2, 3))"),
        ("self.p = nn.Sequential(nn.MaxPool2d(3, 2, 1), nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten())", "return self.p(x)"),
        ("self.p = nn.MaxPool2d(3, 2, 1)", "y = self.p(x)\nreturn y.view(2, 4, -1).sum(-1) / 25"),
        ("self.p = nn.MaxPool2d(3, 2, 1)", "return torch.mean(self.p(x).permute(0, 2, 3, 1), dim=[1, 2])"),
    ], [
        ("self.p = nn.MaxPool2d(3, 2, padding=0)", "return F.adaptive_avg_pool2d(self.p(x), 1).flatten(1)"),
        ("self.p = nn.MaxPool2d(3, 2, padding=1)", "return F.adaptive_max_pool2d(self.p(x), 1).flatten(1)"),
        ("self.p = nn.AvgPool2d(3, 2, padding=1)", "return F.adaptive_avg_pool2d(self.p(x), 1).flatten(1)"),
        ("self.p = nn.MaxPool2d(2, 2, padding=1)", "return F.adaptive_avg_pool2d(self.p(x), 1).flatten(1)"),
        ("self.p = nn.MaxPool2d(3, 2)", "return F.adaptive_avg_pool2d(self.p(F.pad(x, (1, 1, 1, 1))), 1).flatten(1)"),
        ("self.p = nn.MaxPool2d(3, 2, padding=1)", "return self.p(x).mean((1, 3))[:, :4]"),
    ]),
    "average with padding": ("f32[1,3,7,7]", ("self.p = nn.AvgPool2d(3, 2, 1)", "return self.p(x)"), [
        ("self.p = nn.AvgPool2d(3, 2)", "return self.p(F.pad(x, [1, 1, 1, 1]))"),
        ("self.p = nn.AvgPool2d(3, 2, 1, ceil_mode=True)", "return self.p(x)"),
    ], [
        ("self.p = nn.AvgPool2d(3, 2, 1, count_include_pad=False)", "return self.p(x)"),
        ("self.p = nn.AvgPool2d(3, 2, 1, divisor_override=4)", "return self.p(x)"),
    ]),
    "movement": ("f32[2,6,4,5]", ("pass", "return x.view(2, 3, 2, 4, 5).transpose(1, 2).reshape(2, 6, 4, 5)"), [
        ("self.s = nn.ChannelShuffle(3)", "return self.s(x)"),
        ("pass", "return torch.einsum('bghij->bhgij', x.unflatten(1, (3, 2))).contiguous().view_as(x)"),
    ], [
        ("self.s = nn.ChannelShuffle(2)", "return self.s(x)"),
        ("pass", "return x"), ("pass", "return x.flip(1)"), ("pass", "return x.roll(1, 1)"),
        ("pass", "return x.transpose(2, 3).reshape(2, 6, 4, 5)"),
    ]),
    "slices": ("f32[4,6]", ("pass", "return torch.cat([x[:, 3:], x[:, :3]], 1)"), [
        ("pass", "return torch.roll(x, 3, 1)"), ("pass", "a, b = torch.split(x, 3, dim=-1)\nreturn torch.cat((b, a), dim=-1)"),
        ("pass", "return torch.hstack([x.narrow(1, 3, 3), x[..., :-3]])"),
    ], [
        ("pass", "return torch.roll(x, 2, 1)"), ("pass", "return torch.cat([x[:, 3:], x[:, 1:4]], 1)"), ("pass", "return torch.cat([x[2:], x[:2]], 0)"),
        ("pass", "return torch.cat([x[:, ::2], x[:, 1::2]], 1)"), ("pass", "return torch.cat([x[:, :3], x[:, 3:]], 1)"),
    ]),
    "arithmetic": ("f32[3,4]", ("self.s = nn.Parameter(torch.ones(4))", "return (x - self.s) / 2 + 3"), [
        ("self.s = nn.Parameter(torch.ones(4))", "return 0.5 * x - self.s * 0.5 + 1 + 2"),
        ("self.s = nn.Parameter(torch.ones(1, 4))", "return 3 + (x - self.s).div(2)"),
        ("self.s = nn.Parameter(torch.ones(4))", "x = x.clone()\nx -= self.s\nx /= 2\nreturn x.add_(3)"),
    ], [
        ("self.s = nn.Parameter(torch.ones(4))", "return (self.s - x) / 2 + 3"), ("self.s = nn.Parameter(torch.ones(4))", "return (x - self.s) / 2 - 3"),
        ("self.s = nn.Parameter(torch.ones(4))", "return (x - self.s) / 2 + 3.0001"), ("self.s = nn.Parameter(torch.ones(4))", "return (x + self.s) / 2 + 3"),
        ("self.s = nn.Parameter(torch.ones(4))", "return 2 / (x - self.s) + 3"), ("self.s = nn.Parameter(torch.ones(4))", "return (x - self.s) // 2 + 3"),
        ("self.s = nn.Parameter(torch.ones(4))", "return (x - self.s.exp()) / 2 + 3"), ("self.s = torch.ones(4)", "return (x - self.s) / 2 + 3"),
        ("self.s = nn.Parameter(torch.ones(3, 1))", "return (x - self.s) / 2 + 3"),
    ]),
    "activations": ("f32[3,4]", ("pass", "return F.silu(x) + F.gelu(x) + F.hardswish(x) + F.mish(x)"), [
        ("pass", "a = 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))\nb = x * F.relu6(x + 3) / 6\nreturn torch.sigmoid(x) * x + a + b + x * torch.tanh(F.softplus(x))"),
    ], [
        ("pass", "return F.silu(x) + F.gelu(x, approximate='tanh') + F.hardswish(x) + F.mish(x)"),
        ("pass", "return F.silu(x) + F.gelu(x) + F.hardsigmoid(x) + F.mish(x)"),
        ("pass", "return F.sigmoid(x) + F.gelu(x) + F.hardswish(x) + F.mish(x)"), ("pass", "return F.silu(x) + F.gelu(x) + F.hardswish(x) - F.mish(x)"),
    ]),
    "softmax": ("f32[2,3,4]", ("pass", "return x.softmax(-1)"), [("self.s = nn.Softmax(dim=2)", "return self.s(x)"), ("pass", "return F.softmin(-x, 2)")], [
        ("pass", "return x.softmax(1)"), ("pass", "return x.log_softmax(-1)"), ("pass", "return (2 * x).softmax(-1)"), ("pass", "return x.transpose(1, 2).softmax(-1).reshape(2, 3, 4)"),
    ]),
    "dropout": ("f32[3,4]", ("self.d = nn.Dropout(0.1)", "return self.d(x)"), [("pass", "return F.dropout(x, 0.1, self.training)")], [
        ("self.d = nn.Dropout(0.2)", "return self.d(x)"), ("self.d = nn.Identity()", "return self.d(x)"), ("self.d = nn.AlphaDropout(0.1)", "return self.d(x)"),
        ("pass", "return F.dropout(x, 0.1)"),
    ]),
    "attention": ("f32[2,5,8]", ("self.m = nn.MultiheadAttention(8, 2, batch_first=True)", "return self.m(x, x, x)[0]"), [
        ("self.qkv = nn.Linear(8, 24)\nself.o = nn.Linear(8, 8)",
         "q, k, v = self.qkv(x).reshape(2, 5, 3, 2, 4).permute(2, 0, 3, 1, 4)\na = (q @ k.transpose(-2, -1)) * 4 ** -0.5\n"
         "return self.o((a.softmax(-1) @ v).transpose(1, 2).reshape(2, 5, 8))"),
        ("self.q = nn.Linear(8, 8)\nself.k = nn.Linear(8, 8)\nself.v = nn.Linear(8, 8)\nself.o = nn.Linear(8, 8)",
         "q, k, v = [f(x).view(2, 5, 2, 4).transpose(1, 2) for f in (self.q, self.k, self.v)]\n"
         "return self.o(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))"),
        ("self.m = nn.MultiheadAttention(8, 2)", "y = x.transpose(0, 1)\nreturn self.m(y, y, y, need_weights=False)[0].transpose(0, 1)"),
    ], [
        ("self.m = nn.MultiheadAttention(8, 4, batch_first=True)", "return self.m(x, x, x)[0]"),
        ("self.m = nn.MultiheadAttention(8, 2, batch_first=False)", "return self.m(x, x, x)[0]"),
        ("self.m = nn.MultiheadAttention(8, 2, batch_first=True, dropout=0.1)", "return self.m(x, x, x)[0]"),
        ("self.m = nn.MultiheadAttention(8, 2, batch_first=True)", "return self.m(x, x, x.flip(1))[0]"),
        ("self.qkv = nn.Linear(8, 24)\nself.o = nn.Linear(8, 8)",
         "q, k, v = self.qkv(x).reshape(2, 5, 3, 2, 4).permute(2, 0, 3, 1, 4)\na = (q @ k.transpose(-2, -1)) * 8 ** -0.5\n"
         "return self.o((a.softmax(-1) @ v).transpose(1, 2).reshape(2, 5, 8))"),
        ("self.qkv = nn.Linear(8, 24)\nself.o = nn.Linear(8, 8)",
         "q, k, v = self.qkv(x).reshape(2, 5, 3, 2, 4).permute(2, 0, 3, 1, 4)\na = (q @ k.transpose(-2, -1)) * 4 ** -0.5\n"
         "return self.o((a.softmax(-2) @ v).transpose(1, 2).reshape(2, 5, 8))"),
    ]),
    "masked attention": ("f32[2,5,8]", ("self.m = nn.MultiheadAttention(8, 2, batch_first=True)\nself.register_buffer('k', torch.triu(torch.ones(5, 5, dtype=torch.bool), 1), persistent=False)",
                                        "return self.m(x, x, x, attn_mask=self.k)[0]"), [
        ("self.q = nn.Linear(8, 8)\nself.k = nn.Linear(8, 8)\nself.v = nn.Linear(8, 8)\nself.o = nn.Linear(8, 8)",
         "q, k, v = [f(x).view(2, 5, 2, 4).transpose(1, 2) for f in (self.q, self.k, self.v)]\n"
         "return self.o(F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).flatten(2))"),
    ], [
        ("self.m = nn.MultiheadAttention(8, 2, batch_first=True)", "return self.m(x, x, x)[0]"),
        ("self.m = nn.MultiheadAttention(8, 2, batch_first=True)\nself.register_buffer('k', torch.tril(torch.ones(5, 5, dtype=torch.bool), -1), persistent=False)", "return self.m(x, x, x, attn_mask=self.k)[0]"),
        ("self.m = nn.MultiheadAttention(8, 2, batch_first=True)\nself.register_buffer('k', torch.triu(torch.ones(5, 5), 1), persistent=False)", "return self.m(x, x, x, attn_mask=self.k)[0]"),
    ]),
    "recurrent": ("f32[5,2,3]", ("self.r = nn.LSTM(3, 4, num_layers=2)", "return self.r(x)[0]"), [
        ("self.a = nn.LSTM(3, 4)\nself.b = nn.LSTM(4, 4)", "return self.b(self.a(x)[0])[0]"),
        ("self.r = nn.LSTM(3, 4, 2, batch_first=True)", "return self.r(x.transpose(0, 1))[0].transpose(0, 1)"),
    ], [
        ("self.r = nn.LSTM(3, 4, num_layers=2, bias=False)", "return self.r(x)[0]"), ("self.r = nn.LSTM(3, 4, num_layers=1)", "return self.r(x)[0]"),
        ("self.r = nn.LSTM(3, 4, num_layers=2, batch_first=True)", "return self.r(x)[0]"), ("self.r = nn.GRU(3, 4, num_layers=2)", "return self.r(x)[0]"),
        ("self.r = nn.LSTM(3, 4, num_layers=2, dropout=0.5)", "return self.r(x)[0]"), ("self.r = nn.LSTM(3, 2, num_layers=2, bidirectional=True)", "return self.r(x)[0]"),
        ("self.r = nn.LSTM(3, 4, num_layers=2)", "return self.r(x.flip(0))[0].flip(0)"),
        ("self.r = nn.LSTM(3, 4, num_layers=2)", "h = torch.ones(2, 2, 4)\nreturn self.r(x, (h, h))[0]"),
    ]),
    "final states": ("f32[5,2,3]", ("self.r = nn.GRU(3, 4, bidirectional=True)", "return self.r(x)[1]"), [
        ("self.r = nn.GRU(3, 4, bidirectional=True)", "y = self.r(x)[0]\nreturn torch.stack([y[-1, :, :4], y[0, :, 4:]])"),
        ("self.a = nn.GRU(3, 4)\nself.b = nn.GRU(3, 4)", "return torch.cat([self.a(x)[1], self.b(x.flip(0))[1]])"),
    ], [
        ("self.r = nn.GRU(3, 4, bidirectional=True)", "y = self.r(x)[0]\nreturn torch.stack([y[-1, :, :4], y[-1, :, 4:]])"),
        ("self.a = nn.GRU(3, 4)\nself.b = nn.GRU(3, 4)", "return torch.cat([self.a(x)[1], self.b(x)[1]])"),
        ("self.r = nn.RNN(3, 4, bidirectional=True)", "return self.r(x)[1]"),
    ]),
    "in place": ("f32[2,6]", ("pass", "y = x * 2\nz = y[:, :3]\nz += 1\nreturn y"), [
        ("pass", "y = 2 * x\ny[:, :3] += 1\nreturn y"),
    ], [
        ("pass", "y = x * 2\nz = y[:, :3]\nz = z + 1\nreturn y"), ("pass", "y = x * 2\nz = y[:, 3:]\nz += 1\nreturn y"), ("pass", "y = x * 2\nz = y[:, :3]\nz += 2\nreturn y"),
    ]),
    "changed layers": ("f32[1,4,9,9]", ("self.c = nn.Conv2d(4, 4, 3)", "return self.c(x)"), [], [
        ("self.c = nn.Conv2d(4, 4, 3, stride=2)", "y = self.c(x)\nself.c.stride = (1, 1)\nreturn y"),
        ("self.c = nn.Conv2d(4, 4, 3)", "y = self.c(x)\nself.c.bias = nn.Parameter(torch.zeros(4))\nreturn y"),
    ]),
    "numbers": ("f32[3,4]", ("self.register_buffer('n', torch.ones(()))", "return x * 1.0"), [], [
        ("self.register_buffer('n', torch.ones(()))", "return x * self.n.item()"),
        ("self.n = nn.Parameter(torch.ones(()))", "return x * float(self.n)"),
        ("self.register_buffer('n', torch.ones(()))", "return x if self.n > 0 else -x"),
        ("self.register_buffer('n', torch.ones((), dtype=torch.int64))", "return torch.roll(x, int(self.n) - 1, 1)"),
        ("self.register_buffer('n', torch.zeros(2, dtype=torch.int64))", "return x[:, self.n[0]:]"),
    ]),
    "shared": ("f32[2,4]", ("self.f = nn.Linear(4, 4)", "return self.f(self.f(x))"), [
        ("self.a = nn.Linear(4, 4)\nself.b = self.a", "return self.b(self.a(x))"),
    ], [
        ("self.f = nn.Linear(4, 4)", "return self.f(x)"),
    ]),
    "tables": ("i64[2,3]<7", ("self.e = nn.Embedding(7, 4)", "return self.e(x)"), [
        ("self.e = nn.Parameter(torch.zeros(7, 4))", "return self.e[x]"), ("self.e = nn.Parameter(torch.zeros(4, 7))", "return F.embedding(x, self.e.t())"),
        ("self.e = nn.Embedding(7, 4, padding_idx=0)", "return self.e(x)"),
    ], [
        ("self.e = nn.Embedding(7, 4)", "return self.e(x + 0 * x).flip(-1)"), ("self.e = nn.Embedding(7, 4)", "return self.e(6 - x)"),
        ("self.e = nn.Embedding(7, 4, max_norm=1.0)", "return self.e(x)"),
    ]),
    "upsampling": ("f32[1,2,3,4]", ("pass", "return F.interpolate(x, scale_factor=2)"), [
        ("self.u = nn.Upsample(size=(6, 8))", "return self.u(x)"),
        ("pass", "return F.interpolate(x, scale_factor=2, mode='nearest-exact')"),
        ("pass", "return x[:, :, :, None, :, None].expand(-1, -1, -1, 2, -1, 2).reshape(1, 2, 6, 8)"),
    ], [
        ("pass", "return F.interpolate(x, scale_factor=2, mode='bilinear')"), ("pass", "return x.repeat(1, 1, 2, 2)"), ("pass", "return F.interpolate(x, size=(6, 9))[..., :8]"),
    ]),
    "cut transposed convolution": ("f32[1,4,5,5]", ("self.c = nn.ConvTranspose2d(4, 6, 4, 2, padding=1)", "return self.c(x)"), [
        ("self.c = nn.ConvTranspose2d(4, 6, 4, 2)", "return self.c(x)[..., 1:-1, 1:-1]"),
        ("self.c = nn.ConvTranspose2d(4, 6, 4, 2)", "return F.pad(self.c(x), (-1, -1, -1, -1))"),
    ], [
        ("self.c = nn.ConvTranspose2d(4, 6, 4, 2)", "return self.c(x)[..., :-2, :-2]"),
        ("self.c = nn.ConvTranspose2d(4, 6, 4, 2)", "return self.c(x)[..., 1:-1, 2:]"),
        ("self.c = nn.ConvTranspose2d(4, 6, 4, 2, bias=False)\nself.b = nn.Parameter(torch.zeros(6, 12, 12))", "return (self.c(x) + self.b)[..., 1:-1, 1:-1]"),
    ]),
    "transposed convolution": ("f32[1,4,5,5]", ("self.c = nn.ConvTranspose2d(4, 6, 3, 2, padding=1, output_padding=1)", "return self.c(x)"), [
        ("self.w = nn.Parameter(torch.zeros(4, 6, 3, 3))\nself.b = nn.Parameter(torch.zeros(6))", "return F.conv_transpose2d(x, self.w, None, 2, 1, 1) + self.b[:, None, None]"),
    ], [
        ("self.c = nn.ConvTranspose2d(4, 6, 4, 2, padding=1)", "return self.c(x)"),
        ("self.c = nn.ConvTranspose2d(4, 6, 3, 2, padding=1, output_padding=1)", "return self.c(x.flip(2)).flip(2)"),
        ("self.c = nn.ConvTranspose2d(4, 6, 3, 2, padding=1, output_padding=1)", "return self.c(x.transpose(2, 3)).transpose(2, 3) + x.mean()"),
    ]),
}
EQUAL = [(name, i) for name in FAMILIES for i in range(len(FAMILIES[name][2]))]
MUTANTS = [(name, i) for name in FAMILIES for i in range(len(FAMILIES[name][3]))]


@pytest.fixture
def pair(tmp_path, compare):
    """pair(family, other): the answer for the family's source and another network, and both files."""
    def run(family, other):
        size, source = FAMILIES[family][0], FAMILIES[family][1]
        files = []
        for name, given in (("source", source), ("target", other)):
            files.append(tmp_path / f"{name}.py")
            files[-1].write_text(network(*given))
        shape, _, limit = size.partition("<")
        return compare(files[0], "Net()", files[1], "Net()", shape), files
    return run


def load(path):
    spec = importlib.util.spec_from_file_location(f"pivot_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def fabricate(torch, size):
    shape, _, limit = size.partition("<")
    numbers = [int(n) for n in shape[shape.index("[") + 1:-1].split(",")]
    torch.manual_seed(3)
    return torch.randint(0, int(limit), numbers) if limit else torch.randn(numbers)


@pytest.mark.parametrize("family, index", EQUAL)
def test_the_same_by_other_means(pair, family, index):
    torch = pytest.importorskip("torch")
    answer, files = pair(family, FAMILIES[family][2][index])
    assert answer.equal, answer.sentence
    source, target = (load(path).Net().eval() for path in files)
    x = fabricate(torch, FAMILIES[family][0])
    with torch.no_grad():
        for tensor in source.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_(torch.rand_like(tensor) + 0.1)
        made = apply_map(answer.map["weights"], {name: tensor.numpy().copy() for name, tensor in source.state_dict().items()})
        target.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in made.items()}, strict=True)
        torch.testing.assert_close(source(x.clone()), target(x.clone()), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("family, index", MUTANTS)
def test_mutants_are_told_apart(pair, family, index):
    answer, _ = pair(family, FAMILIES[family][3][index])
    assert not answer.equal
    assert answer.sentence.startswith("the networks differ: ")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_network_equals_itself(pair, family):
    answer, _ = pair(family, FAMILIES[family][1])
    assert answer.equal, answer.sentence
    assert all(row["from"] == [row["name"]] and not row["ops"] for row in answer.map["weights"])
    assert answer.map["unused"] == []
