"""Layers that move or resize, distances, embeddings and dropout."""

import numbers_alike as compare
import numpy as np
import pytest
from numbers_alike import check_adapter, check_layer, floats, grid, integers, refused


@pytest.mark.parametrize("text", ["nn.Unflatten(1, (2, 3))", "nn.Unflatten(-3, (3, -1))", "nn.PixelUnshuffle(2)", "nn.ChannelShuffle(2)", "nn.ChannelShuffle(3)"])
def test_moving(text):
    check_layer(text, floats(2, 6, 4, 8))


def test_pixel_shuffle():
    check_layer("nn.PixelShuffle(2)", floats(2, 8, 3, 5))
    check_layer("nn.PixelShuffle(3)", floats(9, 3, 5))
    check_layer("nn.PixelUnshuffle(2)", floats(3, 4, 6))


@pytest.mark.parametrize("text", ["nn.Unfold(3)", "nn.Unfold((2, 3), dilation=(1, 2), padding=(1, 0), stride=2)", "nn.Unfold(2, 1, 0, 2)"])
def test_unfold(text):
    check_layer(text, floats(2, 3, 7, 8))


@pytest.mark.parametrize("arguments", ["(4, 5), 2", "(7, 8), (2, 3), dilation=(1, 2), padding=(1, 0), stride=2", "6, 2, stride=2"])
def test_fold(arguments):
    unfold = "nn.Unfold(" + arguments.split(", ", 2 if arguments[0] == "(" else 1)[-1] + ")"
    size = {"(4": (4, 5), "(7": (7, 8), "6,": (6, 6)}[arguments[:2]]
    columns = eval(unfold, {"nn": compare.torch.nn})(compare.torch.zeros(2, 3, *size)).shape
    check_layer(f"nn.Fold({arguments})", floats(*columns))


@pytest.mark.parametrize("text", ["nn.CosineSimilarity()", "nn.CosineSimilarity(dim=-1, eps=1e-4)", "nn.PairwiseDistance()", "nn.PairwiseDistance(1)", "nn.PairwiseDistance(3.0, keepdim=True)",
                                  "nn.PairwiseDistance(float('inf'))", "nn.Bilinear(5, 5, 3)", "nn.Bilinear(5, 5, 3, bias=False)"])
def test_two_inputs(text):
    check_layer(text, floats(3, 4, 5), floats(3, 4, 5, seed=1))


def test_bilinear_of_other_widths():
    check_layer("nn.Bilinear(5, 2, 3)", floats(3, 5), floats(3, 2))


@pytest.mark.parametrize("text", grid("nn.Upsample({size}, mode={mode!r})", size=["size=(8, 13)", "scale_factor=2", "scale_factor=(1.5, 2.7)", "size=4", "scale_factor=0.6"], mode=["nearest", "nearest-exact", "bilinear", "bicubic", "area"])
                         + grid("nn.Upsample({size}, mode={mode!r}, align_corners=True)", size=["(8, 13)", "scale_factor=2", "4", "scale_factor=1.7", "1"], mode=["bilinear", "bicubic"])
                         + ["nn.Upsample(scale_factor=1.3, mode='bilinear', align_corners=False, recompute_scale_factor=True)", "nn.UpsamplingNearest2d(scale_factor=3)",
                            "nn.UpsamplingBilinear2d(scale_factor=2)", "nn.UpsamplingBilinear2d((9, 4))"])
def test_upsampling(text):
    check_layer(text, floats(2, 3, 5, 7))


def test_upsampling_of_signals_and_volumes():
    check_layer("nn.Upsample(scale_factor=2, mode='linear')", floats(2, 3, 7))
    check_layer("nn.Upsample(11, mode='linear', align_corners=True)", floats(2, 3, 7))
    check_layer("nn.Upsample(scale_factor=2)", floats(2, 3, 7))
    check_layer("nn.Upsample((4, 5, 6), mode='trilinear')", floats(2, 3, 3, 4, 5))
    check_layer("nn.Upsample(scale_factor=2)", floats(2, 3, 3, 4, 5))


def test_embedding():
    check_layer("nn.Embedding(10, 4)", integers(3, 5, limit=10))
    check_layer("nn.Embedding(10, 4, padding_idx=0)", integers(3, 5, limit=10))
    check_adapter("nn.Embedding(10, 4, padding_idx=-1)", integers(3, 5, limit=10))
    assert refused("nn.Embedding(10, 4, max_norm=1.0)")
    check_layer("nn.Embedding.from_pretrained(table)", integers(3, 5, limit=10), tensors={"table": floats(10, 4)})


@pytest.mark.parametrize("mode", ["mean", "sum", "max"])
def test_embedding_bag(mode):
    check_layer(f"nn.EmbeddingBag(10, 4, mode={mode!r})", integers(3, 5, limit=10))
    check_layer(f"nn.EmbeddingBag(10, 4, mode={mode!r})", integers(9, limit=10), np.array([0, 4, 4, 7]), symbolic=False)
    check_layer(f"nn.EmbeddingBag(10, 4, mode={mode!r}, include_last_offset=True)", integers(9, limit=10), np.array([0, 4, 6, 9]), symbolic=False)


def test_weighted_embedding_bag():
    check_layer("nn.EmbeddingBag(10, 4, mode='sum')", integers(3, 5, limit=10), per_sample_weights=floats(3, 5))
    check_layer("nn.EmbeddingBag(10, 4, padding_idx=1)", integers(3, 5, limit=10))


@pytest.mark.parametrize("text, shape", [("nn.Dropout(0.3)", (4, 500)), ("nn.Dropout1d(0.3)", (20, 30, 4)), ("nn.Dropout1d(0.3)", (300, 4)), ("nn.Dropout2d(0.3)", (20, 30, 4, 2)),
                                         ("nn.Dropout3d(0.3)", (20, 30, 2, 2, 2)), ("nn.AlphaDropout(0.3)", (4, 500)), ("nn.FeatureAlphaDropout(0.3)", (20, 30, 4))])
@pytest.mark.parametrize("adapter", [False, True])
def test_dropout(text, shape, adapter):
    compare.Layer(text, adapter=adapter).check(floats(*shape), symbolic=adapter is False and "1d" not in text)
    layer = compare.Layer(text, adapter=adapter)
    x = np.ones(shape, "float32")
    got = compare.keras.ops.convert_to_numpy(layer.layer(x, training=True))
    want = layer.module.train()(compare.torch.from_numpy(x)).numpy()
    values = np.unique(np.round(want, 4))
    assert np.isin(np.round(got, 4), values).all()
    assert abs((got == got.min()).mean() - 0.3) < 0.08
    channels = got.reshape(-1, np.prod(shape[-int(text[10]):])) if "d(" in text else None
    if "Feature" in text:
        channels = got.reshape(-1, shape[-1])
    assert channels is None or all(len(set(one)) == 1 for one in channels)
