"""Normalisation: native layers, and the adapters that stand for classes as values and in inheritance."""

import numbers_alike as compare
import pytest
from numbers_alike import check_adapter, check_layer, floats

IMAGES = [(3, 4, 5, 6), (2, 4, 3, 4)]
BATCH = [("BatchNorm1d", [(3, 4), (3, 4, 5), (3, 4, 4)]), ("BatchNorm2d", IMAGES), ("BatchNorm3d", [(2, 4, 3, 2, 5), (2, 4, 3, 2, 4)]), ("SyncBatchNorm", IMAGES)]
ARGUMENTS = ["4", "4, eps=1e-3", "4, momentum=0.01", "4, affine=False", "4, bias=False"]


@pytest.mark.parametrize("name, shapes", BATCH)
@pytest.mark.parametrize("arguments", ARGUMENTS)
def test_batch_norm(name, shapes, arguments):
    for shape in shapes:
        check_layer(f"nn.{name}({arguments})", floats(*shape))


@pytest.mark.parametrize("name, shapes", BATCH[:3])
@pytest.mark.parametrize("arguments", ARGUMENTS + ["4, momentum=None", "4, track_running_stats=False"])
def test_batch_norm_adapters(name, shapes, arguments):
    for shape in shapes:
        check_adapter(f"nn.{name}({arguments})", floats(*shape))


@pytest.mark.parametrize("name", ["LazyBatchNorm1d", "LazyBatchNorm2d", "LazyBatchNorm3d"])
def test_lazy_batch_norm(name):
    check_layer(f"nn.{name}(eps=1e-4)", floats(*[3, 4, 2, 4, 3][:2 + int(name[-2])]))


@pytest.mark.parametrize("momentum", [0.3, None])
def test_running_statistics_of_the_adapters(momentum):
    layer = compare.Layer(f"nn.BatchNorm2d(4, momentum={momentum})", adapter=True)
    layer.module.train()
    for seed in range(3):
        x = floats(3, 4, 5, 6, seed=seed)
        compare.assert_same(layer.layer(x, training=True), layer.module(compare.torch.from_numpy(x)))
    for name in ("running_mean", "running_var"):
        compare.assert_same(getattr(layer.layer, name).value, getattr(layer.module, name))


@pytest.mark.parametrize("text", ["nn.LayerNorm(6)", "nn.LayerNorm((6,), eps=1e-6)", "nn.LayerNorm([5, 6])", "nn.LayerNorm((4, 5, 6))", "nn.LayerNorm(6, elementwise_affine=False)",
                                  "nn.LayerNorm(6, bias=False)", "nn.LayerNorm((5, 6), 1e-3, False)", "nn.RMSNorm(6)", "nn.RMSNorm([6], eps=1e-5)", "nn.RMSNorm((5, 6))",
                                  "nn.RMSNorm(6, 1e-3, False)"])
def test_layer_norm(text):
    check_layer(text, floats(3, 4, 5, 6))
    check_adapter(text, floats(3, 4, 5, 6))


@pytest.mark.parametrize("text", ["nn.GroupNorm(2, 4)", "nn.GroupNorm(4, 4, eps=1e-3)", "nn.GroupNorm(1, 4, affine=False)", "nn.GroupNorm(2, 4, bias=False)"])
@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 5), (2, 4, 3, 4), (2, 4, 3, 2, 5)])
def test_group_norm(text, shape):
    # Groups of one or two numbers cancel.
    check_layer(text, floats(*shape), gradient=len(shape) > 2, tolerance=1e-5 if len(shape) > 2 else 1e-4)
    check_adapter(text, floats(*shape), gradient=len(shape) > 2, tolerance=1e-5 if len(shape) > 2 else 1e-4)


@pytest.mark.parametrize("arguments", ["4", "4, affine=True", "4, 1e-3", "4, affine=True, bias=False", "4, track_running_stats=True", "4, affine=True, track_running_stats=True"])
@pytest.mark.parametrize("name, shape", [("InstanceNorm1d", (3, 4, 5)), ("InstanceNorm2d", (3, 4, 5, 4)), ("InstanceNorm3d", (2, 4, 3, 2, 5))])
def test_instance_norm(name, shape, arguments):
    check_layer(f"nn.{name}({arguments})", floats(*shape))
    check_adapter(f"nn.{name}({arguments})", floats(*shape))


@pytest.mark.parametrize("text", ["nn.LocalResponseNorm(2)", "nn.LocalResponseNorm(5, alpha=0.5, beta=0.5, k=2)", "nn.LocalResponseNorm(3, 0.1)"])
def test_local_response_norm(text):
    check_layer(text, floats(2, 6, 5, 4))
    check_layer(text, floats(2, 6, 5))
