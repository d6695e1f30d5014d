"""Losses as layers."""

import numpy as np
import pytest
from numbers_alike import check_layer, floats, integers, refused

REDUCTIONS = ["", "reduction='sum'", "reduction='none'"]


def text(name, *arguments):
    return f"nn.{name}({', '.join(one for one in arguments if one)})"


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name, argument", [("L1Loss", ""), ("MSELoss", ""), ("SmoothL1Loss", ""), ("SmoothL1Loss", "beta=0.4"), ("HuberLoss", ""), ("HuberLoss", "delta=0.6"),
                                            ("PoissonNLLLoss", ""), ("PoissonNLLLoss", "full=True"), ("SoftMarginLoss", "")])
def test_pairs_of_numbers(name, argument, reduction):
    check_layer(text(name, argument, reduction), floats(3, 4), floats(3, 4, seed=1))


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_probabilities(reduction):
    probability, target = floats(3, 4, low=0.05, high=0.95), floats(3, 4, low=0, high=1, seed=1)
    check_layer(text("BCELoss", reduction), probability, target)
    for argument in ("", "pos_weight=torch.tensor([1., 2., 3., 0.5])", "weight=torch.tensor([1., 2., 3., 0.5])"):
        if not argument:
            check_layer(text("BCEWithLogitsLoss", argument, reduction), floats(3, 4), target)
            check_layer(text("MultiLabelSoftMarginLoss", argument, reduction), floats(3, 4), target)
    check_layer(text("KLDivLoss", reduction or "reduction='batchmean'"), np.log(probability), target)
    check_layer(text("KLDivLoss", reduction, "log_target=True"), np.log(probability), np.log(target + 0.1))
    check_layer(text("GaussianNLLLoss", reduction), floats(3, 4), floats(3, 4, seed=1), floats(3, 4, low=0.1))


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("argument", ["", "ignore_index=1", "label_smoothing=0.2"])
def test_classes(reduction, argument):
    check_layer(text("CrossEntropyLoss", argument, reduction), floats(5, 4), integers(5, limit=4))
    check_layer(text("CrossEntropyLoss", argument, reduction), floats(2, 4, 3), integers(2, 3, limit=4))
    if "smoothing" not in argument:
        check_layer(text("NLLLoss", argument, reduction), floats(5, 4), integers(5, limit=4))


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_margins(reduction):
    sign = np.array([1.0, -1.0, 1.0], "float32")
    check_layer(text("MarginRankingLoss", "margin=0.3", reduction), floats(3), floats(3, seed=1), sign)
    check_layer(text("HingeEmbeddingLoss", reduction), floats(3), sign)
    check_layer(text("CosineEmbeddingLoss", "margin=0.1", reduction), floats(3, 4), floats(3, 4, seed=1), sign)
    check_layer(text("TripletMarginLoss", reduction), floats(3, 4), floats(3, 4, seed=1), floats(3, 4, seed=2))
    check_layer(text("TripletMarginLoss", "margin=0.5, swap=True", reduction), floats(3, 4), floats(3, 4, seed=1), floats(3, 4, seed=2))


@pytest.mark.parametrize("name", ["nn.MSELoss(size_average=False)", "nn.CTCLoss()"])
def test_refused(name):
    assert refused(name)
