"""The scripts of the build: what is fetched is checked, what is embedded is followed."""

import importlib.util
import subprocess
import sys

import pytest


@pytest.fixture
def load(root, monkeypatch):
    def load_tool(name):
        monkeypatch.syspath_prepend(str(root / "tools"))
        spec = importlib.util.spec_from_file_location(name, root / "tools" / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    return load_tool


def make_archive(folder, hash_of, members=("pkg-1.0/a.c",)):
    import hashlib
    import io
    import tarfile
    path = folder / "pkg-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name in members:
            info = tarfile.TarInfo(name)
            info.size = 2
            archive.addfile(info, io.BytesIO(b"x\n"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if hash_of == "right" else "0" * 64
    return {"name": "pkg", "version": "1.0", "hash": digest}


def test_fetched_archive_is_unpacked_under_its_name(load, tmp_path):
    row = make_archive(tmp_path, "right")
    load("fetch_dependencies").unpack(row, tmp_path, tmp_path / "out")
    assert (tmp_path / "out/pkg/a.c").read_bytes() == b"x\n"


def test_fetched_archive_with_another_hash_is_refused(load, tmp_path):
    row = make_archive(tmp_path, "wrong")
    with pytest.raises(SystemExit, match="expected 0000"):
        load("fetch_dependencies").unpack(row, tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_fetched_archive_cannot_write_outside_its_folder(load, tmp_path):
    row = make_archive(tmp_path, "right", ("pkg-1.0/a.c", "pkg-1.0/../../b.c"))
    with pytest.raises(SystemExit, match="unexpected member"):
        load("fetch_dependencies").unpack(row, tmp_path, tmp_path / "out")


def test_embedded_tables(root, tmp_path):
    folder = tmp_path / "data"
    (folder / "b").mkdir(parents=True)
    (folder / "b/c.py").write_bytes(b"\x00\xff")
    (folder / "a.py").write_bytes(b"")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/a.pyc").write_bytes(b"no")
    command = [sys.executable, root / "tools/embed.py", tmp_path / "o.c", tmp_path / "o.d", f"catalog={folder}"]
    subprocess.run(command, check=True)
    text = (tmp_path / "o.c").read_text()
    assert text.index('{"a.py", catalog_0, 0u}') < text.index('{"b/c.py", catalog_1, 2u}')
    assert "0,255,\n0};" in text
    assert "nw_embedded_catalog_count = 2u" in text
    # A new file changes its folder, so the folders are inputs as well.
    assert f" {folder}/b " in (tmp_path / "o.d").read_text().replace("\n", " ")
