"""A network of PyTorch and its twins in Keras, written by hand: equal ones with the weights that make them so, and mutants."""

import pytest
from twin_networks import network

HEAD = """\
import keras
from keras import layers, ops


class Net(keras.Model):
"""


def twin(init, call):
    lines = [HEAD, "    def __init__(self):\n        super().__init__()\n"]
    lines += [f"        {line}\n" for line in init.strip().split("\n")]
    lines += ["\n    def call(self, x):\n"] + [f"        {line}\n" for line in call.strip().split("\n")]
    return "".join(lines)


# (input, source in PyTorch, twin in Keras, {target name's end: (source names, operations)}, mutants in Keras)
PAIRS = {
    "convolution": ("f32[2,4,9,9]", ("self.c = nn.Conv2d(4, 8, 3, padding=1)\nself.b = nn.BatchNorm2d(8)", "return F.relu(self.b(self.c(x)))"),
                    ("self.c = layers.Conv2D(8, 3, padding='same', data_format='channels_first')\nself.b = layers.BatchNormalization(axis=1, momentum=0.9, epsilon=1e-5)",
                     "return ops.relu(self.b(self.c(x)))"),
                    {"kernel": (["c.weight"], [["transpose", [2, 3, 1, 0]]]), "conv2d/bias": (["c.bias"], []), "gamma": (["b.weight"], []), "beta": (["b.bias"], []),
                     "moving_mean": (["b.running_mean"], []), "moving_variance": (["b.running_var"], [])},
                    [("self.c = layers.Conv2D(8, 3, padding='valid', data_format='channels_first')\nself.b = layers.BatchNormalization(axis=1, momentum=0.9, epsilon=1e-5)",
                      "return ops.relu(self.b(ops.pad(self.c(x), [[0, 0], [0, 0], [1, 1], [1, 1]])))"),
                     ("self.c = layers.Conv2D(8, 3, padding='same', data_format='channels_first')\nself.b = layers.BatchNormalization(axis=1, epsilon=1e-5)", "return ops.relu(self.b(self.c(x)))"),
                     ("self.c = layers.Conv2D(8, 3, padding='same', data_format='channels_first')\nself.b = layers.BatchNormalization(axis=1, momentum=0.9)", "return ops.relu(self.b(self.c(x)))"),
                     ("self.c = layers.Conv2D(8, 3, padding='same', data_format='channels_first')\nself.b = layers.BatchNormalization(axis=1, momentum=0.9, epsilon=1e-5)", "return self.b(ops.relu(self.c(x)))"),
                     ("self.c = layers.Conv2D(8, 3, padding='same', use_bias=False, data_format='channels_first')\nself.b = layers.BatchNormalization(axis=1, momentum=0.9, epsilon=1e-5)",
                      "return ops.relu(self.b(self.c(x)))")]),
    "channels last inside": ("f32[2,4,9,9]", ("self.c = nn.Conv2d(4, 8, 3)\nself.d = nn.Conv2d(8, 6, 1)", "return self.d(F.relu(self.c(x))).mean((2, 3))"),
                             ("self.c = layers.Conv2D(8, 3, activation='relu')\nself.d = layers.Conv2D(6, 1)\nself.p = layers.GlobalAveragePooling2D()",
                              "return self.p(self.d(self.c(ops.transpose(x, (0, 2, 3, 1)))))"),
                             {"conv2d/kernel": (["c.weight"], [["transpose", [2, 3, 1, 0]]]), "conv2d_1/bias": (["d.bias"], [])},
                             [("self.c = layers.Conv2D(8, 3, activation='relu')\nself.d = layers.Conv2D(6, 1)\nself.p = layers.GlobalAveragePooling2D()",
                               "return self.p(self.d(self.c(ops.transpose(x, (0, 3, 2, 1)))))"),
                              ("self.c = layers.Conv2D(8, 3, activation='relu')\nself.d = layers.Conv2D(6, 1)\nself.p = layers.GlobalMaxPooling2D()",
                               "return self.p(self.d(self.c(ops.transpose(x, (0, 2, 3, 1)))))")]),
    "flatten before a dense layer": ("f32[2,3,4,5]", ("self.c = nn.Conv2d(3, 8, 3)\nself.f = nn.Linear(48, 7)", "return self.f(self.c(x).flatten(1))"),
                                     ("self.c = layers.Conv2D(8, 3)\nself.f = layers.Dense(7)", "return self.f(ops.reshape(self.c(ops.transpose(x, (0, 2, 3, 1))), (2, 48)))"),
                                     {"dense/kernel": (["f.weight"], [["reshape", [7, 8, 6]], ["transpose", [2, 1, 0]], ["reshape", [48, 7]]])},
                                     [("self.c = layers.Conv2D(8, 3)\nself.f = layers.Dense(7)", "return self.f(ops.reshape(self.c(ops.transpose(x, (0, 2, 3, 1)))[:, ::-1], (2, 48)))")]),
    "recurrent": ("f32[2,5,3]", ("self.r = nn.LSTM(3, 4, batch_first=True)", "return self.r(x)[0]"),
                  ("self.r = layers.LSTM(4, return_sequences=True)", "return self.r(x)"),
                  {"lstm_cell/kernel": (["r.weight_ih_l0"], [["transpose", [1, 0]]]), "lstm_cell/bias": (["r.bias_ih_l0", "r.bias_hh_l0"], [["add"]])},
                  [("self.r = layers.LSTM(4, return_sequences=True, go_backwards=True)", "return self.r(x)"), ("self.r = layers.LSTM(4)", "return self.r(x)"),
                   ("self.r = layers.LSTM(4, return_sequences=True, recurrent_activation='hard_sigmoid')", "return self.r(x)"),
                   ("self.r = layers.SimpleRNN(4, return_sequences=True)", "return self.r(x)")]),
    "gates in another order": ("f32[2,5,3]", ("self.r = nn.GRU(3, 4, batch_first=True)", "return self.r(x)[0]"),
                               ("self.r = layers.GRU(4, return_sequences=True)", "return self.r(x)"),
                               {"gru_cell/kernel": (["r.weight_ih_l0"], [["reorder", 0, 3, [1, 0, 2]], ["transpose", [1, 0]]])},
                               [("self.r = layers.GRU(4, return_sequences=True, reset_after=False)", "return self.r(x)")]),
    "attention": ("f32[2,5,8]", ("self.m = nn.MultiheadAttention(8, 2, batch_first=True)", "return self.m(x, x, x)[0]"),
                  ("self.m = layers.MultiHeadAttention(2, 4)", "return self.m(x, x)"),
                  {"query/kernel": (["m.in_proj_weight"], [["slice", 0, 0, 8], ["transpose", [1, 0]], ["reshape", [8, 2, 4]]]),
                   "attention_output/kernel": (["m.out_proj.weight"], [["transpose", [1, 0]], ["reshape", [2, 4, 8]]])},
                  [("self.m = layers.MultiHeadAttention(4, 2)", "return self.m(x, x)"), ("self.m = layers.MultiHeadAttention(2, 4)", "return self.m(x, x, use_causal_mask=True)"),
                   ("self.m = layers.MultiHeadAttention(2, 4, dropout=0.1)", "return self.m(x, x)"), ("self.m = layers.MultiHeadAttention(2, 8)", "return self.m(x, x)")]),
    "norms and dropout": ("f32[2,5,8]", ("self.n = nn.LayerNorm(8)\nself.d = nn.Dropout(0.1)", "return self.d(F.gelu(self.n(x)))"),
                          ("self.n = layers.LayerNormalization(epsilon=1e-5)\nself.d = layers.Dropout(0.1)", "return self.d(ops.gelu(self.n(x), approximate=False))"),
                          {"gamma": (["n.weight"], []), "beta": (["n.bias"], [])},
                          [("self.n = layers.LayerNormalization()\nself.d = layers.Dropout(0.1)", "return self.d(ops.gelu(self.n(x), approximate=False))"),
                           ("self.n = layers.LayerNormalization(epsilon=1e-5)\nself.d = layers.Dropout(0.1)", "return self.d(ops.gelu(self.n(x), approximate=True))"),
                           ("self.n = layers.LayerNormalization(epsilon=1e-5)\nself.d = layers.Dropout(0.2)", "return self.d(ops.gelu(self.n(x), approximate=False))"),
                           ("self.n = layers.LayerNormalization(axis=1, epsilon=1e-5)\nself.d = layers.Dropout(0.1)", "return self.d(ops.gelu(self.n(x), approximate=False))")]),
    "any batch": ("f32[?,6,8]", ("self.f = nn.Linear(48, 5)", "return self.f(x.view(x.size(0), -1))"),
                  ("self.f = layers.Dense(5)", "return self.f(ops.reshape(x, (ops.shape(x)[0], -1)))"),
                  {"dense/kernel": (["f.weight"], [["transpose", [1, 0]]])},
                  [("self.f = layers.Dense(5)", "return self.f(ops.reshape(ops.transpose(x, (0, 2, 1)), (ops.shape(x)[0], -1)))[:, ::-1]")]),
}
MUTANTS = [(name, i) for name in PAIRS for i in range(len(PAIRS[name][4]))]


@pytest.fixture
def pair(tmp_path, compare):
    def run(name, target):
        source = tmp_path / "source.py"
        source.write_text(network(*PAIRS[name][1]))
        (tmp_path / "target.py").write_text(twin(*target))
        return compare(source, "Net()", tmp_path / "target.py", "Net()", PAIRS[name][0])
    return run


@pytest.mark.parametrize("name", PAIRS)
def test_twins_are_equal(pair, name):
    answer = pair(name, PAIRS[name][2])
    assert answer.equal, answer.sentence
    rows = answer.map["weights"]
    assert all("/vars/" in "/" + row["to"] for row in rows)
    for end, (sources, operations) in PAIRS[name][3].items():
        row, = [row for row in rows if row["name"].endswith(end)]
        assert (row["from"], row["ops"]) == (sources, operations)


@pytest.mark.parametrize("name, index", MUTANTS)
def test_mutants_are_told_apart(pair, name, index):
    assert not pair(name, PAIRS[name][4][index]).equal
