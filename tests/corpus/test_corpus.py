"""A fixed sample of the recorded public models: `netwright show` says what the framework said, or refuses with a reason."""
import collections
import pathlib
import sysconfig

import pytest
import record
import run_show

SITE = pathlib.Path(sysconfig.get_paths()["purelib"])


def per_package(rows, count, large):
    """The first and then evenly spread rows of each package, `count` of them or what `large` says: the same ones each time."""
    by_package = collections.defaultdict(list)
    for row in rows:
        by_package[row["package"]].append(row)
    wanted = {package: min(large.get(package, count), len(rows)) for package, rows in by_package.items()}
    return [rows[i * len(rows) // wanted[package]] for package, rows in by_package.items() for i in range(wanted[package])]


@pytest.mark.parametrize("row", per_package(record.read(run_show.HERE / "facts.tsv"), 1, {"pytorchcv": 12, "timm": 10, "torchvision": 8}),
                         ids=lambda r: f"{r['package']}-{pathlib.PurePath(r['file']).stem}-{r['entry'][:40]}")
def test_model(row):
    if not (SITE / row["file"]).exists():
        pytest.skip(f"{row['package']} is not installed in this environment")
    verdict, why, seconds = run_show.judge(run_show.NETWRIGHT, SITE, row)
    assert verdict in ("exact", "refused"), why
    assert seconds < 10
