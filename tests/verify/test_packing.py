"""Weights that are several tensors on one side and one on the other: rings 2 and 3 find out how they are packed."""

import importlib.util
import pathlib

import attentions
import pytest

FILE = pathlib.Path(__file__).resolve().parents[2] / "python/netwright/verification/packing.py"
spec = importlib.util.spec_from_file_location("packing", FILE)
packing = importlib.util.module_from_spec(spec)
spec.loader.exec_module(packing)

PROJECTIONS = attentions.layers("query", "key", "value")
SEPARATE = attentions.HEAD + attentions.attention(
    PROJECTIONS + attentions.layers("out"),
    "x",
    "q, k, v = self.query(x), self.key(x), self.value(x)",
    "return self.out(torch.softmax(q @ k.transpose(-2, -1), dim=-1) @ v)",
)
PACKED = SEPARATE.replace(PROJECTIONS, "        self.qkv = nn.Linear(hidden_size, 3 * hidden_size)\n")
JOINED = PACKED.replace("self.query(x), self.key(x), self.value(x)", "self.qkv(x).chunk(3, -1)")
INTERLEAVED = PACKED.replace("self.query(x), self.key(x), self.value(x)", "self.qkv(x).unflatten(-1, (-1, 3)).unbind(-1)")


@pytest.mark.slow
@pytest.mark.parametrize("entry", [[], ["--entry", "Attention(8)", "--input", "f32[2,5,8]", "--steps", "3"]], ids=["class", "model"])
@pytest.mark.parametrize("after, how", [(JOINED, "joined along axis 0"), (INTERLEAVED, "interleaved along axis 0")])
def test_packed_weights_are_found(verify, after, how, entry):
    result = verify(SEPARATE, after, *entry)
    assert result["kind"] == "names" and how in result["reason"] and "all that ran is the same" in result["reason"]
    assert {check["check"] for check in result["checks"] if check["verdict"] == "equal"} >= {"eval", "train", "gradients", "steps"}


@pytest.mark.slow
def test_packed_weights_that_compute_something_else_are_found(verify):
    result = verify(SEPARATE, JOINED.replace("q, k, v = self", "k, q, v = self").replace("k.transpose", "(1.01 * k).transpose"))
    assert result["verdict"] == "differs" and result.get("kind") != "names" and result["divergence"]


def test_packings_by_shape():
    before = {"a.q.weight": (4, 6), "a.k.weight": (2, 6), "a.v.weight": (2, 6), "b.weight": (3,)}
    found, *others = packing.packings(before, {"a.qkv.weight": (8, 6), "b.weight": (3,)})
    assert len(others) == 5 and others[0][0]["old"] == ["a.q.weight", "a.v.weight", "a.k.weight"]
    assert found == [{"new": "a.qkv.weight", "old": ["a.q.weight", "a.k.weight", "a.v.weight"], "how": "joined along axis 0"}]
    assert packing.packings(before, {"a.qkv.weight": (7, 6), "b.weight": (3,)}) == []
    assert packing.packings(before, {"a.qkv.weight": (8, 6), "more.weight": (2,), "b.weight": (3,)}) == []
    square = {"a.q.weight": (4, 4), "a.k.weight": (4, 4)}
    ways = ["joined along axis 0", "interleaved along axis 0"]
    assert [found[0]["how"] for found in packing.packings(square, {"a.qk.weight": (8, 4)})] == ways + ways
    assert packing.packings({f"a.{n}.weight": (1, 4) for n in range(5)}, {"a.all.weight": (5, 4)})[0][0]["old"][0] == "a.0.weight"
