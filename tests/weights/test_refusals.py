"""What does not fit is named, and nothing is written; files that are not what they say are refused."""

import io
import json
import os
import pickle
import struct
import subprocess
import sys
import zipfile

import h5py
import numpy as np
import pytest

SAME = [{"to": "a", "from": ["a"]}, {"to": "b", "from": ["b"]}]


@pytest.fixture
def source(tmp_path):
    np.savez(tmp_path / "source.npz", a=np.zeros((2, 3), "float32"), b=np.ones(4, "float32"))
    return tmp_path / "source.npz"


@pytest.mark.parametrize("weights, more, expected", [
    ([*SAME, {"to": "c", "from": ["c"]}], {}, "c: missing; c needs it"),
    (SAME[:1], {}, "b: left over"),
    ([*SAME, {"to": "a", "from": ["b"]}], {}, "a: made twice by the map"),
    ([{**SAME[0], "shape": [3, 2]}, SAME[1]], {}, "a: gives a the shape [2, 3], the model has [3, 2]"),
    ([{**SAME[0], "from_shapes": [[3, 2]]}, SAME[1]], {}, "a: its shape is [2, 3], the map says [3, 2]"),
    ([{**SAME[0], "ops": [["transpose", [0, 2, 1]]]}, SAME[1]], {}, "transpose [0, 2, 1] of a tensor of shape [2, 3]"),
    ([{**SAME[0], "ops": [["reshape", [5]]]}, SAME[1]], {}, "reshape [5] of a tensor of shape [2, 3]"),
    ([{**SAME[0], "ops": [["slice", 1, 2, 4]]}, SAME[1]], {}, "slice 2:4 of axis 1"),
    ([{**SAME[0], "ops": [["reorder", 1, 2, [1, 0]]]}, SAME[1]], {}, "reorder of 2 blocks"),
    ([{**SAME[0], "ops": [["twirl"]]}, SAME[1]], {}, "there is no operation 'twirl'"),
    ([{**SAME[0], "ops": [["transpose"]]}, SAME[1]], {}, "transpose takes 1 arguments, not 0"),
    ([{"to": "c", "from": ["a", "b"], "ops": [["add"]]}], {}, "add of tensors of shapes [2, 3], [4]"),
    ([{"to": "c", "from": ["a", "b"], "ops": []}], {}, "2 tensors are left"),
])
@pytest.mark.parametrize("extension", [".safetensors", ".weights.h5", ".pt"])
def test_what_does_not_fit_is_named(refused, source, tmp_path, weights, more, expected, extension):
    assert expected in refused(weights, source, tmp_path / f"target{extension}", **more)


def test_all_problems_are_listed_sorted(refused, source, tmp_path):
    lines = refused([{"to": f"t{i}", "from": [f"missing{i:02}"]} for i in range(30)], source, tmp_path / "target.pt").splitlines()
    assert lines[0] == "netwright weights: 32 problems, nothing was written"
    assert lines[1:3] == ["  a: left over; no target needs it", "  b: left over; no target needs it"]
    assert lines[3:-1] == [f"  missing{i:02}: missing; t{i} needs it" for i in range(18)] and lines[-1] == "  ... and 12 more"


def test_names_that_are_unused_on_purpose(convert, source, tmp_path):
    assert convert(SAME[:1], source, tmp_path / "target.pt", unused=["b", "not there at all"]).returncode == 0


@pytest.mark.parametrize("dtype, value", [("float32", 0.5), ("bfloat16", -3), ("int64", 7), ("bool", True)])
def test_fill(convert, source, tmp_path, dtype, value):
    torch = pytest.importorskip("torch")
    entry = {"to": "f", "from": [], "ops": [["fill", value, [2, 2], dtype]], "shape": [2, 2]}
    assert convert([entry], source, tmp_path / "target.pt", unused=["a", "b"]).returncode == 0
    assert torch.equal(torch.load(tmp_path / "target.pt")["f"], torch.full((2, 2), value, dtype=getattr(torch, dtype)))


def test_the_target_stays_as_it_was(convert, source, tmp_path):
    (tmp_path / "target.pt").write_bytes(b"before")
    assert convert(SAME[:1], source, tmp_path / "target.pt").returncode == 1
    assert (tmp_path / "target.pt").read_bytes() == b"before"


class Evil:
    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


@pytest.mark.parametrize("archive", [True, False])
def test_code_in_pickles_does_not_run(refused, tmp_path, archive):
    canary = tmp_path.parent / f"{tmp_path.name}-canary"
    evil = pickle.dumps({"a": Evil(f"touch {canary}")}, protocol=2)
    path = tmp_path / "evil.pt"
    if archive:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("archive/data.pkl", evil)
    else:
        path.write_bytes(pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2) + pickle.dumps({"little_endian": True}, 2) + evil)
    assert "it holds an object of posix.system" in refused(SAME, path, tmp_path / "target.npz")
    assert not canary.exists()


def test_whole_models_are_refused_with_advice(refused, tmp_path):
    torch = pytest.importorskip("torch")
    torch.save(torch.nn.Linear(2, 2), tmp_path / "model.pt")
    assert "save model.state_dict()" in refused(SAME, tmp_path / "model.pt", tmp_path / "target.npz")


