"""The process that starts the children, and what a child imports."""

import builtins
import importlib
import json
import pathlib
import sys
import sysconfig

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
worker = importlib.import_module("netwright.verification.worker")
late = importlib.import_module("netwright.verification.late")


@pytest.fixture
def imports(tmp_path, monkeypatch):
    """imports(job) times import statements; `slow_own` is the user's, `slow_installed` counts as installed and imports for a while."""
    installed, own = tmp_path / "site", tmp_path / "own"
    text = "import time\nstart = time.process_time()\nwhile time.process_time() < start + 0.15:\n    pass\n"
    for folder, name in ((installed, "slow_installed"), (installed, "slow_within"), (own, "slow_own")):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(("" if name == "slow_within" else "import slow_within\n") + text)
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(str(installed))
    monkeypatch.syspath_prepend(str(own))
    monkeypatch.setattr(late, "installed_folders", lambda: (f"{installed}/",))
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)
    return late.Imports


def test_what_is_installed_and_slow_to_import_is_noted(imports):
    found = imports({"module": "slow_own"})
    import slow_installed  # noqa: F401

    assert found.names == ["slow_installed"] and 0.3 <= found.processor


def test_the_users_own_code_is_never_noted(imports):
    found = imports({"module": "net"})
    import slow_own  # noqa: F401

    assert found.names == ["slow_within"]


def test_a_package_that_is_compared_is_never_noted(imports):
    found = imports({"module": "slow_installed.models.net"})
    import slow_installed  # noqa: F401

    assert found.names == ["slow_within"]


def test_what_is_loaded_already_is_left_out(tmp_path):
    record = tmp_path / "read"
    record.write_text(json.dumps({"late": ["json", "no_such_module"], "importing": [2.0, 1.5]}))
    assert worker.imported_late(record) == (["no_such_module"], [2.0, 1.5])
    assert worker.imported_late(tmp_path / "of a child that was killed") == ([], [0.0, 0.0])
    worker.import_all(["no_such_module"])


def test_where_packages_are_installed():
    assert any(sysconfig.get_path("purelib").startswith(folder.rstrip("/")) for folder in late.installed_folders())
