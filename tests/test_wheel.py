"""The wheel: built by pip from the checkout, it brings the command and the package."""

import pathlib
import subprocess
import sys
import zipfile

import pytest


@pytest.mark.slow
def test_wheel_brings_the_command_and_the_package(root, netwright, tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, root]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    (wheel,) = tmp_path.glob("netwright-*.whl")
    # Nothing in it depends on the version of Python.
    assert "-py3-none-" in wheel.name
    with zipfile.ZipFile(wheel) as archive:
        (script,) = [name for name in archive.namelist() if name.endswith(".data/scripts/netwright")]
        for part in ("__init__", "__main__", "weights", "verification/__init__"):
            assert any(name.endswith(f"netwright/{part}.py") for name in archive.namelist()), part
        manual = [pathlib.PurePath(name).name for name in archive.namelist() if "/man/man1/" in name]
        assert {"netwright.1", "netwright-optimize.1", "netwright-migrate.1"} <= set(manual)
        archive.extract(script, tmp_path)
    binary = tmp_path / script
    binary.chmod(0o755)
    done = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == netwright("--version").stdout
