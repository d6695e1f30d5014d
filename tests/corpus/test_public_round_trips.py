"""Public models there and back again, and both packs over a whole library: with a sanitizer, too, these are the programs that show a fault."""
import argparse
import pathlib

import pytest
import record
import run_round_trips
from renamed import renamed
from test_corpus import SITE, per_package

OPTIONS = argparse.Namespace(netwright=run_round_trips.NETWRIGHT, framework="torch", layout="channels_first")


@pytest.mark.parametrize("row", per_package(record.read(run_round_trips.HERE / "facts.tsv"), 1, {"pytorchcv": 3, "timm": 3, "torchvision": 3}),
                         ids=lambda r: f"{r['package']}-{pathlib.PurePath(r['file']).stem}-{r['entry'][:40]}")
def test_model(row):
    if not (SITE / row["file"]).exists():
        pytest.skip(f"{row['package']} is not installed in this environment")
    with renamed(SITE, [row]) as rows:
        found = run_round_trips.judge(OPTIONS, rows[0])
    assert "crash" not in found, found["crash"]
    assert "came back" not in found or "comments kept" in found, found["different"]


@pytest.mark.parametrize("pack", ["adopter", "torch"])
def test_library(netwright, pack):
    done = netwright("optimize", "--select", pack, "--check", "--jobs", 2, "--no-cache", SITE / "transformers/models", timeout=600)
    assert done.returncode in (0, 1) and "anitizer" not in done.stderr, done.stderr[-2000:]
    assert "modeling_bert.py" in done.stdout
