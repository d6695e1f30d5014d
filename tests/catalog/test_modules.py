"""nn.Module, the containers and nn.utils: what ordinary model code does with them, in both."""
import pytest

PRELUDE = """
class Block(nn.Module):
    def __init__(self, width=4, buffer=True):
        super().__init__()
        self.width = width
        self.conv = nn.Conv2d(3, width, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(width)
        if buffer:
            self.register_buffer("table", t(2, 3), persistent=False)
            self.register_buffer("scale", t(1))
        self.gain = nn.Parameter(t(width))
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


def names(it):
    return [name for name, _ in it]


def kinds(it):
    return [(name, type(m).__name__) for name, m in it]


net = nn.Sequential(OrderedDict([("first", Block()), ("second", nn.Sequential(nn.Linear(4, 4), nn.Tanh()))]))
x = t(2, 3, 5, 5)
"""

MODULE = """
net.state_dict()
names(net.named_parameters())
names(net.named_parameters("top", False))
names(net[0].named_parameters(recurse=False))
names(net.named_buffers())
kinds(net.named_modules())
kinds(net.named_modules(prefix="a"))
kinds(net.named_children())
[type(m).__name__ for m in net.modules()]
[type(m).__name__ for m in net.children()]
len(list(net.parameters())), len(list(net.buffers()))
net.get_submodule("first.conv")
net.get_submodule("")
net.get_submodule("first.nothing")
net.get_submodule("first.width")
net.get_parameter("first.gain")
net.get_parameter("first.table")
net.get_buffer("first.table")
net.get_buffer("first.gain")
net.train(False).training, net.first.bn.training
net.eval().second[1].training
net.train("yes")
net(x[..., :4]) if False else net[0](x)
net.half().state_dict()
net.double().first.table
net.to(torch.float16).first.conv.weight
net.to("cpu") is net
net.requires_grad_(False) is net, [p.requires_grad for p in net.parameters()]
net.zero_grad()
net.load_state_dict(net.state_dict())
sorted(net[0].__dict__) == sorted(Block().__dict__)
[m.extra_repr() for m in [nn.Identity()]]
net.apply(lambda m: None) is net
isinstance(net, nn.Module), isinstance(net[0].gain, nn.Parameter), isinstance(net[0].scale, nn.Parameter)
m = Block(); m.gain = None; m.state_dict()
m = Block(); m.gain = t(4); m
m = Block(); m.conv = None; list(m._modules)
m = Block(); m.conv = 3
m = Block(); m.conv = nn.Parameter(t(2)); (list(m._modules), list(m._parameters), m.state_dict())
m = Block(); m.gain = nn.Linear(2, 2); (list(m._modules), list(m._parameters))
m = Block(); m.scale = t(5); m.state_dict()
m = Block(); m.scale = nn.Parameter(t(5)); (list(m._buffers), m.state_dict())
m = Block(); m.table = nn.Parameter(t(5)); m.state_dict()
m = Block(); m.scale = 4
m = Block(); m.table = None; list(m.named_buffers())
m = Block(); m.gain = nn.Parameter(t(9)); list(m.state_dict())
m = Block(); m.width = nn.Linear(1, 1); (m, list(m._modules))
m = Block(); del m.gain; m.state_dict()
m = Block(); del m.conv; m.state_dict()
m = Block(); del m.table; (list(m._buffers), m._non_persistent_buffers_set)
m = Block(); del m.width; hasattr(m, "width")
m = Block(); del m.missing
m = Block(); m.missing
m = Block(); hasattr(m, "conv"), hasattr(m, "missing"), getattr(m, "missing", 7)
m = Block(); m.register_parameter("gain2", None); (m.gain2, list(m._parameters), list(m.state_dict()))
m = Block(); m.register_parameter("width", nn.Parameter(t(1)))
m = Block(); m.register_parameter("p", t(1))
m = Block(); m.register_parameter("a.b", nn.Parameter(t(1)))
m = Block(); m.register_parameter("", nn.Parameter(t(1)))
m = Block(); m.register_buffer("conv", t(1))
m = Block(); m.register_buffer("x", 3)
m = Block(); m.register_buffer("x", None); (m.x, list(m._buffers))
m = Block(); m.register_buffer("scale", t(2), persistent=False); list(m.state_dict())
m = Block(); m.add_module("tail", nn.Tanh()); (m, m(x))
m = Block(); m.add_module("tail", 3)
m = Block(); m.add_module("width", nn.Tanh())
m = Block(); m.add_module("a.b", nn.Tanh())
m = Block(); m.register_module("tail", nn.Tanh()); kinds(m.named_children())
m = Block(); setattr(m, "layer%d" % 1, nn.Linear(2, 3)); list(m.state_dict())
m = Block(); m.other = m.conv; (names(m.named_parameters()), list(m.state_dict()), kinds(m.named_children()))
m = Block(); m.tied = m.gain; (names(m.named_parameters()), names(m.named_parameters(remove_duplicate=False)))
m = Block(); m.conv.weight = m.gain; (list(m.state_dict()), len(list(m.parameters())))
m = Block(); m.buf = nn.Buffer(t(2)); (m, list(m.state_dict()))
m = Block(); m.buf = nn.Buffer(t(2), persistent=False); (list(m._buffers), list(m.state_dict()))
m = Block(); m.set_submodule("conv", nn.Conv2d(3, 4, 1)); m.conv.kernel_size
m = Block(); m.shapes = [nn.Linear(2, 2)]; list(m.state_dict())
nn.Module()(x)
nn.Module(3)
nn.Module(a=3)
repr(nn.Sequential())
repr(nn.Sequential(nn.Identity(), nn.Sigmoid()))
repr(nn.ModuleDict({"a": nn.Tanh()}))
repr(nn.Dropout(0.5))
str(nn.Linear(2, 3))
[n for n in dir(Block()) if n in ("conv", "gain", "scale", "width")]
m = Block(); seen = []; m.register_forward_hook(lambda mod, a, out: seen.append(tuple(out.shape))); m(x); seen
m = Block(); m.register_forward_hook(lambda mod, a, out: (out, 1)); m(x)
m = Block(); m.register_forward_pre_hook(lambda mod, a: (t(1, 3, 7, 7),)); m(x)
m = Block(); m.register_forward_pre_hook(lambda mod, a: t(1, 3, 7, 7)); m(x)
m = Block(); m.register_forward_pre_hook(lambda mod, a, k: (a, k), with_kwargs=True); m(x=x)
m = Block(); h = m.register_forward_hook(lambda mod, a, out: 5); h.remove(); m(x)
m = Block(); m.register_forward_hook(lambda mod, a, k, out: sorted(k), with_kwargs=True); m(x=x)
m = Block(); m.register_forward_hook(lambda *a: 1); m.register_forward_hook(lambda *a: 2, prepend=True); m(x)
import copy; m = copy.deepcopy(net); (m, m[0].gain is net[0].gain)
import copy; m = nn.Linear(2, 2); n = copy.deepcopy(nn.ModuleList([m, m])); (n[0] is n[1], n[0] is m)
"""

