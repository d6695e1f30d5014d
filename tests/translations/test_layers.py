"""Each layer of torch.nn against its translation: results, gradients, and the results of a traced model, with copied weights."""

import numpy as np
import pytest

from compare import check_layer, floats, grid, integers, refused

ACTIVATIONS = (
    ["nn.ReLU()", "nn.ReLU(inplace=True)", "nn.ReLU6()", "nn.LeakyReLU()", "nn.LeakyReLU(0.2, True)", "nn.RReLU()", "nn.RReLU(0.1, 0.2)",
     "nn.PReLU()", "nn.PReLU(4)", "nn.PReLU(init=0.1)", "nn.ELU()", "nn.ELU(0.5)", "nn.CELU()", "nn.CELU(2.0)", "nn.SELU()", "nn.GELU()",
     "nn.GELU('tanh')", "nn.GELU(approximate='none')", "nn.SiLU()", "nn.Mish()", "nn.Hardswish()", "nn.Hardsigmoid()", "nn.Hardtanh()",
     "nn.Hardtanh(-0.5, 0.75)", "nn.Hardtanh(0, 1)", "nn.Hardtanh(0, 6, inplace=True)", "nn.Sigmoid()", "nn.Tanh()", "nn.LogSigmoid()",
     "nn.Softplus()", "nn.Softplus(2)", "nn.Softplus(0.5, 0.3)", "nn.Softshrink()", "nn.Softshrink(0.2)", "nn.Hardshrink()", "nn.Hardshrink(1)",
     "nn.Tanhshrink()", "nn.Softsign()", "nn.Threshold(0.1, 20)", "nn.Threshold(-1, -0.5)", "nn.GLU()", "nn.GLU(1)", "nn.GLU(dim=-2)",
     "nn.Softmax(-1)", "nn.Softmax(dim=1)", "nn.Softmax(0)", "nn.Softmax()", "nn.Softmin()", "nn.Softmin(1)", "nn.LogSoftmax(-1)",
     "nn.LogSoftmax(1)", "nn.LogSoftmax()", "nn.Dropout()", "nn.Dropout(0.2, inplace=True)"])


@pytest.mark.parametrize("text", ACTIVATIONS)
def test_activations(text):
    check_layer(text, floats(3, 4, 6, low=-4, high=4))
    check_layer(text, floats(2, 4, 2, 6, low=-30, high=30))
    if "1" not in text or "PReLU" in text:
        check_layer(text, floats(2, 4))


@pytest.mark.parametrize("text", ["nn.Softmax2d()"])
def test_channel_activations(text):
    check_layer(text, floats(2, 4, 3, 5))


@pytest.mark.parametrize("text", ["nn.Linear(6, 5)", "nn.Linear(6, 5, bias=False)", "nn.Linear(6, 5, False, 'cpu')", "nn.LazyLinear(5)",
                                  "nn.Identity()", "nn.Identity(54, unused=3)"])
def test_linear(text):
    check_layer(text, floats(3, 6))
    check_layer(text, floats(2, 3, 4, 6))


@pytest.mark.parametrize("text", ["nn.Embedding(10, 4)", "nn.Embedding(10, 4, padding_idx=0)"])
def test_embedding(text):
    check_layer(text, integers(3, 5, limit=10))


def test_embedding_with_a_norm_is_refused():
    assert refused("nn.Embedding(10, 4, max_norm=1.0)")


@pytest.mark.parametrize("text", ["nn.Flatten()", "nn.Flatten(2)", "nn.Flatten(1, 2)", "nn.Flatten(0)", "nn.Flatten(-2, -1)", "nn.Flatten(0, 1)", "nn.Flatten(2, 2)"])
def test_flatten(text):
    check_layer(text, floats(2, 3, 4, 5))
    check_layer(text, floats(2, 3, 4))


# Sizes with as many columns as channels: Keras on TensorFlow may take one axis for the other then.
@pytest.mark.parametrize("text", grid("nn.Conv2d(4, 8, {k}, stride={s}, padding={p}, dilation={d}, groups={g})",
                                      k=["1", "3", "(3, 2)"], s=["1", "(2, 3)"], p=["0", "(2, 0)"], d=["1", "(1, 3)"], g=["1", "2", "4"])
                         + grid("nn.Conv2d(4, 4, {k}, stride={s}, padding=1, dilation={d}, groups={g}, bias=False)",
                                k=["3", "(3, 2)"], s=["1", "2"], d=["1", "(2, 1)"], g=["1", "4"])
                         + grid("nn.Conv2d(4, 8, {k}, padding='same', dilation={d}, padding_mode={m!r}, bias={b})",
                                k=["2", "(4, 3)"], d=["1", "2"], m=["zeros", "reflect", "circular", "replicate"], b=["True", "False"])
                         + grid("nn.Conv2d(4, 8, 3, 2, padding={p}, padding_mode={m!r})", p=["1", "(2, 1)"], m=["reflect", "circular", "replicate"])
                         + ["nn.Conv2d(4, 11, 1, padding='valid')", "nn.Conv2d(4, 4, 1, bias=False)", "nn.Conv2d(4, 4, (3, 1), (1, 2), bias=False)"])
