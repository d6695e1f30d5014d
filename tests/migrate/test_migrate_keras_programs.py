"""Small programs of Keras: each is migrated to PyTorch, and both sides are run with the same weights, or it is refused."""

import subprocess

import pytest
from migrate_programs import HERE, TOLERANCE, header, migrate, run_pairs

PROGRAMS = sorted(HERE.glob("keras/*.py"))


@pytest.fixture(scope="module")
def compared(binary, tmp_path_factory):
    """Name -> (finished process, {"error", "difference"}), the latter where the program was translated."""
    folder = tmp_path_factory.mktemp("migrate-keras")
    done = {path: migrate(binary, path, folder / path.stem, "--to", "torch") for path in PROGRAMS}
    results = run_pairs("run_keras_pairs.py", binary, folder, [(path, folder / path.stem) for path in PROGRAMS if done[path].returncode == 0])
    return {path.stem: (process, results.get(path.stem)) for path, process in done.items()}


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path, compared):
    process, result = compared[path.stem]
    if header(path, "refuse"):
        assert process.returncode == 1 and "NW05" in process.stderr
        return
    assert process.returncode == 0, process.stderr
    assert result["error"] is None, result["error"]
    assert result["difference"] < TOLERANCE


def test_sizes_that_were_only_traced(binary, tmp_path):
    """What TensorFlow has as a tensor of sizes is none of numbers for PyTorch, though no run has told the batch."""
    command = [binary, "migrate", "--to", "torch", "--entry", "Placed()", "--input", "f32[2,10,16]", "-o", tmp_path, HERE / "keras/sizes_of_shapes.py"]
    assert subprocess.run([*map(str, command)], capture_output=True, timeout=240).returncode == 0
    assert "tf_tile(" in (tmp_path / "sizes_of_shapes.py").read_text().partition("class Masked")[2].partition("class ")[0]


def test_a_convolution_of_its_own(binary, tmp_path):
    """Keras calls the method `convolution_op` of a convolution: a program's own is not passed over."""
    (tmp_path / "own.py").write_text("""import keras
from keras import ops


class Doubled(keras.layers.Conv2D):
    def convolution_op(self, inputs, kernel):
        return ops.conv(inputs, 2 * kernel, padding="valid")
""")
    command = [binary, "migrate", "--to", "torch", "--entry", "Doubled(4, 3)", "--input", "f32[1,8,8,3]", "-o", tmp_path / "out", tmp_path / "own.py"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 1 and "convolution_op" in done.stderr


def test_a_model_from_a_configuration(binary, tmp_path):
    """What a configuration of a whole model holds is not known: the program is not said to raise."""
    (tmp_path / "made.py").write_text("""import keras


def build():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(4, activation="relu")])
    return keras.Sequential.from_config(model.get_config())
""")
    command = [binary, "migrate", "--to", "torch", "--entry", "build()", "--input", "f32[2,6]", "-o", tmp_path / "out", tmp_path / "made.py"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 1 and "a model from a configuration" in done.stderr and "raises" not in done.stderr


def test_cubic_weights_of_another_kind(binary, tmp_path):
    """TensorFlow's cubic without antialiasing is none of PyTorch's."""
    (tmp_path / "cubic.py").write_text("""import keras


def build():
    return keras.Sequential([keras.Input((6, 5, 3)), keras.layers.UpSampling2D(3, interpolation="bicubic")])
""")
    command = [binary, "migrate", "--to", "torch", "--entry", "build()", "--input", "f32[2,6,5,3]", "-o", tmp_path / "out", tmp_path / "cubic.py"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 1 and "bicubic" in done.stderr


def test_inputs_in_one_dictionary(binary, tmp_path):
    """A model of its own that takes its inputs by their names is called so when what was written is read back."""
    (tmp_path / "keyed.py").write_text("""import keras
from keras import layers, ops


class Pair(keras.Model):
    def __init__(self):
        super().__init__()
        self.sides = {"left": layers.Dense(4), "right": layers.Dense(4)}

    def call(self, inputs):
        return ops.concatenate([self.sides[name](inputs[name]) for name in ("left", "right")], -1) - inputs["right"][:, :1]
""")
    command = [binary, "migrate", "--to", "torch", "--entry", "Pair()", "--input", "left=f32[2,3]", "--input", "right=f32[2,5]", "-o", tmp_path / "out", tmp_path / "keyed.py"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