# A class that breaks the order of initialisation, or overrides what the framework calls.
CLASSES = """
class A(nn.Module):
    def __init__(self):
        self.layer = nn.Linear(2, 2)
        super().__init__()

A()
---
class A(nn.Module):
    def __init__(self):
        self.width = 3
        super().__init__()
        self.layer = nn.Linear(self.width, 2)

A()
---
class A(nn.Module):
    def __init__(self):
        self.p = nn.Parameter(t(2))

A()
---
class A(nn.Module):
    def __init__(self):
        self.register_buffer("b", t(2))

A()
---
class A(nn.Module):
    pass

A()(1)
---
class A(nn.Module):
    @property
    def weight(self):
        return self.inner.weight

    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(2, 3)

A().weight
---
class A(nn.Conv2d):
    def forward(self, x):
        w = self.weight * 1
        return F.conv2d(x, w, self.bias, self.stride, self.padding, self.dilation, self.groups)

m = A(3, 4, 3, padding=(1, 2))
(m, m(t(1, 3, 6, 6)))
---
class A(nn.Conv2d):
    def forward(self, x):
        return self._conv_forward(F.pad(x, self._reversed_padding_repeated_twice), self.weight, self.bias)

m = A(3, 4, 3, padding="same")
(m, m(t(1, 3, 6, 6)), m._reversed_padding_repeated_twice)
---
class A(nn.Conv2d):
    def __init__(self, c_in, c_out, k):
        super().__init__(c_in, c_out, k, padding=k // 2)
        self.register_buffer("mask", t(*self.weight.shape))

    def reset_parameters(self):
        super().reset_parameters()
        self.done = True

m = A(3, 4, 3)
(m, m(t(1, 3, 6, 6)))
---
class A(nn.BatchNorm2d):
    def _check_input_dim(self, x):
        pass

A(4)(t(2, 4))
---
class A(nn.modules.batchnorm._BatchNorm):
    def _check_input_dim(self, x):
        if x.dim() != 3:
            raise ValueError("no")

(A(4), A(4)(t(2, 4, 5)), isinstance(A(4), nn.modules.batchnorm._NormBase))
---
A = nn.modules.batchnorm._BatchNorm
A(4)(t(2, 4, 5))
---
class A(nn.Sequential):
    def __init__(self, i, o):
        super().__init__(nn.Conv2d(i, o, 3), nn.BatchNorm2d(o), nn.ReLU(True))
        self.out_channels = o

m = A(3, 4)
(m, m(t(1, 3, 6, 6)), len(m), type(m[:2]).__name__ if False else len(list(m)))
---
class A(nn.Sequential):
    def forward(self, x):
        for name, child in self.named_children():
            x = child(x) + 0
        return x

A(OrderedDict(a=nn.Linear(2, 3), b=nn.Linear(3, 4)))(t(5, 2))
---
class A(nn.ModuleList):
    def forward(self, x):
        return [m(x) for m in self]

A([nn.Linear(2, 3), nn.Linear(2, 4)])(t(5, 2))
---
class A(nn.LayerNorm):
    def forward(self, x):
        return F.layer_norm(x, self.normalized_shape, self.weight, self.bias, self.eps)

A((3, 4), elementwise_affine=False)(t(2, 3, 4))
---
class A(nn.Linear):
    pass

(A(2, 3), isinstance(A(2, 3), nn.Linear), issubclass(A, nn.Module))
---
class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(3, 4, batch_first=True, bidirectional=True)

    def forward(self, x):
        self.rnn.flatten_parameters()
        out, (h, c) = self.rnn(x)
        return out[:, -1] if False else out, h

A()(t(2, 5, 3))
---
class Mix:
    def __init__(self, *args, extra=1, **kwargs):
        super().__init__(*args, **kwargs)
        self.extra = extra

class A(Mix, nn.Linear):
    pass

A(2, 3, extra=5)
---
class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.items = nn.ParameterDict({"b": t(2), "a": t(3)})
        self.more = nn.ParameterList([t(1), nn.Parameter(t(2))])
        self.plain = {"x": nn.Linear(1, 1)}

(A(), list(A().state_dict()))
"""

