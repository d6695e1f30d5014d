"""Convolution, transposed convolution, padding and pooling. Sizes with as many columns as channels are among the inputs: Keras on
TensorFlow may take one axis for the other then."""

import numbers_alike as compare
import pytest
from numbers_alike import check_adapter, check_layer, floats, grid, refused


@pytest.mark.parametrize("text", grid("nn.Conv2d(4, 8, {k}, stride={s}, padding={p}, dilation={d}, groups={g})",
                                      k=["1", "3", "(3, 2)"], s=["1", "(2, 3)"], p=["0", "(2, 0)"], d=["1", "(1, 3)"], g=["1", "2", "4"])
                         + grid("nn.Conv2d(4, 4, {k}, stride={s}, padding=1, dilation={d}, groups={g}, bias=False)",
                                k=["3", "(3, 2)"], s=["1", "2"], d=["1", "(2, 1)"], g=["1", "4"])
                         + grid("nn.Conv2d(4, 8, {k}, padding='same', dilation={d}, padding_mode={m!r}, bias={b})",
                                k=["2", "(4, 3)"], d=["1", "2"], m=["zeros", "reflect", "circular", "replicate"], b=["True", "False"])
                         + grid("nn.Conv2d(4, 8, 3, 2, padding={p}, padding_mode={m!r})", p=["1", "(2, 1)"], m=["reflect", "circular", "replicate"])
                         + ["nn.Conv2d(4, 11, 1, padding='valid')", "nn.Conv2d(4, 4, 1, bias=False)", "nn.Conv2d(4, 4, (3, 1), (1, 2), bias=False)",
                            "nn.Conv2d(4, 8, [3, 3], [1, 1], [1, 1])", "nn.Conv2d(4, 4, 3, (2, 1), 1, groups=4)", "nn.Conv2d(4, 4, 3, (1, 2), 2, 2, groups=4)",
                            "nn.Conv2d(4, 4, (3, 5), 2, 2, (1, 2), groups=4, bias=False)"])
def test_conv2d(text):
    check_layer(text, floats(2, 4, 13, 11))


@pytest.mark.parametrize("text", ["nn.Conv2d(8, 8, 1)", "nn.Conv2d(8, 8, 3, padding=1)", "nn.Conv2d(8, 8, 3, padding=1, groups=8)", "nn.Conv2d(8, 6, 3)", "nn.Conv2d(8, 8, 3, padding='same')",
                                  "nn.ConvTranspose2d(8, 16, 2, 2)", "nn.ConvTranspose2d(8, 8, 3, padding=1)"])
def test_as_many_columns_as_channels(text):
    check_layer(text, floats(2, 8, 5, 8))


@pytest.mark.parametrize("text", grid("nn.Conv1d(4, 8, {k}, stride={s}, padding={p}, dilation={d}, groups={g}, bias={b})", k=["1", "(3,)"], s=["1", "2"], p=["0", "2"],
                                      d=["1", "2"], g=["1", "4"], b=["True", "False"])
                         + ["nn.Conv1d(4, 4, 3, padding='same')", "nn.Conv1d(4, 4, 4, padding='same', padding_mode='circular')", "nn.Conv1d(4, 4, 3, 1, 1, 1, 4, False)"])
def test_conv1d(text):
    check_layer(text, floats(2, 4, 12))
    check_layer(text, floats(2, 4, 8))


@pytest.mark.parametrize("text", ["nn.Conv3d(4, 6, 2)", "nn.Conv3d(4, 6, 3, padding=1, bias=False)", "nn.Conv3d(4, 6, (1, 2, 3), (1, 2, 1), (0, 1, 2))", "nn.Conv3d(4, 4, 2, groups=2)",
                                  "nn.Conv3d(4, 4, 3, padding='same', padding_mode='replicate')", "nn.Conv3d(4, 6, 2, 2, dilation=2, bias=False)", "nn.Conv3d(4, 4, 1, groups=4)"])
def test_conv3d(text):
    check_layer(text, floats(2, 4, 5, 6, 7))
    check_layer(text, floats(2, 4, 5, 6, 6))


TRANSPOSED = grid("nn.ConvTranspose2d(4, 6, {k}, stride={s}, padding={p}, output_padding={o}, dilation={d})", k=["2", "(4, 3)"], s=["2", "(3, 2)"], p=["0", "(1, 0)"],
                  o=["0", "(1, 0)", "1"], d=["1", "(2, 3)"]) + [
    "nn.ConvTranspose2d(4, 6, 1, 2)", "nn.ConvTranspose2d(4, 6, 1, 3, output_padding=2)", "nn.ConvTranspose2d(4, 6, 2, 2, bias=False)", "nn.ConvTranspose2d(4, 6, 3, bias=False)",
    "nn.ConvTranspose2d(4, 8, 3, 2, 1, 1, groups=2)", "nn.ConvTranspose2d(4, 4, 4, 2, 1, groups=4, bias=False)"]


