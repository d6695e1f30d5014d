"""Real models on both sides: what is converted loads strictly, and computes the same."""

import os

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = pytest.importorskip("torch")
keras = pytest.importorskip("keras")
from keras import layers
from torch import nn


class TorchNet(nn.Module):
    """A layer of each layout: convolutions, statistics, recurrences, packed attention, an embedding."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(11, 6)
        self.conv = nn.Conv1d(6, 8, 3)
        self.up = nn.ConvTranspose1d(8, 8, 2)
        self.bn = nn.BatchNorm1d(8)
        self.lstm = nn.LSTM(8, 5, batch_first=True)
        self.gru = nn.GRU(5, 4, batch_first=True)
        self.attention = nn.MultiheadAttention(4, 2, batch_first=True)
        self.head = nn.Linear(4, 3)

    def forward(self, tokens):
        x = self.bn(self.up(self.conv(self.embed(tokens).transpose(1, 2)))).transpose(1, 2)
        x = self.gru(self.lstm(x)[0])[0]
        return self.head(self.attention(x, x, x)[0])


class KerasNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(11, 6)
        self.conv = layers.Conv1D(8, 3)
        self.up = layers.Conv1DTranspose(8, 2)
        self.bn = layers.BatchNormalization(epsilon=1e-5)
        self.lstm = layers.LSTM(5, return_sequences=True, use_cudnn=False)
        self.gru = layers.GRU(4, return_sequences=True, use_cudnn=False)
        self.attention = layers.MultiHeadAttention(2, 2)
        self.head = layers.Dense(3)

    def call(self, tokens):
        x = self.gru(self.lstm(self.bn(self.up(self.conv(self.embed(tokens))))))
        return self.head(self.attention(x, x))


BLOCKS = [["transpose", [1, 0]], ["reorder", 1, 3, [1, 0, 2]]]


def packed(part):
    """The kernel and the bias of one of query, key and value, out of the packed projection."""
    return [["slice", 0, 4 * part, 4 * part + 4], ["transpose", [1, 0]], ["reshape", [4, 2, 2]]], \
        [["slice", 0, 4 * part, 4 * part + 4], ["reshape", [2, 2]]]


FORWARD = [
    {"to": "embed/vars/0", "from": ["embed.weight"]},
    {"to": "conv/vars/0", "from": ["conv.weight"], "ops": [["transpose", [2, 1, 0]]], "shape": [3, 6, 8]},
    {"to": "conv/vars/1", "from": ["conv.bias"], "ops": []},
    {"to": "up/vars/0", "from": ["up.weight"], "ops": [["transpose", [2, 1, 0]]]},
    {"to": "up/vars/1", "from": ["up.bias"]},
    *({"to": f"bn/vars/{i}", "from": [f"bn.{name}"]} for i, name in enumerate(["weight", "bias", "running_mean", "running_var"])),
    {"to": "lstm/cell/vars/0", "from": ["lstm.weight_ih_l0"], "ops": [["transpose", [1, 0]]]},
    {"to": "lstm/cell/vars/1", "from": ["lstm.weight_hh_l0"], "ops": [["transpose", [1, 0]]]},
    {"to": "lstm/cell/vars/2", "from": ["lstm.bias_ih_l0", "lstm.bias_hh_l0"], "ops": [["add"]]},
    {"to": "gru/cell/vars/0", "from": ["gru.weight_ih_l0"], "ops": BLOCKS},
    {"to": "gru/cell/vars/1", "from": ["gru.weight_hh_l0"], "ops": BLOCKS},
    {"to": "gru/cell/vars/2", "from": ["gru.bias_ih_l0", "gru.bias_hh_l0"], "ops": [["reorder", 0, 3, [1, 0, 2]], ["stack", 0]]},
    *({"to": f"attention/{name}_dense/vars/{i}", "from": ["attention." + source], "ops": packed(part)[i]}
      for part, name in enumerate(["query", "key", "value"]) for i, source in enumerate(["in_proj_weight", "in_proj_bias"])),
    {"to": "attention/output_dense/vars/0", "from": ["attention.out_proj.weight"], "ops": [["transpose", [1, 0]], ["reshape", [2, 2, 4]]]},
    {"to": "attention/output_dense/vars/1", "from": ["attention.out_proj.bias"]},
    {"to": "head/vars/0", "from": ["head.weight"], "ops": [["transpose", [1, 0]]]},
    {"to": "head/vars/1", "from": ["head.bias"]},
]
ATTENTION = [f"attention/{name}_dense/vars" for name in ["query", "key", "value"]]
BACKWARD = [
    {"to": "embed.weight", "from": ["embed/vars/0"]},
    {"to": "conv.weight", "from": ["conv/vars/0"], "ops": [["transpose", [2, 1, 0]]]},
    {"to": "conv.bias", "from": ["conv/vars/1"]},
    {"to": "up.weight", "from": ["up/vars/0"], "ops": [["transpose", [2, 1, 0]]]},
    {"to": "up.bias", "from": ["up/vars/1"]},
    *({"to": f"bn.{name}", "from": [f"bn/vars/{i}"]} for i, name in enumerate(["weight", "bias", "running_mean", "running_var"])),
    {"to": "bn.num_batches_tracked", "from": [], "ops": [["fill", 0, [], "int64"]]},
    {"to": "lstm.weight_ih_l0", "from": ["lstm/cell/vars/0"], "ops": [["transpose", [1, 0]]]},
    {"to": "lstm.weight_hh_l0", "from": ["lstm/cell/vars/1"], "ops": [["transpose", [1, 0]]]},
    {"to": "lstm.bias_ih_l0", "from": ["lstm/cell/vars/2"]},
    {"to": "lstm.bias_hh_l0", "from": [], "ops": [["fill", 0, [20], "float32"]]},
    {"to": "gru.weight_ih_l0", "from": ["gru/cell/vars/0"], "ops": [["reorder", 1, 3, [1, 0, 2]], ["transpose", [1, 0]]]},
    {"to": "gru.weight_hh_l0", "from": ["gru/cell/vars/1"], "ops": [["reorder", 1, 3, [1, 0, 2]], ["transpose", [1, 0]]]},
    *({"to": f"gru.bias_{name}_l0", "from": ["gru/cell/vars/2"],
       "ops": [["slice", 0, i, i + 1], ["reshape", [12]], ["reorder", 0, 3, [1, 0, 2]]]}
      for i, name in enumerate(["ih", "hh"])),
    {"to": "attention.in_proj_weight", "from": [a + "/0" for a in ATTENTION],
     "ops": [["reshape", [4, 4]], ["transpose", [1, 0]], ["concatenate", 0]]},
    {"to": "attention.in_proj_bias", "from": [a + "/1" for a in ATTENTION], "ops": [["reshape", [4]], ["concatenate", 0]]},
    {"to": "attention.out_proj.weight", "from": ["attention/output_dense/vars/0"], "ops": [["reshape", [4, 4]], ["transpose", [1, 0]]]},
    {"to": "attention.out_proj.bias", "from": ["attention/output_dense/vars/1"]},
    {"to": "head.weight", "from": ["head/vars/0"], "ops": [["transpose", [1, 0]]]},
    {"to": "head.bias", "from": ["head/vars/1"]},
]
# Keras saves the attributes of a model in alphabetical order, and `layers` is one of them: what comes after it is saved within it, under
# the name of its class. It loads either way.
SAVED = {"up/vars": "layers/conv1d_transpose/vars", "lstm/cell/vars": "layers/lstm/cell/vars"}


def as_saved(name):
    parts = name.rsplit("/", 1)
    return "/".join([SAVED.get(parts[0], parts[0]), *parts[1:]])


AS_SAVED = [{**entry, "from": [as_saved(name) for name in entry["from"]]} for entry in BACKWARD]
UNUSED = ["bn.num_batches_tracked"]
TOKENS = np.arange(18).reshape(2, 9) % 11


def torch_net(seed=0):
    torch.manual_seed(seed)
    net = TorchNet().eval()
    with torch.no_grad():
        for tensor in net.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_(torch.rand_like(tensor) + 0.1)
    return net


def keras_net():
    net = KerasNet()
    net(TOKENS)
    return net


def torch_output(net):
    with torch.no_grad():
        return net(torch.from_numpy(TOKENS)).numpy()


def keras_output(net):
    return keras.ops.convert_to_numpy(net(TOKENS, training=False))


def save(state, path):
    if path.suffix == ".safetensors":
        from safetensors.torch import save_file
        save_file({name: tensor.contiguous() for name, tensor in state.items()}, path)
    else:
        torch.save(state, path, _use_new_zipfile_serialization=path.suffix != ".pth")


@pytest.mark.parametrize("extension", [".safetensors", ".pt", ".pth"])
def test_torch_to_keras(converted, tmp_path, extension):
    source, target = torch_net(), keras_net()
    save(source.state_dict(), tmp_path / f"source{extension}")
    converted(FORWARD, tmp_path / f"source{extension}", tmp_path / "target.weights.h5", unused=UNUSED)
    target.load_weights(tmp_path / "target.weights.h5")
    assert np.abs(keras_output(target) - torch_output(source)).max() < 1e-6


@pytest.mark.parametrize("extension", [".safetensors", ".pt", ".pth"])
def test_keras_to_torch(converted, tmp_path, extension):
    source, target = keras_net(), TorchNet().eval()
    for variable in source.weights:
        variable.assign(np.random.default_rng(3).random(variable.shape) + 0.1)
    source.save_weights(tmp_path / "source.weights.h5")
    path = tmp_path / f"target{extension}"
    converted(AS_SAVED, tmp_path / "source.weights.h5", path)
    if extension == ".safetensors":
        from safetensors.torch import load_file
        state = load_file(path)
    else:
        state = torch.load(path, weights_only=True)
    target.load_state_dict(state, strict=True)
    assert np.abs(keras_output(source) - torch_output(target)).max() < 1e-6


def test_there_and_back_gives_the_same_tensors(converted, tmp_path):
    source = torch_net().state_dict()
    save(source, tmp_path / "source.safetensors")
    converted(FORWARD, tmp_path / "source.safetensors", tmp_path / "middle.npz", unused=UNUSED)
    converted(BACKWARD, tmp_path / "middle.npz", tmp_path / "back.pt")
    back = torch.load(tmp_path / "back.pt", weights_only=True)
    assert list(back) == [entry["to"] for entry in BACKWARD]
    summed = {"lstm.bias_ih_l0": source["lstm.bias_ih_l0"] + source["lstm.bias_hh_l0"], "lstm.bias_hh_l0": torch.zeros(20)}
    for name, tensor in source.items():
        assert torch.equal(back[name], summed.get(name, tensor)), name


@pytest.mark.parametrize("within", ("", "layers/sequential/"))
def test_state_of_training_is_left_aside(convert, tmp_path, within):
    net = keras.Sequential([keras.Input((3,)), layers.Dense(2), layers.Dropout(0.5)])
    net.compile("adam", "mse")
    net.fit(np.zeros((4, 3)), np.zeros((4, 2)), verbose=0)
    whole = keras.Sequential([net, layers.Softmax()]) if within else net
    whole.save_weights(tmp_path / "source.weights.h5")
    weights = [{"to": "0.weight", "from": [f"{within}layers/dense/vars/0"], "ops": [["transpose", [1, 0]]]},
               {"to": "0.bias", "from": [f"{within}layers/dense/vars/1"]}]
    done = convert(weights, tmp_path / "source.weights.h5", tmp_path / "target.pt")
    assert done.returncode == 0 and "left aside" in done.stderr
    nn.Sequential(nn.Linear(3, 2)).load_state_dict(torch.load(tmp_path / "target.pt"), strict=True)


def test_a_model_without_state(converted, tmp_path):
    save({}, tmp_path / "source.safetensors")
    converted([], tmp_path / "source.safetensors", tmp_path / "target.weights.h5")
    net = keras.Sequential([keras.Input((3,)), layers.ReLU()])
    net.load_weights(tmp_path / "target.weights.h5")
    for extension in (".pt", ".npz", ".safetensors"):
        converted([], tmp_path / "target.weights.h5", tmp_path / f"again{extension}")
    assert torch.load(tmp_path / "again.pt") == {}


def test_loads_into_a_layer_by_keras_saving(converted, tmp_path):
    """Entries that are layers, not models, are loaded by keras.saving.load_weights."""
    layer = layers.Dense(2)
    layer.build((None, 3))
    save({"weight": torch.ones(2, 3), "bias": torch.zeros(2)}, tmp_path / "source.pt")
    weights = [{"to": "vars/0", "from": ["weight"], "ops": [["transpose", [1, 0]]]}, {"to": "vars/1", "from": ["bias"]}]
    converted(weights, tmp_path / "source.pt", tmp_path / "target.weights.h5")
    keras.saving.load_weights(layer, tmp_path / "target.weights.h5")
    assert np.all(keras.ops.convert_to_numpy(layer.kernel) == 1)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64, torch.int64, torch.int8, torch.bool, torch.uint16])
@pytest.mark.parametrize("extension", [".pt", ".safetensors"])
def test_dtypes_are_kept_through_every_format(converted, tmp_path, dtype, extension):
    tensor = (torch.arange(24).reshape(2, 3, 4) * 3 - 20).abs().to(dtype)
    save({"a": tensor, "b": tensor[0, 0, 0].clone()}, tmp_path / f"s{extension}")
    first = [{"to": "x/vars/0", "from": ["a"], "ops": [["transpose", [2, 0, 1]]]}, {"to": "x/vars/1", "from": ["b"]}]
    previous = tmp_path / f"s{extension}"
    same = [{"to": name, "from": [name]} for name in ("x/vars/0", "x/vars/1")]
    for step, following in enumerate([".weights.h5", ".npz", ".safetensors", ".pt"]):
        path = tmp_path / f"step{step}{following}"
        converted(first if step == 0 else same, previous, path)
        previous = path
    state = torch.load(previous, weights_only=True)
    assert state["x/vars/0"].dtype == dtype and torch.equal(state["x/vars/0"], tensor.permute(2, 0, 1))
    assert torch.equal(state["x/vars/1"], tensor[0, 0, 0])


def test_keras_reads_bfloat16(converted, tmp_path):
    layer = layers.Dense(2, dtype="bfloat16")
    layer.build((None, 3))
    state = {"weight": torch.full((2, 3), 1.5, dtype=torch.bfloat16), "bias": torch.zeros(2, dtype=torch.bfloat16)}
    save(state, tmp_path / "source.safetensors")
    weights = [{"to": "vars/0", "from": ["weight"], "ops": [["transpose", [1, 0]]]}, {"to": "vars/1", "from": ["bias"]}]
    converted(weights, tmp_path / "source.safetensors", tmp_path / "target.weights.h5")
    keras.saving.load_weights(layer, tmp_path / "target.weights.h5")
    assert keras.ops.convert_to_numpy(keras.ops.cast(layer.kernel, "float32")).tolist() == [[1.5, 1.5]] * 3


def test_shared_and_strided_storages(converted, tmp_path):
    whole = torch.arange(24.0).reshape(4, 6)
    save({"whole": whole, "part": whole[1:3, ::2], "turned": whole.T, "none": whole[:0]}, tmp_path / "source.pt")
    weights = [{"to": name, "from": [name]} for name in ("whole", "part", "turned", "none")]
    converted(weights, tmp_path / "source.pt", tmp_path / "target.safetensors")
    from safetensors.torch import load_file
    state = load_file(tmp_path / "target.safetensors")
    assert torch.equal(state["part"], whole[1:3, ::2]) and torch.equal(state["turned"], whole.T) and state["none"].shape == (0, 6)