CONTAINERS = """
nn.Sequential()
nn.Sequential(nn.Linear(2, 3), nn.ReLU())
nn.Sequential(OrderedDict([("a", nn.Linear(2, 3)), ("b", nn.ReLU())]))
nn.Sequential({"a": nn.Linear(2, 3)})
nn.Sequential([nn.Linear(2, 3)])
nn.Sequential(nn.Linear(2, 3), None)
nn.Sequential(nn.Linear(2, 3), 4)
nn.Sequential(*[nn.Linear(i, i + 1) for i in range(2, 5)])(t(1, 2))
s = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 4)); (s[0], s[-1], s[:2], s[1:], s[::-1], len(s))
s = nn.Sequential(OrderedDict(a=nn.Linear(2, 3), b=nn.ReLU())); (s[0], s.a, s[:1], s[-1])
s = nn.Sequential(nn.ReLU()); s[1]
s = nn.Sequential(nn.ReLU()); s["0"]
s = nn.Sequential(nn.ReLU(), nn.Tanh()); s[1] = nn.Linear(2, 2); s
s = nn.Sequential(nn.ReLU(), nn.Tanh(), nn.Linear(1, 1)); del s[0]; s
s = nn.Sequential(nn.ReLU(), nn.Tanh(), nn.Linear(1, 1)); del s[:2]; s
s = nn.Sequential(nn.ReLU()); s.append(nn.Tanh()); s
s = nn.Sequential(nn.ReLU()); s.append(nn.Tanh()).append(nn.Linear(1, 2)); s
s = nn.Sequential(nn.ReLU()); s.extend([nn.Tanh(), nn.Linear(1, 2)]); s
s = nn.Sequential(nn.ReLU(), nn.GELU()); s.insert(1, nn.Tanh()); s
s = nn.Sequential(nn.ReLU(), nn.GELU()); s.insert(-1, nn.Tanh()); s
s = nn.Sequential(nn.ReLU()); s.insert(5, nn.Tanh()); s
s = nn.Sequential(nn.ReLU()); s.insert(0, 3); s
s = nn.Sequential(nn.ReLU(), nn.GELU()); (s.pop(0), s)
s = nn.Sequential(nn.ReLU()) + nn.Sequential(nn.Tanh()); s
nn.Sequential(nn.ReLU()) + [nn.Tanh()]
s = nn.Sequential(nn.ReLU()); s += nn.Sequential(nn.Tanh()); s
s = nn.Sequential(nn.Linear(2, 2)) * 3; (s, s[0] is s[1])
s = 2 * nn.Sequential(nn.Linear(2, 2)); s
s = nn.Sequential(nn.Linear(2, 2)); s *= 2; s
nn.Sequential(nn.ReLU()) * 0
s = nn.Sequential(); s.add_module("conv", nn.Conv2d(3, 4, 1)); s.add_module("act", nn.ReLU()); (s, s(t(1, 3, 2, 2)))
s = nn.Sequential(nn.Linear(2, 2)); [type(m).__name__ for m in reversed(list(s))]
nn.ModuleList()
nn.ModuleList([nn.Linear(2, 3), nn.ReLU()])
nn.ModuleList(nn.Linear(i, 1) for i in range(1, 3))
nn.ModuleList([nn.Linear(2, 3)])(t(1, 2))
m = nn.ModuleList([nn.ReLU(), nn.Tanh(), nn.GELU()]); (m[1], m[-1], m[1:], m[::2], len(m), [type(x).__name__ for x in m])
m = nn.ModuleList([nn.ReLU()]); m[3]
m = nn.ModuleList([nn.ReLU(), nn.Tanh()]); m[0] = nn.Linear(1, 1); m
m = nn.ModuleList([nn.ReLU(), nn.Tanh()]); m[-1] = nn.Linear(1, 1); m
m = nn.ModuleList([nn.ReLU(), nn.Tanh()]); del m[0]; m
m = nn.ModuleList([nn.ReLU(), nn.Tanh(), nn.GELU()]); del m[1:]; m
m = nn.ModuleList(); m.append(nn.ReLU()); m.extend([nn.Tanh(), nn.GELU()]); m
m = nn.ModuleList(); m.extend(3)
m = nn.ModuleList([nn.ReLU(), nn.Tanh()]); m.insert(1, nn.GELU()); m
m = nn.ModuleList([nn.ReLU(), nn.Tanh()]); (m.pop(-1), m)
m = nn.ModuleList([nn.ReLU()]) + [nn.Tanh()]; m
m = nn.ModuleList([nn.ReLU()]); m += [nn.Tanh()]; m
m = nn.ModuleList([nn.ReLU()]); m.append(3)
m = nn.ModuleList([nn.ReLU()]); nn.ReLU() in m, m[0] in m
m = nn.ModuleList([nn.Linear(1, 1)] * 3); (list(m.state_dict()), len(list(m.parameters())))
m = nn.ModuleList([nn.ReLU(), None]); (len(m), m[1])
nn.ModuleDict()
nn.ModuleDict({"a": nn.Linear(2, 3), "b": nn.ReLU()})
nn.ModuleDict([["a", nn.Linear(2, 3)], ("b", nn.ReLU())])
nn.ModuleDict(OrderedDict(a=nn.Linear(2, 3)))
nn.ModuleDict(nn.ModuleDict({"a": nn.ReLU()}))
nn.ModuleDict(5)
nn.ModuleDict([["a", nn.ReLU(), 3]])
nn.ModuleDict([3])
m = nn.ModuleDict({"a": nn.ReLU(), "b": nn.Tanh()}); (m["a"], "a" in m, "c" in m, len(m), list(m), list(m.keys()), list(m.values()))
m = nn.ModuleDict({"a": nn.ReLU()}); m["c"]
m = nn.ModuleDict({"a": nn.ReLU()}); m["c"] = nn.Tanh(); m["a"] = nn.GELU(); m
m = nn.ModuleDict({"a": nn.ReLU()}); del m["a"]; m
m = nn.ModuleDict({"a": nn.ReLU()}); (m.pop("a"), m)
m = nn.ModuleDict({"a": nn.ReLU()}); m.update({"b": nn.Tanh()}); m.clear(); m
m = nn.ModuleDict({"a": nn.ReLU()}); m["keys"] = nn.Tanh()
m = nn.ModuleDict({"a": nn.ReLU()}); m["x.y"] = nn.Tanh()
[(k, type(v).__name__) for k, v in nn.ModuleDict({"a": nn.ReLU()}).items()]
nn.ParameterList([t(2), nn.Parameter(t(3)), 4, "x"])
m = nn.ParameterList([t(2), t(3)]); (m[0], m[-1], m[:1], len(m), [tuple(p.shape) for p in m])
m = nn.ParameterList(); m.append(t(2)); m.extend([t(3)]); m += [t(4)]; (m, list(m.state_dict()))
m = nn.ParameterList([t(2)]); m[0] = t(5); m
m = nn.ParameterList([t(2)]); m[4]
m = nn.ParameterList(t(2))
m = nn.ParameterList([t(2)]); m(1)
nn.ParameterDict({"b": t(2), "a": nn.Parameter(t(3))})
nn.ParameterDict([("b", t(2)), ("a", t(3))])
m = nn.ParameterDict({"b": t(2), "a": 5}); (m["b"], m["a"], "a" in m, len(m), list(m), list(m.keys()))
m = nn.ParameterDict({"b": t(2)}); m["c"] = t(4); del m["b"]; (m, list(m.items()), list(m.values()))
m = nn.ParameterDict({"b": t(2), "c": t(3)}); (m.pop("b"), m.popitem(), m)
m = nn.ParameterDict({"b": t(2)}); (m.get("x"), m.get("b"), m.setdefault("y", t(1)), m.copy())
m = nn.ParameterDict({"b": t(2)}); m.update({"z": t(1), "y": t(2)}); (m, m | nn.ParameterDict({"q": t(4)}))
m = nn.ParameterDict({"b": t(2)}); m.clear(); (m, m.fromkeys(["k"], 1))
nn.ParameterDict({1: t(2)})
nn.ParameterDict(3)
"""