@pytest.mark.parametrize("text", TRANSPOSED)
def test_conv_transpose2d(text):
    check_layer(text, floats(2, 4, 5, 6))


def test_conv_transpose_with_a_given_size():
    check_layer("nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1)", floats(2, 4, 5, 6), output_size=(10, 12))
    check_layer("nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1)", floats(2, 4, 5, 6), output_size=[2, 6, 9, 12])


@pytest.mark.parametrize("text", ["nn.ConvTranspose1d(4, 6, 3)", "nn.ConvTranspose1d(4, 6, 4, 2, 1)", "nn.ConvTranspose1d(4, 6, 3, 2, 1, 1, 2)", "nn.ConvTranspose1d(4, 6, 2, 2, bias=False)"])
def test_conv_transpose1d(text):
    check_layer(text, floats(2, 4, 7))


@pytest.mark.parametrize("text", ["nn.ConvTranspose3d(4, 6, 2, 2)", "nn.ConvTranspose3d(4, 6, (1, 2, 3), (1, 2, 1), 0, 0, 2)", "nn.ConvTranspose3d(4, 4, 3, 2, 1, 1, bias=False)",
                                  "nn.ConvTranspose3d(4, 6, 2, 2, bias=False)"])
def test_conv_transpose3d(text):
    check_layer(text, floats(1, 4, 3, 4, 5))


@pytest.mark.parametrize("text, shape", [("nn.Conv1d(4, 6, 3, padding=1)", (4, 7)), ("nn.Conv2d(4, 6, 3, 2)", (4, 7, 8)), ("nn.Conv3d(4, 6, 2)", (4, 3, 4, 5)),
                                         ("nn.ConvTranspose1d(4, 6, 3, 2)", (4, 7)), ("nn.ConvTranspose2d(4, 6, 3, 2, 1, 1)", (4, 5, 6)), ("nn.MaxPool1d(2)", (4, 7)),
                                         ("nn.MaxPool2d(3, 2, 1)", (4, 7, 8)), ("nn.MaxPool2d(2, return_indices=True)", (4, 7, 8)), ("nn.AvgPool2d(3, 2, 1)", (4, 7, 8)),
                                         ("nn.AvgPool3d(2)", (4, 3, 4, 5)), ("nn.LPPool2d(2, 2)", (4, 7, 8)), ("nn.AdaptiveAvgPool2d(3)", (4, 7, 8)),
                                         ("nn.AdaptiveMaxPool1d(3)", (4, 7)), ("nn.InstanceNorm1d(4)", (4, 7)), ("nn.InstanceNorm2d(4, affine=True)", (4, 7, 8)),
                                         ("nn.InstanceNorm3d(4, affine=True, track_running_stats=True)", (4, 3, 4, 5))])
def test_without_a_batch_axis(text, shape):
    check_adapter(text, floats(*shape), symbolic=False)


PADS = {1: ["1", "(2, 3)", "(0, 1)"], 2: ["1", "(2, 3, 1, 0)", "(0, 1, 0, 0)"], 3: ["1", "(2, 1, 1, 0, 1, 2)"]}


@pytest.mark.parametrize("text", [f"nn.{kind}Pad{n}d({width})" for kind in ("Circular", "Reflection", "Replication", "Zero") for n in PADS for width in PADS[n]]
                         + [f"nn.ConstantPad{n}d({width}, {value})" for n in PADS for width in PADS[n] for value in (0, 3.5, -1)]
                         + ["nn.ZeroPad2d((-1, 2, 0, -2))", "nn.ZeroPad2d(-1)", "nn.ConstantPad1d((-2, 1), 1.5)"])
def test_padding(text):
    n = int(text.split("Pad")[1][0])
    check_layer(text, floats(*(2, 3, 4, 5, 6)[:n + 2]))
    if "nn.ZeroPad" not in text or "," in text:
        check_layer(text, floats(*(3, 4, 5, 6)[:n + 1]), symbolic=False)


