"""Containers, registration, and the methods of modules."""

import numbers_alike as compare
import numpy as np
import pytest
import tables
from numbers_alike import check_layer, floats

SEQUENTIAL = [
    "nn.Sequential(nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.Flatten(), nn.LazyLinear(3))",
    "nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.Sequential(nn.Conv2d(4, 4, 1), nn.Tanh()), nn.Sequential())",
    "nn.Sequential(OrderedDict([('conv', nn.Conv2d(4, 6, 3)), ('act', nn.ReLU())]))",
    "nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Conv2d(6, 6, 3))[:2]",
    "nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))[2]",
    "nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))[-1]",
    "nn.Sequential(*list(nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Conv2d(6, 6, 3)))[:-1])",
    "nn.Sequential(nn.Conv2d(4, 6, 3)).append(nn.ReLU())",
    "nn.Sequential(*nn.Module.children(nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU())))",
    "(lambda act: nn.Sequential(nn.Conv2d(4, 6, 3), act, nn.Conv2d(6, 6, 3), act))(nn.ReLU())",
]


@pytest.mark.parametrize("text", SEQUENTIAL)
def test_sequential(text):
    check_layer(text, floats(2, 4, 7, 8))


def network(nn, tensor):
    """A class with each kind of registration."""
    def filled(*shape):
        return tensor(np.full(shape, 0.5, "float32"))

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.blocks = nn.ModuleList([nn.Linear(4, 4) for _ in range(2)])
            self.blocks.append(nn.Linear(4, 4))
            self.heads = nn.ModuleDict({"a": nn.Linear(4, 2), "b": nn.Linear(4, 2)})
            self.scales = nn.ParameterList([nn.Parameter(filled(4)) for _ in range(2)])
            self.shift = nn.Parameter(filled(1, 4))
            nn.Module.register_buffer(self, "offset", filled(4))
            nn.Module.register_buffer(self, "constant", filled(4), persistent=False)
            nn.Module.register_buffer(self, "nothing", None)
            nn.Module.register_parameter(self, "bias", None)
            nn.Module.add_module(self, "last", nn.LayerNorm(4))

        def forward(self, x):
            for block in self.blocks:
                x = block(x)
            x = x * self.scales[0] + self.shift * self.scales[1] - self.offset + self.constant
            x = self.last(x)
            assert self.nothing is None and self.bias is None
            return {name: head(x) for name, head in self.heads.items()}

        call = forward

    return Net()


def test_module_registration():
    check_layer("a network", floats(3, 4), make=network)