UTILITIES = """
m = nn.utils.weight_norm(nn.Linear(3, 4)); (list(m.state_dict()), m.weight_g, m.weight_v, m.weight, m(t(2, 3)))
m = nn.utils.weight_norm(nn.Conv1d(3, 4, 5), dim=1); (m.state_dict(), m(t(2, 3, 9)))
m = nn.utils.weight_norm(nn.Linear(3, 4), dim=None); m.state_dict()
m = nn.utils.remove_weight_norm(nn.utils.weight_norm(nn.Linear(3, 4))); (m, m(t(2, 3)))
nn.utils.remove_weight_norm(nn.Linear(3, 4))
nn.utils.weight_norm(nn.utils.weight_norm(nn.Linear(3, 4)))
m = nn.utils.spectral_norm(nn.Conv2d(3, 4, 3)); (m.state_dict(), m.weight, m(t(1, 3, 5, 5)))
m = nn.utils.spectral_norm(nn.ConvTranspose2d(3, 4, 3)); m.state_dict()
m = nn.utils.remove_spectral_norm(nn.utils.spectral_norm(nn.Linear(3, 4))); list(m.state_dict())
m = nn.utils.parametrizations.weight_norm(nn.Conv1d(3, 4, 5)); (m.state_dict(), m.weight, m(t(2, 3, 9)))
m = nn.utils.parametrizations.weight_norm(nn.Linear(3, 4), dim=None); m.state_dict()
m = nn.utils.parametrizations.spectral_norm(nn.Conv2d(3, 4, 3)); (m.state_dict(), m(t(1, 3, 5, 5)))
m = nn.utils.parametrizations.spectral_norm(nn.ConvTranspose2d(3, 4, 3)); m.state_dict()
m = nn.utils.parametrizations.orthogonal(nn.Linear(3, 4)); (list(m.state_dict()), m.weight)
m = nn.utils.parametrizations.orthogonal(nn.Linear(4, 4)); (list(m.state_dict()), m(t(2, 4)))
m = nn.utils.parametrizations.weight_norm(nn.Linear(3, 4)); (nn.utils.parametrize.is_parametrized(m), nn.utils.parametrize.is_parametrized(m, "bias"))
m = nn.utils.parametrizations.weight_norm(nn.Linear(3, 4)); nn.utils.parametrize.remove_parametrizations(m, "weight"); (m, list(m.state_dict()))
nn.utils.parametrizations.weight_norm(nn.Linear(3, 4), name="other")
nn.utils.clip_grad_norm_(nn.Linear(2, 2).parameters(), 1.0)
nn.utils.parameters_to_vector(nn.Linear(2, 3).parameters())
nn.utils.vector_to_parameters(t(9), nn.Linear(2, 3).parameters())
nn.utils.fuse_conv_bn_eval(nn.Conv2d(3, 4, 3, bias=False).eval(), nn.BatchNorm2d(4).eval())
nn.utils.fuse_conv_bn_eval(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
nn.utils.fuse_linear_bn_eval(nn.Linear(3, 4).eval(), nn.BatchNorm1d(4).eval())
nn.utils.skip_init(nn.Linear, 2, 3)
nn.init.calculate_gain("relu"), nn.init.calculate_gain("leaky_relu", 0.2), nn.init.calculate_gain("tanh")
nn.init.calculate_gain("other")
nn.init._calculate_fan_in_and_fan_out(t(4, 3, 5, 5))
nn.init._calculate_fan_in_and_fan_out(t(4))
nn.init.kaiming_normal_(t(4, 3), mode="fan_out", nonlinearity="relu")
nn.init.kaiming_uniform_(t(4, 3), mode="other")
nn.init.xavier_uniform_(t(4))
nn.init.orthogonal_(t(4, 3)), nn.init.trunc_normal_(t(2), std=0.02), nn.init.constant_(t(2), 1), nn.init.eye_(t(2, 3))
nn.init.dirac_(t(4, 3, 3)), nn.init.sparse_(t(4, 3), 0.1)
nn.init.dirac_(t(4))
from torch.utils.checkpoint import checkpoint; checkpoint(nn.Linear(2, 3), t(4, 2), use_reentrant=False)
from torch.utils.checkpoint import checkpoint_sequential; checkpoint_sequential(nn.Sequential(nn.Linear(2, 3), nn.ReLU()), 2, t(4, 2), use_reentrant=False)
m = nn.DataParallel(nn.Linear(2, 3)); (list(m.state_dict()), m(t(4, 2)))
nn.modules.utils._pair(3), nn.modules.utils._pair([1, 2]), nn.modules.utils._triple(2), nn.modules.utils._ntuple(4)(1), nn.modules.utils._single(5)
nn.modules.utils._reverse_repeat_tuple((1, 2), 2), nn.modules.utils._list_with_default([None, 3], (4, 5, 6))
nn.Parameter(t(2, 3)), nn.Parameter(), nn.Parameter(t(2), requires_grad=False).requires_grad
isinstance(nn.Parameter(t(2)), torch.Tensor), isinstance(t(2), nn.Parameter), isinstance(nn.Linear(1, 1).weight.data, nn.Parameter)
nn.UninitializedParameter().shape
p = nn.UninitializedParameter(); p.materialize((2, 3)); (p, isinstance(p, nn.Parameter))
nn.parameter.is_lazy(nn.UninitializedParameter()), nn.parameter.is_lazy(t(2))
nn.modules.conv._ConvNd in nn.Conv2d.__mro__, nn.modules.module.Module is nn.Module, nn.modules.linear.Linear is nn.Linear
[c.__name__ for c in nn.BatchNorm2d.__mro__][:4], [c.__name__ for c in nn.ReLU6.__mro__][:3], [c.__name__ for c in nn.LSTM.__mro__][:3]
[c.__name__ for c in nn.LazyConv2d.__mro__], [c.__name__ for c in nn.ZeroPad2d.__mro__], [c.__name__ for c in nn.CrossEntropyLoss.__mro__]
"""


def lines(text):
    return [line.replace("; ", "\n") for line in text.strip().splitlines()]


@pytest.mark.parametrize("text", lines(MODULE))
def test_module(agree, text):
    agree(PRELUDE + text)


@pytest.mark.parametrize("text", [part.strip() for part in CLASSES.split("---")])
def test_classes(agree, text):
    agree(text)


@pytest.mark.parametrize("text", lines(CONTAINERS))
def test_containers(agree, text):
    agree(text)


@pytest.mark.parametrize("text", lines(UTILITIES))
def test_utilities(agree, text):
    agree(text)