def test_conv2d(text):
    check_layer(text, floats(2, 4, 13, 11))


@pytest.mark.parametrize("text", ["nn.Conv2d(8, 8, 1)", "nn.Conv2d(8, 8, 3, padding=1)", "nn.Conv2d(8, 8, 3, padding=1, groups=8)", "nn.Conv2d(8, 6, 3)", "nn.Conv2d(8, 8, 3, padding='same')"])
def test_as_many_columns_as_channels(text):
    check_layer(text, floats(2, 8, 5, 8))


@pytest.mark.parametrize("name, shapes", [("BatchNorm1d", [(3, 4), (3, 4, 5)]), ("BatchNorm2d", [(3, 4, 5, 6)]), ("BatchNorm3d", [(2, 4, 3, 2, 5)])])
@pytest.mark.parametrize("arguments", ["4", "4, eps=1e-3", "4, momentum=0.01", "4, affine=False", "4, bias=False"])
def test_batch_norm(name, shapes, arguments):
    for shape in shapes:
        check_layer(f"nn.{name}({arguments})", floats(*shape))
        check_layer(f"nn.{name}({arguments})", floats(*shape[:-1], 4))


@pytest.mark.parametrize("text", ["nn.LayerNorm(6)", "nn.LayerNorm((6,), eps=1e-6)", "nn.LayerNorm([5, 6])", "nn.LayerNorm((4, 5, 6))",
                                  "nn.LayerNorm(6, elementwise_affine=False)", "nn.LayerNorm(6, bias=False)", "nn.LayerNorm((5, 6), 1e-3, False)"])
def test_layer_norm(text):
    check_layer(text, floats(3, 4, 5, 6))


@pytest.mark.parametrize("text", ["nn.MaxPool2d(2)", "nn.MaxPool2d(3, 2)", "nn.MaxPool2d((3, 2), (2, 1))", "nn.AvgPool2d(2)", "nn.AvgPool2d(3, stride=2)",
                                  "nn.AvgPool2d((2, 3))"] + [f"nn.AdaptiveAvgPool2d({size})" for size in (1, 2, 3, 4, 5, 7, 11, 13, (1, 1), (3, 5), (6, 4), (20, 17))])
def test_pooling(text):
    check_layer(text, floats(2, 4, 13, 11))
    check_layer(text, floats(2, 3, 7, 8))


SEQUENTIAL = [
    "nn.Sequential(nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.Flatten(), nn.LazyLinear(3))",
    "nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.Sequential(nn.Conv2d(4, 4, 1), nn.Tanh()), nn.Sequential())",
    "nn.Sequential(OrderedDict([('conv', nn.Conv2d(4, 6, 3)), ('act', nn.ReLU())]))",
    "nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Conv2d(6, 6, 3))[:2]",
    "nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))[2]",
    "nn.Sequential(*list(nn.Sequential(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Conv2d(6, 6, 3)))[:-1])",
    "nn.Sequential(nn.Conv2d(4, 6, 3)).append(nn.ReLU())",
    "(lambda act: nn.Sequential(nn.Conv2d(4, 6, 3), act, nn.Conv2d(6, 6, 3), act))(nn.ReLU())",
]


@pytest.mark.parametrize("only_called", [False, True])
@pytest.mark.parametrize("text", SEQUENTIAL)
def test_sequential(text, only_called):
    if only_called and ("[" in text or "append" in text):
        return
    check_layer(text, floats(2, 4, 7, 8), only_called=only_called)


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
            nn.Module.add_module(self, "last", nn.LayerNorm(4))

        def forward(self, x):
            for block in self.blocks:
                x = block(x)
            x = x * self.scales[0] + self.shift * self.scales[1] - self.offset + self.constant
            x = self.last(x)
            return {name: head(x) for name, head in self.heads.items()}

        call = forward

    return Net()


def test_module_registration():
    check_layer("a network", floats(3, 4), make=network)
