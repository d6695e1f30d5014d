"""Shapes of einx against einx itself."""
import pytest

pytest.importorskip("einx")

CASES = """
einx.less('j, i -> i j', c([0, 1, 2]), c([1, 2])) ; einx.where('b n, b n d, -> b n d', t(2, 3, dtype='bool'), t(2, 3, 4), 0.) ; einx.where('i j, j,', t(2, 3, dtype='bool'), t(3), -1.) ; einx.multiply('b n, b', t(2, 3), t(2)) ; einx.subtract('... j, ... i -> ... i j', t(2, 5, 3), t(2, 5, 4)) ; einx.get_at('h [c] d, h b n -> h b n d', t(2, 7, 4), t(2, 3, 5, dtype='int64')) ; einx.add('b n d, s d -> (b s) n d', t(2, 3, 4), t(5, 4))
einx.get_at('b n [l], b n -> b n', t(2, 3, 7), t(2, 3, dtype='int64')) ; einx.add('... j, ... j k -> ... (j k)', t(2, 3), t(2, 3, 4)) ; einx.sum('... c -> ...', t(2, 3, 4)) ; einx.sum('b [n]', t(2, 3)) ; einx.mean('b [...]', t(2, 3, 4)) ; einx.dot('b i, i o -> b o', t(2, 3), t(3, 4)) ; einx.id('a (b c) -> (a b) c', t(2, 6), b=2) ; einx.equal('b i, b j -> b i j', t(2, 3), t(2, 3)) ; einx.max('a [b] c', t(2, 3, 4)) ; einx.softmax('a [b]', t(2, 3)) ; einx.logical_and('b i, b j -> b i j', t(2, 3, dtype='bool'), t(2, 4, dtype='bool')) ; einx.get_at('[n] d, b i -> b i d', t(7, 4), t(2, 3, dtype='int64')) ; einx.add('a, b -> a b 1', t(2), t(3))
"""


@pytest.mark.parametrize("case", [case.strip() for line in CASES.strip().split("\n") for case in line.split(" ; ")])
def test_agrees(agree, case):
    agree("import einx\n" + case)
