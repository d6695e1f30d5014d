"""Each layer of torch.nn against its translation: results, gradients, and the results of a traced model, with copied weights."""

import pytest
from numbers_alike import check_adapter, check_layer, floats, integers, refused

ACTIVATIONS = (
    ["nn.ReLU()", "nn.ReLU(inplace=True)", "nn.ReLU6()", "nn.LeakyReLU()", "nn.LeakyReLU(0.2, True)", "nn.LeakyReLU(-0.2)", "nn.RReLU()", "nn.RReLU(0.1, 0.2)",
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
    check_adapter(text, floats(3, 4, 6))


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
