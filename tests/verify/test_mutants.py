"""A fixed sample of systematic faults in right programs: all are found, each at its line or layer. The full hunt is hunt.py."""

import random

import pytest

pytest.importorskip("torch")

import hunt  # noqa: E402
import mutate  # noqa: E402

pytestmark = pytest.mark.slow

COUNT = 30
# The sample is drawn from these, so that programs which are added do not change it.
SUBJECTS = """add_module_names attention_by_hand custom_function custom_norm flatten_before_linear gather_and_sort
in_place_on_names integer_tensors keyword_inputs multi_head names_of_layers recurrent registry residual_cnn shapes_of_images tied_weights
training_flag unknown_batch upsampling""".split()


def test_a_sample_of_faults_is_found(tmp_path):
    subjects = [subject for subject in hunt.programs(tmp_path, "model") if subject.name in SUBJECTS]
    assert len(subjects) == len(SUBJECTS)
    candidates = [item for subject in subjects for item in hunt.candidates_of(subject)]
    hunter = hunt.Hunter(hunt.options_for(), tmp_path)
    try:
        records, notes = hunt.hunt(hunter, hunt.spread(candidates, COUNT, random.Random(7)))
    finally:
        hunter.close()
    assert notes == []
    ran = [row for row in records if row["verdict"] != "unreached"]
    assert len(ran) >= 25 and len({row["kind"] for row in ran}) >= 12
    assert [row for row in ran if row["verdict"] != "found"] == []
    assert {row["named"] for row in ran} <= {"line", "layer"}


def test_faults_that_are_put_in():
    text = "class Net:\n    def forward(self, x):\n        y = self.norm(x + self.f(x, dim=-1), eps=1e-5)\n        return x / y\n"
    found = {mutant.kind: mutant.apply(text).splitlines()[mutant.first - 1].strip() for mutant in mutate.mutants(text)}
    assert found["eps"] == "y = self.norm(x + self.f(x, dim=-1), eps=10 * (1e-5))"
    assert found["axis"] == "y = self.norm(x + self.f(x, dim=-2), eps=1e-5)"
    assert found["residual lost"] == "y = self.norm((self.f(x, dim=-1)), eps=1e-5)"
    assert found["operands swapped"] == "return (y) / (x)"
    assert found["operator"] == "return (x) * (y)"


def test_faults_of_a_map():
    weights = [{"to": name, "from": [name], "ops": [["transpose", [1, 0]]]} for name in ("a", "b")]
    found = mutate.mutated_maps({"weights": weights})
    assert [kind for kind, _, _ in found] == ["kernel turned", "kernel turned", "weights exchanged"]
    assert found[0][2]["weights"][0]["ops"] == [["transpose", [0, 1]]] and found[2][2]["weights"][0]["from"] == ["b"]
