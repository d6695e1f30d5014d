"""A fixed sample of the recorded public models: `netwright show` says what the framework said, or refuses with a reason."""
import collections
import pathlib
import sysconfig

import pytest
import record
import run_show

SITE = pathlib.Path(sysconfig.get_paths()["purelib"])
PER_PACKAGE = 1
LARGE = {"pytorchcv": 12, "timm": 10, "torchvision": 8}


def sample():
    """The first and then evenly spread rows of each package: the same ones each time."""
    by_package = collections.defaultdict(list)
    for row in record.read(run_show.HERE / "facts.tsv"):
        by_package[row["package"]].append(row)
    for package, rows in by_package.items():
        count = min(LARGE.get(package, PER_PACKAGE), len(rows))
        yield from (rows[i * len(rows) // count] for i in range(count))


@pytest.mark.parametrize("row", sample(), ids=lambda r: f"{r['package']}-{pathlib.PurePath(r['file']).stem}-{r['entry'][:40]}")
def test_model(row):
    if not (SITE / row["file"]).exists():
        pytest.skip(f"{row['package']} is not installed in this environment")
    verdict, why, seconds = run_show.judge(run_show.NETWRIGHT, SITE, row)
    assert verdict in ("exact", "refused"), why
    assert seconds < 10