POOLS = (grid("nn.MaxPool2d({k}, {s}, {p}, ceil_mode={c})", k=["2", "3", "(3, 2)"], s=["None", "2", "(3, 1)"], p=["0", "1"], c=["False", "True"])
         + grid("nn.MaxPool2d({k}, {s}, {p}, {d}, ceil_mode={c})", k=["2", "(3, 2)"], s=["1", "2"], p=["0", "1"], d=["2", "(1, 3)"], c=["False", "True"])
         + grid("nn.AvgPool2d({k}, {s}, {p}, ceil_mode={c}, count_include_pad={i})", k=["2", "3", "(3, 2)"], s=["None", "2", "(3, 1)"], p=["0", "1"], c=["False", "True"],
                i=["False", "True"])
         + ["nn.AvgPool2d(2, divisor_override=3)", "nn.AvgPool2d(3, 2, 1, divisor_override=5, ceil_mode=True)", "nn.LPPool2d(2, 2)", "nn.LPPool2d(3, (2, 3), stride=1)",
            "nn.LPPool2d(2, 3, ceil_mode=True)"]
         + [f"nn.Adaptive{kind}Pool2d({size})" for kind in ("Avg", "Max") for size in (1, 2, 3, 4, 5, 7, 11, 13, (1, 1), (3, 5), (6, 4), (20, 17), (None, 3), (5, None), (1, None), [2, 3])])


@pytest.mark.parametrize("text", POOLS)
def test_pooling(text):
    low = 0.1 if "LPPool2d(3" in text else -2.0
    check_layer(text, floats(2, 4, 13, 11, low=low))
    check_layer(text, floats(2, 3, 7, 8, low=low))
    check_adapter(text, floats(2, 4, 13, 11, low=low))


@pytest.mark.parametrize("text", ["nn.MaxPool1d(2)", "nn.MaxPool1d(3, 2, 1)", "nn.MaxPool1d(3, 2, 1, 2, ceil_mode=True)", "nn.AvgPool1d(2)", "nn.AvgPool1d(3, 2, 1, True, False)",
                                  "nn.AvgPool1d((3,), stride=(1,))", "nn.LPPool1d(2, 3)", "nn.AdaptiveAvgPool1d(1)", "nn.AdaptiveAvgPool1d(5)", "nn.AdaptiveMaxPool1d(4)"])
def test_pooling1d(text):
    check_layer(text, floats(2, 4, 13))
    check_adapter(text, floats(2, 4, 13))


@pytest.mark.parametrize("text", ["nn.MaxPool3d(2)", "nn.MaxPool3d((2, 3, 1), 2, 1, 1, ceil_mode=True)".replace("3, 1)", "3, 2)"), "nn.AvgPool3d(2)", "nn.AvgPool3d(3, 2, 1, True, False)",
                                  "nn.AvgPool3d(2, divisor_override=3)", "nn.LPPool3d(2, 2)", "nn.AdaptiveAvgPool3d(1)", "nn.AdaptiveAvgPool3d((2, None, 3))", "nn.AdaptiveAvgPool3d((2, 4, 3))",
                                  "nn.AdaptiveMaxPool3d(2)", "nn.AdaptiveMaxPool3d((3, 4, 5))"])
def test_pooling3d(text):
    check_layer(text, floats(2, 3, 5, 6, 7))
    check_adapter(text, floats(2, 3, 5, 6, 7))


@pytest.mark.parametrize("text, shape", [("nn.MaxPool1d(2, return_indices=True)", (2, 3, 7)), ("nn.MaxPool2d(3, 2, 1, return_indices=True)", (2, 3, 7, 8)),
                                         ("nn.MaxPool2d((2, 3), ceil_mode=True, return_indices=True)", (2, 3, 7, 8)), ("nn.MaxPool3d(2, return_indices=True)", (1, 2, 4, 5, 4))])
def test_places_of_maxima(text, shape):
    check_layer(text, floats(*shape))


def test_unpooling():
    x = floats(2, 3, 6, 8)
    values, places = compare.torch.nn.functional.max_pool2d(compare.torch.from_numpy(x), 2, return_indices=True)
    check_layer("nn.MaxUnpool2d(2)", values.numpy(), places.numpy(), symbolic=False)
    check_layer("nn.MaxUnpool2d(2, stride=2)", values.numpy(), places.numpy(), output_size=(2, 3, 6, 8), symbolic=False)
    values, places = compare.torch.nn.functional.max_pool1d(compare.torch.from_numpy(x[0]), 2, return_indices=True)
    check_layer("nn.MaxUnpool1d(2)", values.numpy(), places.numpy(), symbolic=False)


@pytest.mark.parametrize("text", ["nn.AdaptiveMaxPool1d(2, return_indices=True)", "nn.FractionalMaxPool2d(2, output_size=3)"])
def test_refused(text):
    assert refused(text)
