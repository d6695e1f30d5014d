"""The process that starts the children."""

import importlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
worker = importlib.import_module("netwright.verification.worker")


def test_what_a_child_had_to_import_late_is_loaded_for_those_after_it(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    record = tmp_path / "read"
    record.write_text(json.dumps({"files": [], "folders": [], "late": ["wave", "no_such_module"]}))
    worker.load_late(tmp_path / "of a child that was killed")
    assert "wave" not in sys.modules
    worker.load_late(record)
    assert "wave" in sys.modules