def derived(nn, tensor):
    """User code that derives from layers and uses their attributes."""
    class Standardized(nn.Conv2d):
        def forward(self, x):
            return self._conv_forward(x, self.weight * self.groups + self.stride[0] * self.in_channels, self.bias)

        call = forward

    class Block(nn.Sequential):
        def __init__(self, width):
            super().__init__(Standardized(4, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU(inplace=True))
            self.scale = 2.0

        def forward(self, x):
            result = super().forward(x) if nn is compare.torch.nn else super().call(x)
            return result * self.scale

        call = forward

    return Block(6)


def test_user_classes_that_derive_from_layers():
    check_layer("derived", floats(2, 4, 5, 6), make=derived)


def test_children():
    names = compare.namespaces()
    for nn in (names[0]["nn"], names[1]["nn"]):
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.first = nn.Linear(2, 2)
                self.number = 3
                self.second = nn.ReLU()
                self.blocks = nn.ModuleList([nn.ReLU()])

        net = Net()
        names = [name for name, _ in nn.Module.named_children(net)]
        assert names[-3:] == ["first", "second", "blocks"] or compare.keras.backend.backend() == "torch" and sorted(names) == ["blocks", "first", "second"]
        assert [child for child in nn.Module.children(net) if child is not net.blocks] == [net.first, net.second]


def test_modules():
    for nn in (compare.namespaces()[0]["nn"], compare.namespaces()[1]["nn"]):
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self._first = nn.Linear(2, 2)
                self.same = self._first
                self.blocks = nn.ModuleList([nn.ReLU(), nn.ModuleList([nn.Tanh()])])
                self.table = nn.ModuleDict({"a": nn.Sigmoid()})

        net = Net()
        inner = [net._first, net.blocks[0], net.blocks[1][0], net.table["a"]]
        found = [(name, module) for name, module in nn.Module.named_modules(net) if any(module is one for one in inner)]
        assert sorted(name for name, _ in found if "first" not in name and name != "same") == ["blocks.0", "blocks.1.0", "table.a"]
        assert len(found) == 4 and next(iter(nn.Module.modules(net))) is net
        assert [module for module in nn.Module.modules(net) if any(module is one for one in inner)] == [module for _, module in found]


def test_trees():
    tree = {"b": [1, (2, None)], "a": 3}
    for torch in (compare.torch, compare.namespaces()[1]["torch"]):
        pytree = torch.utils._pytree
        leaves, spec = pytree.tree_flatten(tree)
        assert leaves == [1, 2, None, 3] and pytree.tree_unflatten([4, 5, 6, 7], spec) == {"b": [4, (5, 6)], "a": 7}
        assert pytree.tree_map(lambda a, b: (a or 0) + (b or 0), tree, tree) == {"b": [2, (4, 0)], "a": 6}
        assert pytree.tree_unflatten(pytree.tree_flatten(5)[0], pytree.tree_flatten(5)[1]) == 5


def test_functions_that_are_handed_on():
    adapters = tables.load("torch", "keras").adapters
    parts = [np.ones((2, 3), "float32"), np.zeros((2, 3), "float32")]
    for name in ("cat", "stack"):
        for dim in (0, 1, -1):
            expected = getattr(compare.torch, name)([compare.torch.tensor(part) for part in parts], dim=dim)
            assert np.array_equal(adapters[f"torch.{name}"].target([compare.keras.ops.convert_to_tensor(part) for part in parts], dim=dim), expected.numpy())


@pytest.mark.parametrize("name", ["zeros", "ones", "empty"])
def test_creation_by_options(name):
    make = tables.load("torch", "keras").adapters[f"torch.{name}"].target
    value = 1 if name == "ones" else 0
    for made in (make((2, 3), device=None, dtype=None), make(2, 3, dtype="int64"), make(size=(2, 3), device="cpu"), make([2, 3])):
        assert tuple(made.shape) == (2, 3) and np.all(np.asarray(made) == value)
    assert tuple(make(4).shape) == (4,) and compare.keras.backend.standardize_dtype(make(4, dtype="int64").dtype) == "int64"


CONTEXTS = ["torch.no_grad()", "torch.inference_mode()", "torch.set_grad_enabled(False)", "torch.enable_grad()", "torch.autocast('cuda')", "torch.autocast('cpu', enabled=False)",
            "torch.cuda.amp.autocast(enabled=False)", "torch.backends.cuda.sdp_kernel(enable_math=True)", "torch.nn.attention.sdpa_kernel([torch.nn.attention.SDPBackend.MATH])"]


@pytest.mark.parametrize("text", CONTEXTS)
def test_blocks_that_change_no_values(text):
    target = compare.namespaces()[1]
    with eval(text, target):
        pass


def test_mixed_precision_is_left_alone():
    target = compare.namespaces()[1]
    with pytest.raises(NotImplementedError):
        eval("torch.autocast('cpu')", target)


@pytest.mark.parametrize("text", ["nn.Module.to(m, 'cuda')", "nn.Module.to(m, device='cpu')", "nn.Module.eval(m)", "nn.Module.cuda(m)", "nn.Module.float(m)", "nn.DataParallel(m)"])
def test_methods_that_change_nothing(text):
    target = compare.namespaces()[1]
    layer = target["nn"].ReLU()
    assert eval(text, target, {"m": layer}) is layer


@pytest.mark.parametrize("text", ["nn.Module.half(m)", "nn.Module.to(m, 'cpu', 'float16')", "nn.Module.register_forward_hook(m, print)"])
def test_methods_that_are_left_alone(text):
    target = compare.namespaces()[1]
    with pytest.raises(tables.Untranslated):
        eval(text, target, {"m": target["nn"].ReLU()})


def test_initialisers_are_dropped():
    found = tables.load("torch", "keras")
    names = [name for name in dir(compare.torch.nn.init) if name.endswith("_") and not name.startswith("_")]
    assert not [name for name in names if "torch.nn.init." + name not in found.dropped]


@pytest.mark.parametrize("text", ["einops.layers.torch.Rearrange('b c h w -> b (h w) c')", "einops.layers.torch.Rearrange('b c (h p) (w q) -> b (h w) (p q c)', p=2, q=3)",
                                  "einops.layers.torch.Reduce('b c h w -> b c', 'mean')", "einops.layers.torch.Reduce('b c (h p) (w q) -> b c h w', 'max', p=2, q=2)"])
def test_einops_layers(text):
    pytest.importorskip("einops")
    check_layer(text, floats(2, 3, 4, 6))
