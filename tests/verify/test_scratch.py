"""Temporary folders of runs: gone when a run ends, and soon after one that was killed."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

PYTHON = str(pathlib.Path(__file__).resolve().parents[2] / "python")
HOLD = """import importlib.util, pathlib, sys, time
spec = importlib.util.spec_from_file_location("scratch", pathlib.Path(sys.argv[1], "netwright/verification/scratch.py"))
scratch = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scratch)
folder = scratch.Folder()
print(folder.name, flush=True)
if sys.argv[2:]:
    time.sleep(600)
folder.cleanup()
"""


@pytest.fixture
def start(tmp_path):
    """start(*arguments): a process that makes a folder, and the folder; with an argument it holds it until it is ended."""
    running = []

    def run(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, PYTHON, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )
        running.append(process)
        return process, process.stdout.readline().strip()

    yield run
    for process in running:
        process.kill()
        process.wait()


def test_a_folder_goes_with_its_run(start):
    process, folder = start()
    assert process.wait(60) == 0 and folder and not os.path.exists(folder)


def test_what_a_killed_run_has_left_goes_with_the_next(start):
    killed, stale = start("hold")
    busy, used = start("hold")
    assert os.path.exists(stale) and os.path.exists(used)
    killed.kill()
    killed.wait()
    assert os.path.exists(stale)
    assert start()[0].wait(60) == 0
    assert not os.path.exists(stale) and os.path.exists(used)


def test_a_folder_that_is_being_made_stays(start, tmp_path):
    young, old = tmp_path / "netwright-run-young", tmp_path / "netwright-run-old"
    young.mkdir()
    old.mkdir()
    os.utime(old, (time.time() - 7200,) * 2)
    assert start()[0].wait(60) == 0
    assert young.exists() and not old.exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "interrupted"])
def test_a_run_that_is_stopped_leaves_nothing(tmp_path, number):
    pytest.importorskip("torch")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    text = "import time\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def forward(self, x):\n        time.sleep(600)\n        return x + 0\n"
    for name, after in (("before", text), ("after", text.replace("+ 0", "+ 1"))):
        (tmp_path / f"{name}.py").write_text(after)
    command = [sys.executable, os.path.join(PYTHON, "netwright/__main__.py"), "verify", "--no-cache", "--jobs", "1"]
    process = subprocess.Popen(
        [*command, tmp_path / "before.py", tmp_path / "after.py"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while not list(temporary.glob("netwright-run-*/*.log")):  # until a child runs
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    assert process.wait(60) == 128 + number
    assert list(temporary.iterdir()) == []