def test_wrapped_state_dicts_are_found(convert, tmp_path):
    torch = pytest.importorskip("torch")
    torch.save({"epoch": 3, "state_dict": {"a": torch.ones(2), "b": torch.zeros(1)}}, tmp_path / "source.pth")
    assert convert(SAME, tmp_path / "source.pth", tmp_path / "target.npz").returncode == 0


def broken_files(folder):
    header = json.dumps({"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 12]}}).encode()
    yield "short.safetensors", struct.pack("<Q", len(header)) + header + bytes(12)
    header = json.dumps({"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}).encode()
    yield "beyond.safetensors", struct.pack("<Q", len(header)) + header + bytes(12)
    twice = b'{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}'
    yield "twice.safetensors", struct.pack("<Q", len(twice)) + twice + bytes(1)
    yield "huge.safetensors", struct.pack("<Q", 1 << 60)
    yield "empty.safetensors", b""
    yield "text.pt", b"not a checkpoint"
    yield "text.npz", b"not a checkpoint"
    yield "text.weights.h5", b"not a checkpoint"
    stream = io.BytesIO()
    np.savez(stream, a=np.array([{}], object))
    yield "objects.npz", stream.getvalue()


@pytest.mark.parametrize("name, content", broken_files(None), ids=lambda value: value if isinstance(value, str) else "")
def test_broken_files_are_refused(refused, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert name in refused(SAME, tmp_path / name, tmp_path / "target.npz")


def test_links_in_hdf5_are_refused(refused, tmp_path):
    with h5py.File(tmp_path / "source.weights.h5", "w") as file:
        file["a"] = h5py.ExternalLink("other.h5", "/x")
    assert "a is a link" in refused(SAME, tmp_path / "source.weights.h5", tmp_path / "target.npz")


@pytest.mark.parametrize("content", ["", "[]", '{"version": 2}', '{"version": 1, "weights": [{"to": 1}]}'])
def test_broken_maps_are_wrong_usage(netwright, source, tmp_path, content):
    (tmp_path / "map.json").write_text(content)
    done = netwright("weights", "--python", sys.executable, tmp_path / "map.json", source, tmp_path / "target.pt")
    assert done.returncode == 2 and "map.json" in done.stderr and not (tmp_path / "target.pt").exists()


def test_unknown_extensions_and_interpreters(netwright, source, tmp_path):
    (tmp_path / "map.json").write_text('{"version": 1, "weights": []}')
    done = netwright("weights", "--python", sys.executable, tmp_path / "map.json", source, tmp_path / "target.bin")
    assert done.returncode == 2 and ".safetensors" in done.stderr
    done = netwright("weights", "--python", "/nonexistent/python", tmp_path / "map.json", source, tmp_path / "target.pt")
    assert done.returncode == 2 and "/nonexistent/python" in done.stderr


def test_missing_packages_are_named(netwright, source, tmp_path):
    (tmp_path / "map.json").write_text('{"version": 1, "weights": []}')
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/h5py.py").write_text("raise ModuleNotFoundError(\"No module named 'h5py'\", name='h5py')")
    done = netwright("weights", "--python", sys.executable, tmp_path / "map.json", tmp_path / "s.weights.h5", tmp_path / "target.pt",
                     env={**os.environ, "PYTHONPATH": str(tmp_path / "empty")})
    assert done.returncode == 2 and "-m pip install h5py" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("extension", [".safetensors", ".pt", ".npz", ".weights.h5"])
def test_memory_stays_near_the_largest_tensor(tmp_path, root, extension):
    """Four tensors of 128 MB in less than 1.2 times one of them and 300 MB, through transposes, joins and reshapes."""
    size = 128 << 20
    header = {}
    for i in range(4):
        header[f"t{i}"] = {"dtype": "F32", "shape": [1024, 32, 1024], "data_offsets": [i * size, (i + 1) * size]}
    text = json.dumps(header).encode()
    with open(tmp_path / "source.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + 4 * size)
    shuffled = [["transpose", [0, 2, 1]], ["reshape", [1024, 32768]], ["transpose", [1, 0]]]
    entries = [{"to": f"t{i}/vars/0", "from": [f"t{i}"], "ops": shuffled if i % 2 else [["reorder", 0, 4, [1, 0, 3, 2]]]} for i in range(4)]
    (tmp_path / "map.json").write_text(json.dumps({"version": 1, "weights": entries}))
    command = [sys.executable, root / "python/netwright/__main__.py", "weights", tmp_path / "map.json", tmp_path / "source.safetensors",
               tmp_path / f"target{extension}"]
    program = "import resource, subprocess, sys; s = subprocess.run(sys.argv[1:]).returncode; " \
              "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(s)"
    done = subprocess.run([sys.executable, "-c", program, *map(str, command)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) * 1024 < 1.2 * size + (300 << 20)
    (tmp_path / f"target{extension}").unlink()


def test_maps_that_are_no_files_are_not_read(netwright, source, tmp_path):
    pipe = tmp_path / "map.json"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero"):
        done = netwright("weights", path, source, tmp_path / "out.npz")
        assert done.returncode == 2 and "not a regular file" in done.stderr
    assert not (tmp_path / "out.npz").exists()
