"""The numbers of numpy that the catalog works out, against numpy."""
import pytest

pytest.importorskip("numpy")

EXACT = """
np.array([1, 2, 3]) ; np.array([[1, 2.5], [3, 4]]) ; np.array([1, 2], dtype=np.float32) ; np.array(3) ; np.array([True, False]) ; np.zeros(3) ; np.zeros((2, 3), dtype=np.int64) ; np.ones((2,), 'float32') ; np.full((2, 2), 7) ; np.eye(3) ; np.eye(2, 3, k=1) ; np.arange(5) ; np.arange(1, 2, 0.25) ; np.arange(3.) ; np.arange(10, 0, -3) ; np.arange(5, 1) ; np.linspace(0, 1, 5) ; np.linspace(0, 1, 4, endpoint=False) ; np.linspace(2, 3, 1)
np.arange(4) + 1 ; np.arange(4) / 2 ; 1 / np.array([2., 4.]) ; np.arange(4) ** 2 ; 2 ** np.arange(4) ; np.arange(6) // 4 ; np.arange(6) % 4 ; -np.arange(3) ; np.arange(3) * 1.5 ; np.array([1, 2], dtype=np.float32) * 2 ; np.array([1, 2], dtype=np.float32) + np.array([1, 2]) ; np.arange(3)[:, None] * np.arange(2) ; np.array([1, 2]) == 2 ; np.arange(4) > 1 ; (np.arange(4) > 1) & (np.arange(4) < 3) ; ~np.array([True, False])
np.sqrt(np.array([4., 9.])) ; np.sqrt(16) ; np.log2(8) ; np.exp(np.zeros(2)) ; np.sin(np.array([0., 1.])) ; np.floor(np.array([1.5, -1.5])) ; np.ceil(2.1) ; np.round(2.5) ; np.round(np.array([1.25, 2.75]), 1) ; np.abs(np.array([-1, 2])) ; np.square(3) ; np.sign(np.array([-2., 0.])) ; np.power(10000, 0.5) ; np.power(2, np.arange(3)) ; np.maximum(np.arange(3), 1) ; np.minimum(3, 2) ; np.clip(np.arange(5), 1, 3) ; np.mod(5, 3) ; np.isnan(np.array([1.0, np.nan])) ; np.tanh(0.5) ; np.arctan2(1., 2.) ; np.float32(0.1) ; np.int64(3.7) ; np.log(np.e)
np.sum([1, 2, 3]) ; np.arange(6).reshape(2, 3).sum(0) ; np.arange(6).reshape(2, 3).sum(axis=1, keepdims=True) ; np.prod([2, 3]) ; np.prod((2, 3, 4)) ; np.prod([]) ; np.mean([1, 2]) ; np.arange(6.).reshape(2, 3).mean(1) ; np.max([1, 3, 2]) ; np.arange(6).reshape(2, 3).max(axis=0) ; np.argmax([1, 3, 2]) ; np.arange(6).reshape(3, 2).argmin(0) ; np.std([1., 2., 4.]) ; np.var(np.array([1., 2.])) ; np.any([0, 1]) ; np.all(np.array([[1, 0], [1, 1]]), axis=1) ; np.cumsum([1, 2, 3]) ; np.cumprod([1, 2, 3]) ; np.diff([1, 4, 9]) ; np.median([3, 1, 2]) ; np.count_nonzero([0, 1, 2])
np.arange(6).reshape(2, -1) ; np.arange(6).reshape(2, 3).T ; np.arange(6).reshape(1, 2, 3).transpose(2, 0, 1) ; np.moveaxis(np.zeros((2, 3, 4)), 0, -1) ; np.swapaxes(np.arange(6).reshape(2, 3), 0, 1) ; np.expand_dims(np.arange(2), 0) ; np.squeeze(np.zeros((1, 2))) ; np.broadcast_to(np.arange(2), (2, 2)) ; np.concatenate([np.arange(2), np.arange(3)]) ; np.concatenate([np.zeros((2, 1)), np.ones((2, 2))], axis=1) ; np.stack([np.arange(2), np.arange(2)]) ; np.stack([np.arange(2), np.arange(2)], axis=-1) ; np.vstack([[1, 2], [3, 4]]) ; np.hstack([[1], [2]]) ; np.repeat([1, 2], 2) ; np.repeat(np.arange(4).reshape(2, 2), 2, axis=0) ; np.repeat([1, 2], [2, 3]) ; np.tile([1, 2], 2) ; np.tile([1, 2], (2, 1)) ; np.flip([1, 2, 3]) ; np.roll([1, 2, 3], 1) ; np.delete([1, 2, 3], 1) ; np.append([1], [2])
np.arange(5)[1:3] ; np.arange(5)[::2] ; np.arange(5)[-1] ; np.arange(6).reshape(2, 3)[:, 1] ; np.arange(6).reshape(2, 3)[1, 2] ; np.arange(5)[[0, 2]] ; np.arange(5)[np.array([1, 3])] ; np.arange(4)[np.arange(4) > 1] ; np.arange(4)[None].shape ; x = np.zeros(3)\\nx[1] = 5\\nx ; x = np.zeros((2, 4))\\nx[:, 0::2] = np.array([1, 2])\\nx ; x = np.zeros(3)\\nx += 1\\nx ; [int(i) for i in np.arange(3)] ; len(np.zeros((4, 2))) ; np.sort([3, 1, 2]) ; np.argsort([3, 1, 2]) ; np.unique([2, 1, 2]) ; np.where(np.arange(3) > 0, 1, 2) ; np.nonzero([0, 1])[0] ; np.where(np.array([0, 1]))[0]
np.pad(np.ones((2, 3)), [(1, 0), (0, 2)]) ; np.pad(np.arange(4).reshape(2, 2), [(1, 1), (2, 0)], constant_values=5) ; np.pad(np.arange(3), 1) ; np.meshgrid(np.arange(2), np.arange(3))[0] ; np.meshgrid(np.arange(2), np.arange(3), indexing='ij')[1] ; np.dot([1, 2], [3, 4]) ; np.arange(4).reshape(2, 2) @ np.arange(2) ; np.matmul(np.eye(2), np.arange(4).reshape(2, 2)) ; np.outer([1, 2], [3, 4]) ; np.tril(np.ones((2, 2))) ; np.triu(np.ones((2, 2)), 1) ; np.triu(np.arange(12).reshape(2, 2, 3), k=1) ; np.tril(np.ones([2, 3, 2]), -1) ; np.diag([1, 2]) ; np.diag(np.arange(4).reshape(2, 2)) ; np.triu_indices(3, 1)[0] ; np.split(np.arange(4), 2)[1] ; np.array_split(np.arange(5), 2)[0] ; np.linalg.norm(np.array([3., 4.])) ; np.isclose(1.0, 1.0 + 1e-9) ; np.allclose([1.], [1.]) ; np.finfo(np.float32).eps ; np.iinfo(np.int32).max ; np.pi ; list(np.ndindex(2, 2)) ; [int(i) for i in np.unravel_index(5, (2, 3))] ; np.interp(0.5, [0, 1], [0, 1]).shape if False else 1
np.arange(3).astype(np.float32) ; np.array([1.7]).astype(int) ; np.arange(3).tolist() ; np.arange(3).dtype == np.int64 ; np.zeros(1, np.float32).dtype.name ; np.array([5]).item() ; float(np.array(2.5)) ; np.array([1, 2]).copy() ; isinstance(np.zeros(1), np.ndarray) ; isinstance(3.0, np.floating) if False else 0 ; np.zeros((2, 3)).size ; np.zeros((2, 3)).ndim ; np.zeros((2, 3)).nbytes ; np.array(np.arange(3)) ; np.asarray([np.arange(2), np.arange(2)]) ; np.array([(1, 2), (3, 4)]).shape ; np.dtype('float32') == np.float32 ; np.ones(3).dot(np.ones(3)) ; np.zeros(2, dtype=bool) ; np.issubdtype(np.float32, np.floating) ; np.result_type(np.float32, np.int64).name ; np.result_type(np.uint8, np.int8).name
np.real(2.0) ; np.hanning(5) ; np.hamming(4) ; np.blackman(6) ; np.bartlett(5) ; np.hanning(1) ; np.atleast_3d(np.arange(4)).shape ; np.column_stack([np.arange(2), np.arange(2)]) ; np.dstack([np.arange(2), np.arange(2)]) ; np.vsplit(np.arange(4).reshape(2, 2), 2)[1] ; np.trace(np.arange(4).reshape(2, 2)) ; np.union1d([1, 3], [2, 3]) ; np.setdiff1d(np.arange(5), [1, 3]) ; np.intersect1d([3, 1, 1], [1, 3, 4]) ; np.setxor1d([1, 2], [2, 3]) ; np.isin([1, 2], [2, 3]) ; np.isin([[1], [2]], [2], invert=True) ; np.arange(3).conj() ; np.arange(5)[np.s_[1:3]] ; np.mgrid[0:2, 0:3] ; np.mgrid[0:4] ; np.ogrid[0:2, 0:3][1] ; np.mgrid[0:1:3j] ; np.r_[1, np.arange(2), 5] ; np.r_[0:3] ; np.c_[np.arange(2), np.arange(2)] ; np.ix_([0, 1], [2])[0] ; np.exp2(np.array([1., 2.])) ; np.fabs(-3) ; np.fix(-1.5) ; np.sinc(0.5) ; np.fmod(5., 3.) ; np.copysign(2., -1.) ; np.bitwise_and(6, 3) ; np.left_shift(1, 3) ; np.diag_indices(3)[1] ; np.conj(np.array([1., 2.]))
"""
SHAPES = """
np.random.rand(2, 3) ; np.random.randn(4) ; np.random.randint(0, 5, size=(2,)) ; np.random.normal(size=(2, 3)) ; np.random.uniform(0, 1, 5) ; np.random.permutation(4) ; np.random.RandomState(0).rand(2) ; np.random.default_rng(0).normal(size=3) ; np.pad(np.zeros((2, 3)), 1) ; np.pad(np.zeros((2, 3)), ((0, 1), (2, 0)), mode='constant') ; np.linalg.inv(np.eye(3)) ; np.linalg.svd(np.ones((3, 2)))[0] ; np.linalg.qr(np.ones((3, 2)))[1] ; np.fft.rfft(np.ones(8)) ; np.kron(np.ones((2, 2)), np.ones(3)) ; np.einsum('ij,jk->ik', np.ones((2, 3)), np.ones((3, 4))) ; np.einsum('m,d->md', np.arange(3.0), np.arange(2.0)).tolist() ; np.einsum('i, ij -> ji', [1, 2], [[3, 4, 5], [6, 7, 8]]).tolist() ; np.einsum('ij->ji', np.eye(2, 3)).tolist() ; np.einsum(',i->i', 2.0, np.arange(3)).tolist() ; np.empty((2, 2)) ; np.rot90(np.ones((2, 3)))
torch.from_numpy(np.zeros((2, 3), dtype=np.float32)) ; torch.tensor(np.arange(3)) ; torch.from_numpy(np.arange(3)) ; torch.tensor(np.ones((2, 2))) ; t(2, 3).numpy() ; torch.from_numpy(t(2).numpy()) ; torch.as_tensor(np.zeros(2), dtype=torch.float32)
"""


def cases(text):
    return [case.strip().replace("\\n", "\n") for line in text.strip().split("\n") for case in line.split(" ; ")]


def flattened(case):
    """The case with its result made plain: shape, dtype name and contents of an array."""
    *head, last = case.split("\n")
    wrap = "(lambda r: (list(r.shape), r.dtype.name, [round(float(x), 5) for x in r.ravel().tolist()]) if isinstance(r, np.ndarray) else r if isinstance(r, (list, tuple, str)) else float(r))"
    return "\n".join(["np = numpy"] + head + [wrap + "(" + last + ")"])


@pytest.mark.parametrize("case", cases(EXACT))
def test_exact(agree, catalog, case):
    agree(flattened(case))
    assert "unknown" not in str(catalog.ask(case=flattened(case)))


@pytest.mark.parametrize("case", cases(SHAPES))
def test_shape(agree, case):
    agree("np = numpy\nr = " + case + "\n(tuple(r.shape), str(r.dtype).replace('torch.', ''))")
