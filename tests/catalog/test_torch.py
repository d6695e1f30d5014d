"""Rows of `torch` and of its tensors against the framework: structure, shapes, dtypes, known contents, and what raises."""
import pytest

FLOATING = """exp exp2 expm1 log log2 log10 log1p sqrt rsqrt reciprocal sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sigmoid erf erfc
erfinv lgamma digamma sinc i0 deg2rad rad2deg logit arcsin arccosh""".split()
SAME = "neg negative sign sgn floor ceil trunc fix frac square round positive relu nan_to_num abs absolute conj clone detach".split()
FLAGS = "isnan isinf isfinite isneginf isposinf isreal signbit logical_not".split()
IN_PLACE = """exp_ log_ sqrt_ sin_ tanh_ sigmoid_ neg_ floor_ square_ abs_ relu_ zero_ round_ clip_ arctan_ nan_to_num_ erf_ reciprocal_""".split()
BINARY = """add sub subtract mul multiply div divide true_divide floor_divide remainder fmod pow maximum minimum fmax fmin atan2 hypot
copysign nextafter logaddexp eq ne lt le gt ge greater not_equal logical_and logical_or logical_xor xlogy float_power""".split()
INTEGRAL = "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift gcd lcm".split()


@pytest.mark.parametrize("name", FLOATING + SAME + FLAGS)
def test_unary(agree, name):
    agree("torch.%s(t(2, 3))" % name)
    agree("t(2, 3, dtype='float64').%s()" % name)
    agree("torch.%s(t(dtype='float16'))" % name)
    if name not in ("frac", "nan_to_num"):
        agree("torch.%s(t(2, 3, dtype='int32'))" % name)


@pytest.mark.parametrize("name", IN_PLACE)
def test_in_place(agree, name):
    arguments = "0, 1" if name == "clip_" else ""
    agree("x = t(2, 3)\ny = x.%s(%s)\n(y, y is x)" % (name, arguments))


@pytest.mark.parametrize("name", BINARY)
def test_binary(agree, name):
    agree("torch.%s(t(2, 1, 3), t(4, 1))" % name)
    agree("t(2, 3).%s(t(dtype='float64', fill=1))" % name)
    agree("torch.%s(t(2, 3), t(2))" % name)
    if name not in ("nextafter", "hypot", "logaddexp"):
        agree("torch.%s(t(3, dtype='int64'), t(3, dtype='int32', fill=1))" % name)


@pytest.mark.parametrize("name", INTEGRAL)
def test_integral(agree, name):
    agree("torch.%s(t(2, 3, dtype='int32'), t(3, dtype='int64', fill=1))" % name)


PROMOTION = """
t(2) + 1 ; t(2, dtype='int64') + 1.5 ; t(2, dtype='bool') + 1 ; t(2, dtype='bool') + True ; 2 - t(2, dtype='int32') ; t(2, dtype='float16') * 2.0
t(2, dtype='int64') / 2 ; 1 / t(2, dtype='int32') ; t(2, dtype='int64') // 2 ; t(2, dtype='int64') ** 2 ; 2 ** t(2) ; t(2, dtype='int32') % 2
t(2, dtype='bool') & t(2, dtype='bool') ; ~t(2, dtype='bool') ; -t(2) ; abs(t(2, dtype='int32')) ; t(2) == 1 ; t(3) < t(3, dtype='int64') ; t(2) * 1j
t(2, dtype='float16') + t(2, dtype='bfloat16') ; t(2, dtype='uint8') + t(2, dtype='int8') ; t(2, dtype='float16') + t(dtype='float64') ; t(dtype='int64') + t(dtype='float16')
t(2, dtype='int64').add(1, alpha=2) ; t(2, dtype='int64').div(2, rounding_mode='floor') ; t(2, dtype='int64').div(2) ; torch.result_type(t(2, dtype='int64'), 1.5)
torch.promote_types(torch.int32, torch.float16) ; t(2, 3) @ t(3, 4) ; t(5, 2, 3) @ t(3) ; t(3) @ t(3, 2) ; t(3) @ t(3) ; t(2, 3) @ t(2, 3)
True + t(2) ; t(2, dtype='bool') * 1.0 ; t(2, dtype='bool').sum() ; t(2, dtype='int32').sum() ; t(2, dtype='int32').mean() ; t(2, dtype='int32').prod()
torch.tensor(3) * 2 ; torch.tensor([1, 2]) * torch.tensor(0.5) ; t(2) ** t(2, dtype='int64') ; t(2, dtype='int64') << 1 ; t(2, dtype='int64') ^ 1
"""

CREATION = """
torch.zeros(2, 3) ; torch.zeros((2, 3), dtype=torch.int64) ; torch.zeros([]) ; torch.zeros(size=(2,)) ; torch.ones(2).tolist() ; torch.empty(2, 0) ; torch.full((2,), 7).tolist()
torch.full((2, 2), 1.5) ; torch.full((2,), True) ; torch.full((2,), 1, dtype=torch.float16) ; torch.zeros_like(t(2, dtype='int32')) ; torch.ones_like(t(2), dtype=torch.bool) ; torch.full_like(t(2), 3).tolist()
torch.empty_like(t(3)) ; torch.arange(3).tolist() ; torch.arange(0., 3) ; torch.arange(1, 10, 4).tolist() ; torch.arange(5, 0, -2).tolist() ; torch.arange(0, 1, 0.25).tolist() ; torch.arange(3, dtype=torch.float32).tolist()
torch.arange(end=4).tolist() ; torch.arange(start=1, end=4).tolist() ; torch.arange(2.5) ; torch.linspace(0, 1, 5).tolist() ; torch.linspace(1, 0, 1).tolist() ; torch.linspace(0, 10, 3, dtype=torch.int64) ; torch.logspace(0, 1, 4)
torch.eye(3).tolist() ; torch.eye(2, 3) ; torch.tensor([1, 2]).tolist() ; torch.tensor([[1., 2], [3, 4]]).tolist() ; torch.tensor(3.5).item() ; torch.tensor([True, False]) ; torch.tensor([]) ; torch.tensor([[1, 2]], dtype=torch.float64)
torch.tensor([1, 2.5]) ; torch.tensor([t(), t()]) ; torch.as_tensor([1, 2]) ; torch.as_tensor(t(2), dtype=torch.float64) ; torch.scalar_tensor(2) ; torch.rand(2, 3) ; torch.randn((2, 3)) ; torch.randn(size=(4,)) ; torch.randint(5, (2, 3))
torch.randint(0, 5, (2,)) ; torch.randint(low=0, high=5, size=(2,)) ; torch.randperm(5) ; torch.rand_like(t(2, 3)) ; torch.randn_like(t(2)) ; torch.normal(0., 1., size=(2,)) ; torch.normal(t(2), t(2)) ; torch.bernoulli(t(3))
torch.multinomial(t(4, 5, fill=1), 2) ; torch.multinomial(t(5, fill=1), 2) ; torch.meshgrid(t(2), t(3)) ; torch.meshgrid(t(2), t(3), t(4), indexing='xy') ; torch.meshgrid([t(2), t(3)], indexing='ij')
[g.tolist() for g in torch.meshgrid(torch.arange(2), torch.arange(3), indexing='ij')] ; [g.tolist() for g in torch.meshgrid(torch.arange(2), torch.arange(3), indexing='xy')] ; torch.cartesian_prod(t(2), t(3)) ; torch.combinations(t(4), 2)
torch.tril_indices(3, 3) ; torch.triu_indices(3, 4, 1) ; torch.hann_window(8) ; torch.hamming_window(8) ; torch.complex(t(2), t(2)) ; torch.polar(t(2), t(2)) ; torch.Tensor(2, 3) ; torch.Tensor([1, 2]).tolist() ; torch.LongTensor([1, 2]) ; torch.FloatTensor(2, 3)
torch.BoolTensor([True]) ; torch.zeros(2, 3).size() ; torch.Size([2, 3]).numel() ; torch.range(0, 3) ; torch.from_numpy(t(2).numpy()) ; torch.vander(t(3)) ; torch.block_diag(t(2, 3), t(4)) ; torch.zeros(2, -1)
torch.arange(0, 10, 3.5) ; torch.arange(t(dtype='int64', fill=3)).dtype ; torch.empty(2, 3, dtype=torch.half) ; torch.asarray([1, 2]) ; torch.kaiser_window(4) ; torch.arange(3, 1)
"""

METHODS = r"""
t(2, 3).new_zeros(4) ; t(2, 3).new_zeros((4, 5), dtype=torch.int64) ; t(2, dtype='int32').new_ones(2).tolist() ; t(2).new_full((2,), 3).tolist() ; t(2).new_tensor([1, 2]) ; t(2).new_empty(3) ; t(2, dtype='float64').new(2)
t(2).to(torch.float16) ; t(2).to('cpu') ; t(2).to('cpu', torch.float64) ; t(2).to(t(2, dtype='int32')) ; t(2).to(dtype=torch.int8) ; t(2).to(device='cpu', dtype=torch.bool) ; t(2).to(torch.device('cpu'), non_blocking=True) ; t(2).type(torch.int64)
t(2).type('torch.LongTensor') ; t(2).type(torch.LongTensor) ; t(2).type() ; t(2).type_as(t(2, dtype='int64')) ; t(2).float() ; t(2).half() ; t(2).double() ; t(2).long() ; t(2).int() ; t(2).bool() ; t(2).byte() ; t(2).short() ; t(2).bfloat16()
t(2).cpu() ; t(2, 3).size() ; t(2, 3).size(-1) ; t(2, 3).dim() ; t(2, 3).numel() ; t(2, 3).nelement() ; t(2).element_size() ; t(2, 3, 4).stride() ; t(2, 3).stride(0) ; len(t(2, 3)) ; [x for x in t(2, 3)] ; t(2).ndimension() ; t(2).is_floating_point()
t(2).is_complex() ; t(1).item() ; c([5]).item() ; c(7).item() ; c([[1, 2], [3, 4]]).tolist() ; t(2, 2).sum().item() ; int(c([3])) ; float(c([3])) ; bool(c([0])) ; t(2).item()
t(2, 3, 4).view(6, -1) ; t(2, 3, 4).view((2, 12)) ; t(2, 3).view(7) ; t(2, 3).view(-1, -1) ; t(2, 4).view(torch.int32) ; t(2, 4).view(torch.int16) ; t(2, 3).view_as(t(3, 2)) ; t(2, 3).reshape(-1) ; t(2, 3).reshape(3, 2) ; t(2, 3).reshape((1, 6)) ; t(2, 3).reshape_as(t(6))
t(0, 3).view(-1, 3) ; t(0, 3).reshape(0, -1) ; c([1, 2, 3, 4]).view(2, 2).tolist() ; t(2, 3).flatten() ; t(2, 3, 4).flatten(1) ; t(2, 3, 4, 5).flatten(1, 2) ; t().flatten() ; t(2, 3).flatten(1, 0) ; t(2, 6).unflatten(1, (2, 3)) ; t(2, 6).unflatten(-1, (-1, 3))
t(2, 3, 4).permute(2, 0, 1) ; t(2, 3, 4).permute((0, 2, 1)) ; t(2, 3, 4).permute(0, -1, 1) ; t(2, 3).permute(0, 0) ; t(2, 3).permute(0) ; t(2, 3, 4).transpose(1, 2) ; t(2, 3, 4).transpose(-1, 0) ; t(2, 3).transpose(0, 2) ; c([[1, 2], [3, 4]]).transpose(0, 1).tolist()
t(2, 3).t() ; t(2).t() ; t(2, 3).T ; t(2, 3, 4).mT ; t(2, 3, 4).swapaxes(0, 2) ; t(2, 3, 4).swapdims(0, 1) ; t(2, 3, 4).movedim(0, 2) ; t(2, 3, 4).moveaxis((0, 1), (2, 0)) ; t(2, 3, 4).adjoint() ; t(2, 3, 4).t()
t(1, 3, 1).squeeze() ; t(1, 3, 1).squeeze(0) ; t(1, 3, 1).squeeze(1) ; t(1, 3, 1).squeeze(-1) ; t(1, 3, 1).squeeze((0, 2)) ; t(2).unsqueeze(0) ; t(2).unsqueeze(-1) ; t(2).unsqueeze(2) ; t(2, 3).unsqueeze(1)
t(1, 3).expand(2, 3) ; t(1, 3).expand(-1, 3) ; t(3).expand(2, 3) ; t(3).expand((4, -1)) ; t(2).expand(3) ; t(1, 3).expand_as(t(5, 3)) ; t(2, 3).broadcast_to((4, 2, 3)) ; t(2, 3).repeat(2, 2) ; t(2).repeat(3, 1) ; t(2, 3).repeat(2) ; t(2, 3).tile(2) ; t(2).tile((2, 2))
t(2, 3).repeat_interleave(2) ; t(2, 3).repeat_interleave(2, dim=1) ; t(3).repeat_interleave(c([1, 2, 3])) ; c([1, 2]).repeat_interleave(2).tolist() ; t(5, 3).chunk(2) ; t(5, 3).chunk(2, dim=1) ; t(2, 9).chunk(3, -1) ; t(5).chunk(4) ; t(7).split(3) ; t(7, 2).split([3, 4]) ; t(2, 6).split((1, 5), dim=-1)
t(7).split([1, 2]) ; t(7).tensor_split(3) ; t(7).tensor_split((2, 5)) ; t(3, 2).unbind() ; t(3, 2).unbind(-1) ; [x.item() for x in c([1, 2]).unbind()] ; t(4, 5).diagonal() ; t(4, 5, 6).diagonal(1, 0, 2) ; t(2, 3).roll(1, 0) ; t(2, 3).flip(0) ; t(2, 3).flip([0, 1]) ; c([1, 2, 3]).flip(0).tolist()
t(3, 3).tril() ; t(3, 3).triu(1) ; torch.ones(2, 2).triu(1).tolist() ; torch.ones(3, 3).tril().tolist() ; t(3).diag() ; t(3, 4).diag(1) ; t(2, 3).diag_embed() ; t(2, 3).diag_embed(1, 0, 2) ; t(2, 3).rot90() ; t(10).unfold(0, 3, 2) ; t(2, 3).to_sparse().to_dense() ; torch.tensor(range(3)).tolist() ; torch.LongTensor(range(1, 4)).tolist() ; torch.arange(6).unfold(0, 4, 2).tolist() ; torch.arange(12).view(2, 3, 2).unfold(1, 2, 1).tolist() ; t(2).new_tensor(torch.arange(3)) ; t(2, 10).unfold(-1, 4, 1) ; t(2, 10).unfold(1, 11, 1)
t(2, 3).contiguous() ; t(2, 3).clone() ; t(2, 3).detach() ; t(2, 3).masked_fill(t(3, dtype='bool'), 0.) ; t(2, 3).masked_fill(t(3), 0.) ; t(2, 3).masked_fill_(t(2, 1, dtype='bool'), 1) ; t(2, 3).gather(1, t(2, 1, dtype='int64')) ; t(2, 3).gather(0, t(2, dtype='int64'))
t(2, 3).index_select(1, c([0, 2, 2, 1])) ; t(2, 3).scatter(1, t(2, 2, dtype='int64'), t(2, 2)) ; t(2, 3).scatter_(1, t(2, 1, dtype='int64'), 1.0) ; t(2, 3).scatter_add_(0, t(2, 3, dtype='int64'), t(2, 3)) ; t(2, 3).index_add(0, c([0]), t(1, 3)) ; t(2, 3).index_copy_(0, c([0]), t(1, 3))
t(2, 3).index_fill(0, c([0]), 1.0) ; t(2, 3).take(c([0, 5])) ; t(2, 3).select(1, 0) ; t(2, 3).narrow(1, 0, 2) ; t(2, 3).narrow(1, 2, 2) ; t(2, 3).masked_select(t(2, 3, dtype='bool')).dim() ; t(2, 3).nonzero().dim() ; t(2, 3).where(t(2, 3) > 0, t(3)) ; t(2, 3).where(t(2, 3) > 0, 1.0)
t(2, 3).take_along_dim(t(2, 1, dtype='int64'), dim=1) ; t(2, 3).fill_(2).tolist() ; t(2).zero_().tolist() ; t(2).normal_() ; t(2).uniform_(-1, 1) ; t(2).copy_(t(1)) ; c([1, 2]).add_(1) ; t(2).mul_(2) ; t(2).requires_grad_() ; t(2, 3).unsqueeze_(0) ; t(1, 3).squeeze_() ; t(2, 3).t_() ; t(2, 3).transpose_(0, 1)
t(2, 3).sum() ; t(2, 3).sum(1) ; t(2, 3).sum(-1, keepdim=True) ; t(2, 3, 4).sum((0, 2)) ; t(2, 3, 4).sum([1, 2], True) ; t(2, dtype='int32').sum(dtype=torch.float32) ; t(2, 3).mean(0) ; t(2, 3, 4).mean((1, 2), keepdim=True) ; t(2, 3).mean(dim=[-1]) ; t(2, 3).mean(2) ; t(2, 3).prod() ; t(2, 3).prod(1)
t(2, 3).max() ; t(2, 3).max(1) ; t(2, 3).max(1)[0] ; t(2, 3).max(dim=-1, keepdim=True)[1] ; t(2, 3).max(1).values ; t(2, 3).max(1).indices ; t(2, 3).max(t(3)) ; t(2, 3).min(0) ; t(2, 3).amax() ; t(2, 3).amax((0, 1)) ; t(2, 3).amin(1, True) ; t(2, 3).aminmax(dim=0) ; t(2, 3).argmax() ; t(2, 3).argmax(-1) ; t(2, 3).argmin(0, True)
t(2, 3).any() ; t(2, 3, dtype='bool').any(1) ; t(2, 3, dtype='uint8').all() ; t(2, 3).all(-1, keepdim=True) ; t(2, 3).var() ; t(2, 3).var(1) ; t(2, 3).var(1, unbiased=False) ; t(2, 3).std(dim=-1, keepdim=True) ; t(2, 3).std(False) ; t(2, 3).var(dim=1, correction=0) ; t(2, 3).logsumexp(1) ; t(2, 3).logsumexp((0, 1)) ; t(2, 3).norm() ; t(2, 3).norm(2, 1) ; t(2, 3).norm(p=2, dim=-1, keepdim=True)
t(2, 3).median() ; t(2, 3).median(1) ; t(2, 3).mode() ; t(2, 3).kthvalue(2) ; t(2, 3).cumsum(1) ; t(2, dtype='int32').cumsum(0) ; c([1, 2, 3]).cumsum(0).tolist() ; t(2, 3).cumprod(0) ; t(2, 3).cummax(0) ; t(2, 3).sort() ; t(2, 3).sort(0, descending=True).values ; t(2, 3).argsort(1) ; t(2, 5).topk(2) ; t(2, 5).topk(6) ; t(2, 5).topk(2, dim=0)[1] ; t(2, 5).topk(2, -1, sorted=False)
t(2, 3).softmax(-1) ; t(2, 3).softmax(dim=1, dtype=torch.float64) ; t(2, 3).softmax(2) ; t(2, 3).log_softmax(0) ; t(2, 3).clamp(0) ; t(2, 3).clamp(min=0, max=1) ; t(2, 3).clamp(max=t(3)) ; t(2, 3).clamp() ; t(2, 3).clamp_(0, 1) ; t(2, 3).clip(0) ; t(2, dtype='int64').clamp(0, 1) ; t(2, dtype='int64').clamp(min=0.5) ; t(2, 3).clamp_min(0)
t(2, 3).matmul(t(3, 4)) ; t(5, 2, 3).bmm(t(5, 3, 4)) ; t(2, 3).mm(t(3, 4)) ; t(2, 3).mv(t(3)) ; t(3).dot(t(3)) ; t(2, 2, 3).baddbmm(t(2, 2, 5), t(2, 5, 3)) ; t(2, 3).addmm(t(2, 4), t(4, 3)) ; t(3).addmm(t(2, 4), t(4, 3)) ; t(2).outer(t(3)) ; t(2, 3).inner(t(4, 3)) ; t(2, 3).kron(t(2, 2)) ; t(3).cross(t(3), dim=0) ; t(5, 2, 3).bmm(t(4, 3, 4)) ; t(2, 3).mm(t(4, 3))
t(2, 3).lerp(t(2, 3), 0.5) ; t(2, 3).addcmul(t(3), t(3), value=2) ; t(2, 3).addcdiv_(t(3), t(3)) ; t(2, 3).unique().dim() ; t(2, 3).histc(5) ; t(2, 3).quantile(0.5) ; t(2, 3).quantile(t(4), dim=1) ; t(3, dtype='int64').bincount().dim() ; t(2, 3).count_nonzero() ; t(2, 3).diff() ; t(2, 3).diff(dim=0) ; t(2, 3).trace() ; t(2, 3, 3).det() ; (t(3, 3) + torch.eye(3)).inverse() ; t(3, 3).qr() ; t(4, 3).svd() ; t(3, 4).lu() ; torch.lu(t(2, 4, 3), get_infos=True) ; torch.lu_unpack(*torch.lu(t(2, 4, 3))) ; torch.lu_unpack(*torch.lu(t(3, 3)), unpack_data=False)
t(2, 3).isclose(t(3)) ; t(2, 3).equal(t(3)) ; t(2, 3).dist(t(2, 3)) ; t(2, 3).renorm(2, 0, 1.) ; t(2, dtype='complex64').real ; t(2, dtype='complex64').imag ; t(2, dtype='complex64').abs() ; t(2, 2).view_as_complex if hasattr(t(1), 'view_as_complex') else None ; t(2, dtype='complex64').angle() ; t(2, 3).logcumsumexp(1) ; t(2, 3).mvlgamma(1) ; t(2, 3).requires_grad ; t(2, 3).shape ; t(2, 3).ndim ; t(2, 3).dtype
t(2, 3).device ; t(2, 3).is_cuda ; t(2, 3).sum_to_size(1, 3) ; t(2, 3).bernoulli_(0.5) ; t(2, 3).exponential_() ; t(2, 3).random_(0, 5) ; t(2, 3).resize_(3, 2) ; t(2, 3).tril_() ; t(2, 3).fill_diagonal_(1) ; t(3).index_put_((c([0]),), t(1)) ; t(2, 3).set_(t(4)) ; t(2, 3).nansum() ; t(2, 3).aminmax() ; t(2, 3).squeeze_(0) ; t(2, 3).ravel() ; t(2, 3).msort() ; t(2, 3).argwhere().dim()
t(2, 3).hardshrink() ; t(2, 3).prelu(t(3)) ; t(2, 3, fill=1).multinomial(2) ; t(2, 3).bernoulli() ; t(2, 3).dsplit(2) ; t(2, 4).hsplit(2) ; t(4, 2).vsplit(2) ; t(2, 2, 4).dsplit([1]) ; t(2, 3).cov() ; t(2, 3).corrcoef() ; t(3).heaviside(t(3)) ; t(2, 3).ldexp(t(3)) ; t(2, 3).frexp() ; t(2, 3).nbytes ; t(2, 3).float_power(2) ; t(2, 3).fliplr() ; t(2, 3).diagflat() ; t(2, 3).storage_offset()
"""

FUNCTIONS = """
torch.cat([t(2, 3), t(4, 3)]) ; torch.cat((t(2, 3), t(2, 5)), dim=-1) ; torch.cat([t(2, 3), t(2, 4)]) ; torch.cat([t(0), t(2, 3)]) ; torch.cat([t(2, dtype='int64'), t(2)]) ; torch.cat([]) ; torch.cat([c([1]), c([2, 3])]).tolist() ; torch.concat([t(2), t(2)]) ; torch.cat(tensors=[t(2), t(2)], dim=0)
torch.stack([t(2, 3), t(2, 3)]) ; torch.stack((t(2, 3), t(2, 3)), -1) ; torch.stack([t(2), t(3)]) ; torch.stack([c(1), c(2)]).tolist() ; torch.hstack([t(2), t(3)]) ; torch.hstack([t(2, 3), t(2, 1)]) ; torch.vstack([t(3), t(2, 3)]) ; torch.dstack([t(2), t(2)]) ; torch.column_stack([t(2), t(2, 3)])
torch.split(t(7, 2), 3) ; torch.split(t(7, 2), [3, 4], 0) ; torch.chunk(t(2, 6), 3, dim=1) ; torch.unbind(t(2, 3), 1) ; torch.squeeze(t(1, 2)) ; torch.unsqueeze(t(2), 1) ; torch.reshape(t(2, 3), (3, 2)) ; torch.reshape(t(2, 3), (-1,)) ; torch.permute(t(2, 3), (1, 0)) ; torch.transpose(t(2, 3), 0, 1) ; torch.flatten(t(2, 3, 4), 1) ; torch.flatten(t(2, 3), start_dim=0)
torch.sum(t(2, 3), dim=1) ; torch.mean(t(2, 3), 1, True) ; torch.mean(t(2, 3), dim=(0, 1)) ; torch.max(t(2, 3)) ; torch.max(t(2, 3), 1) ; torch.max(t(2, 3), t(3)) ; torch.max(t(2, 3), dim=-1, keepdim=True)[0] ; torch.min(t(2, 3), t(2, 3)) ; torch.argmax(t(2, 3), dim=1) ; torch.all(t(2, dtype='bool')) ; torch.any(t(2) > 0, 0) ; torch.norm(t(2, 3), dim=1) ; torch.norm(t(2, 3), 2, -1, True) ; torch.var(t(2, 3), -1, unbiased=False, keepdim=True)
torch.var_mean(t(2, 3), dim=1) ; torch.std_mean(t(2, 3)) ; torch.std(t(2, 3), 0) ; torch.logsumexp(t(2, 3), -1) ; torch.cumsum(t(2, 3), dim=-1) ; torch.softmax(t(2, 3), -1) ; torch.softmax(t(2, 3), dim=1, dtype=torch.float64) ; torch.log_softmax(t(2, 3), 1) ; torch.clamp(t(2), 0, 1) ; torch.clamp(t(2), min=1e-5) ; torch.where(t(2, 1) > 0, t(3), 0.) ; torch.where(t(2) > 0, 1, 2) ; torch.where(t(2, 3, dtype='bool'))[0].dim() ; torch.where(t(2) > 0, t(2, dtype='int64'), t(2))
torch.where(c([1, 0]) > 0, 5, 7).tolist() ; torch.einsum('bij,bjk->bik', t(2, 3, 4), t(2, 4, 5)) ; torch.einsum('ij,jk', t(2, 3), t(3, 4)) ; torch.einsum('...ij,...jk->...ik', t(2, 3, 4), t(4, 5)) ; torch.einsum('ii->i', t(3, 3)) ; torch.einsum('bhid, bhjd -> bhij', t(2, 3, 4, 5), t(2, 3, 6, 5)) ; torch.einsum('i,j->ij', t(2), t(3)) ; torch.einsum('ij->', t(2, 3)) ; torch.einsum('b...d->bd...', t(2, 3, 4, 5))
torch.einsum('ij,jk->ik', t(2, 3), t(4, 5)) ; torch.einsum(t(2, 3), [0, 1], t(3, 4), [1, 2], [0, 2]) ; torch.einsum('ij,jk->ik', [t(2, 3), t(3, 5)]) ; torch.einsum('ba,b', t(2, 3), t(2)) ; torch.einsum('...,...->...', t(2, 3), t(3)) ; torch.einsum('ij->k', t(2, 3)) ; torch.einsum('nhwc,kc->nhwk', t(2, 3, 4, 5), t(6, 5))
torch.matmul(t(2, 1, 3, 4), t(5, 4, 6)) ; torch.bmm(t(2, 3, 4), t(2, 4, 5)) ; torch.mm(t(2, 3), t(3, 4)) ; torch.addmm(t(4), t(2, 3), t(3, 4), beta=0.5) ; torch.baddbmm(t(1, 1, 1), t(2, 3, 4), t(2, 4, 5)) ; torch.tensordot(t(2, 3, 4), t(3, 4, 5)) ; torch.tensordot(t(2, 3), t(4, 2), dims=([0], [1])) ; torch.cdist(t(2, 3, 4), t(2, 5, 4)) ; torch.dot(t(2), t(3)) ; torch.outer(t(2), t(3)) ; torch.cross(t(2, 3), t(2, 3), dim=1)
torch.gather(t(2, 3), 1, t(2, 2, dtype='int64')) ; torch.index_select(t(2, 3), 0, c([1])) ; torch.masked_select(t(3), t(3) > 0).dim() ; torch.nonzero(t(2, 3)).dim() ; torch.nonzero(t(2, 3), as_tuple=True)[1].dim() ; torch.topk(t(2, 5), 3, dim=1)[1] ; torch.sort(t(2, 3), dim=0)[0] ; torch.unique(t(3)).dim() ; torch.unique(t(3), return_inverse=True)[1] ; torch.roll(t(2, 3), shifts=(1, 1), dims=(0, 1)) ; torch.flip(t(2, 3), dims=[0]) ; torch.tril(t(3, 3), -1) ; torch.diag(t(3)) ; torch.diagonal(t(3, 3)) ; torch.repeat_interleave(t(2, 3), 2, dim=0)
torch.broadcast_tensors(t(2, 1), t(3)) ; torch.broadcast_shapes((2, 1), (3,)) ; torch.broadcast_to(t(3), (2, 3)) ; torch.atleast_1d(t()) ; torch.atleast_2d(t(3)) ; torch.atleast_3d(t(2, 3)) ; torch.tile(t(2, 3), (2,)) ; torch.numel(t(2, 3)) ; torch.is_tensor(t(2)) ; torch.is_tensor(3) ; torch.is_floating_point(t(2)) ; torch.scatter(t(2, 3), 1, t(2, 1, dtype='int64'), 5.) ; torch.take(t(2, 3), c([1])) ; torch.view_as_complex(t(3, 2)) ; torch.view_as_real(t(3, dtype='complex64'))
torch.bucketize(t(2), t(3)) ; torch.searchsorted(t(3), t(2)) ; torch.stft(t(2, 100), 16, return_complex=True) ; torch.stft(t(100), 16, hop_length=4, center=False, return_complex=True) ; torch.trapezoid(t(2, 3)) ; torch.movedim(t(2, 3, 4), 1, 0) ; torch.swapaxes(t(2, 3), 0, 1) ; torch.t(t(2, 3)) ; torch.narrow(t(4), 0, 1, 2) ; torch.select(t(2, 3), 0, 1) ; torch.unflatten(t(6), 0, (2, 3)) ; torch.ravel(t(2, 3)) ; torch.isin(t(3), t(2)) ; torch.histc(t(3), bins=4)
torch.finfo(torch.float32).min ; torch.finfo(torch.float16).max ; torch.finfo(torch.bfloat16).eps ; torch.finfo(torch.float64).tiny ; torch.iinfo(torch.int32).max ; torch.iinfo(torch.uint8).min ; torch.finfo(t(2).dtype).min ; torch.finfo().bits ; torch.pi ; torch.inf ; torch.get_default_dtype() ; torch.is_grad_enabled.__name__ ; torch.jit.is_scripting() ; torch.jit.is_tracing() ; torch.cuda.is_available() ; torch.is_autocast_enabled() ; torch.__version__.split('+')[0]
torch.fft.fft(t(2, 8)) ; torch.fft.rfft(t(2, 8)) ; torch.fft.irfft(t(2, 5, dtype='complex64')) ; torch.fft.irfft(t(2, 5, dtype='complex64'), n=9) ; torch.fft.rfft2(t(2, 8, 6)) ; torch.fft.irfft2(t(2, 8, 4, dtype='complex64'), s=(8, 6)) ; torch.fft.fftn(t(2, 3)) ; torch.fft.rfft2(t(2, 8, 6, 3), dim=(1, 2), norm='ortho') ; torch.fft.fft2(t(2, 3, dtype='float64')) ; torch.fft.fftshift(t(4)) ; torch.fft.fftfreq(5) ; torch.fft.rfftfreq(5) ; torch.fft.ifft(t(4), n=6) ; torch.fft.irfft2(t(2, 8, 4, dtype='complex64')) ; torch.fft.rfftn(t(2, 4), dim=(0,)) ; torch.fft.hfft(t(4))
torch.linalg.norm(t(2, 3)) ; torch.linalg.norm(t(2, 3), dim=-1) ; torch.linalg.vector_norm(t(2, 3), dim=1, keepdim=True) ; torch.linalg.inv(t(2, 3, 3)) if False else None ; torch.linalg.qr(t(4, 3)) ; torch.linalg.svd(t(4, 3)) ; torch.linalg.svd(t(4, 3), full_matrices=False) ; torch.linalg.eigh(t(3, 3)) ; torch.linalg.det(t(3, 3)) ; torch.linalg.matrix_norm(t(2, 3)) ; torch.linalg.cross(t(2, 3), t(2, 3)) ; torch.linalg.matmul(t(2, 3), t(3, 4)) ; torch.linalg.pinv(t(4, 3)) ; torch.linalg.solve(torch.eye(3), t(3, 2)) ; torch.linalg.vecdot(t(2, 3), t(2, 3))
torch.special.expit(t(2)) ; torch.special.logit(t(2)) ; torch.special.gammaln(t(2)) ; torch.autograd.Variable(t(2)) ; torch.heaviside(t(2), t(2)) ; torch.lerp(t(2), t(2), t(2)) ; torch.addcmul(t(2), t(2), t(2)) ; torch.allclose(t(2), t(3)) if False else None ; torch.trace(t(3, 3)) ; torch.kron(t(2), t(3)) ; torch.cov(t(2, 3)) ; torch.logical_not(t(2)) ; torch.isnan(t(2)) ; torch.real(t(2)) ; torch.conj(t(2)) ; torch.diff(t(4)) ; torch.median(t(3)) ; torch.quantile(t(3), 0.5)
torch.conv2d(t(1, 3, 8, 8), t(4, 3, 3, 3)) ; torch.layer_norm(t(2, 3), (3,)) ; torch.pixel_shuffle(t(1, 8, 2, 2), 2) ; torch.celu(t(2)) ; torch.max_pool2d(t(1, 3, 8, 8), 2) ; torch.cosine_similarity(t(2, 3), t(2, 3)) ; torch.prelu(t(2, 3), t(3)) ; torch.empty(0).shape ; torch.zeros(()).item() ; torch.eq(t(2), t(2)) ; torch.eq(t(2), 1) ; torch.ger(t(2), t(3)) ; torch.rsub(t(2), 1) ; torch.nan_to_num(t(2), nan=0.0) ; torch.tensor_split(t(2, 7), 3, dim=1)
torch.reshape(input=t(2, 3), shape=(6,)) ; torch.sum(input=t(2), dim=0) ; t(2, 3).sum(axis=1) ; torch.cat([t(2), t(3)], axis=0) ; t(2, 3).mean(axis=-1, keepdims=True) ; torch.squeeze(t(1, 2), dim=0) ; t(2, 3).transpose(dim0=0, dim1=1) ; t(2, 3).flatten(start_dim=0) ; t(2, 6).chunk(chunks=2, dim=1) ; t(2, 6).split(split_size=3, dim=1) ; t(3).repeat(repeats=(2,)) if False else None ; torch.unsqueeze(t(2), dim=0) ; torch.matmul(input=t(2, 3), other=t(3, 2)) ; t(4).topk(k=2)
"""

INDEXING = r"""
t(2, 3, 4)[0] ; t(2, 3, 4)[-1, 1] ; t(2, 3, 4)[:, 1:] ; t(2, 3, 4)[..., 0] ; t(2, 3, 4)[..., None] ; t(2, 3, 4)[None] ; t(2, 3, 4)[:, None, :] ; t(2, 3, 4)[::2] ; t(5)[1:-1] ; t(5)[-3:] ; t(5)[10:] ; t(5)[3:1] ; t(5)[::3] ; t(2, 3)[2] ; t(2, 3)[0, 3] ; t(2, 3)[0, 0, 0] ; t()[None] ; t()[...] ; t()[0]
t(5)[c([0, 2])] ; t(5, 3)[c([[0, 1], [2, 3]])] ; t(5, 3)[:, c([0])] ; t(5, 3, 4)[c([0]), :, c([1])] ; t(5, 3, 4)[:, c([0]), c([1, 2])] ; t(5, 3, 4)[c([0, 1]), c([1, 2])] ; t(5, 3)[[0, 1]] ; t(5, 3)[:, [0, 1]] ; t(5, 3)[t(5, dtype='bool')].ndim ; t(5, 3)[t(5, 3, dtype='bool')].ndim ; t(2, 3, 4)[0, ..., 1:3] ; t(2, 3)[True] ; t(5)[[True, False, True, False, False]] ; t(5, 3)[c(1)]
c([1, 2, 3, 4])[1:3].tolist() ; c([[1, 2], [3, 4]])[:, 0].tolist() ; c([1, 2, 3])[-1].item() ; c([1, 2, 3])[c([2, 0])].tolist() ; [x.item() for x in torch.linspace(0, 1, 5)] ; [i.item() for i in torch.arange(4)] ; c([[1, 2], [3, 4]])[1].tolist() ; c([1, 2, 3, 4])[::2].tolist()
x = torch.zeros(3, 4)\nx[1] = 5\nx ; x = torch.zeros(3)\ny = x[0:2]\ny.fill_(1)\nx[2] ; x = t(2, 3)\nx[:, 0] = t(2)\nx ; x = t(2, 3)\nx[:, 0] = t(3)\nx ; x = t(2, 3)\nx[x > 0] = 1.\nx ; x = t(2, 3)\nx += 1\nx ; x = t(2, 3)\nx *= t(3)\nx ; x = t(2, 3)\nx.data = t(4)\nx
"""

CONSTANTS = """
(torch.arange(4) + 1).tolist() ; (torch.arange(4) * 2 - 1).tolist() ; (torch.arange(4) / 2).tolist() ; (torch.arange(6) // 4).tolist() ; (torch.arange(6) % 4).tolist() ; (2 ** torch.arange(4)).tolist() ; (torch.arange(3)[:, None] - torch.arange(3)[None]).tolist() ; torch.arange(4).sum().item() ; torch.tensor([2, 3, 4]).prod().item()
torch.tensor([2, 3, 4]).max().item() ; torch.tensor([2., 3.]).mean().item() ; torch.tensor([2, 3, 4]).cumsum(0).tolist() ; torch.tensor([1.5, -1.5]).abs().tolist() ; torch.tensor([4., 9.]).sqrt().tolist() ; torch.tensor([1.5, 2.5]).round().tolist() ; torch.tensor([0., 1.]).exp()[0].item() ; torch.zeros(2, 2).add(1).tolist() ; (torch.arange(3) > 1).tolist() ; (torch.arange(3) == torch.arange(3)).all().item()
torch.arange(6).view(2, 3).t().tolist() ; torch.arange(3).flip(0).tolist() ; torch.cat([torch.arange(2), torch.arange(2)]).tolist() ; torch.stack([torch.arange(2), torch.arange(2)]).tolist() ; torch.arange(4).float().tolist() ; torch.linspace(0, 1, 3).long().tolist() ; torch.arange(3).expand(2, 3).tolist() ; torch.arange(4).reshape(2, 2).flatten().tolist() ; torch.tensor([1, 0]).bool().any().item() ; torch.arange(4).argmax().item()
torch.arange(3).clamp(1, 1).tolist() ; torch.tensor(2.0).item() ** 2 ; int(torch.tensor(2.7)) ; torch.ones(3).cumprod(0).tolist() ; torch.tensor([1, 2]).to(torch.float32).tolist() ; torch.ones(2, dtype=torch.bool).tolist() ; torch.zeros(2).fill_(3).tolist() ; torch.tensor([[1, 2]]).T.shape ; torch.tensor([1., 2.]).log2().tolist() ; torch.tensor([7]).item() ; torch.minimum(torch.arange(3), torch.tensor(1)).tolist()
torch.unique(torch.tensor([3, 1, 3])).tolist() ; [x.tolist() for x in torch.unique(torch.tensor([3, 1, 3]), return_inverse=True, return_counts=True)] ; [x.tolist() for x in torch.unique_consecutive(torch.tensor([1, 1, 2, 1]), return_inverse=True, return_counts=True)] ; len(torch.unique(torch.tensor([1., 1.]))) ; torch.arange(2).repeat(2).tolist() ; torch.arange(4).view(2, 2).repeat(2, 3).tolist() ; torch.arange(2).repeat(2, 2).tolist() ; torch.arange(2).tile(3).tolist()
"""

PROGRAMS = [
    "@torch.no_grad()\ndef f(x):\n    return x + 1\nf(t(2))",
    "with torch.no_grad():\n    y = t(2) + 1\ny",
    "@torch.no_grad\ndef f(x):\n    return x + 1\nf(t(2))",
    "@torch.inference_mode()\ndef f(x):\n    return x + 1\nf(t(2))",
    "@torch.jit.ignore\ndef f(x):\n    return x + 1\nf(t(2))",
    "@torch.jit.unused\ndef f(x):\n    return x + 1\nf(t(2))",
    "with torch.set_grad_enabled(False):\n    y = t(2)\ny",
    "with torch.autocast('cpu', enabled=False):\n    y = t(2)\ny",
    "with torch.cuda.amp.autocast(enabled=False):\n    y = t(2)\ny",
    "class F2(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        ctx.save_for_backward(x)\n        return x * 2\n    @staticmethod\n    def backward(ctx, g):\n        return g\nF2.apply(t(2))",
    "import torch.utils.checkpoint as cp\ncp.checkpoint(lambda x: x + 1, t(2), use_reentrant=False)",
    "torch._assert(True, 'no')",
    "torch.set_grad_enabled(True)\ntorch.manual_seed(0)\nNone",
    "isinstance(t(2), torch.Tensor)",
    "isinstance(t(2).shape, torch.Size)",
    "isinstance(t(2).dtype, torch.dtype)",
    "isinstance(t(2).device, torch.device)",
    "t(2, 3).shape[-1:] + (4,)",
    "b, n = t(2, 3).shape\n(b, n)",
    "a, b = t(2, 3).unbind(0)\na",
    "v, i = t(2, 3).max(1)\ni",
    "x = t(2, requires_grad=False) if False else t(2)\nx.grad",
    "torch.float32 == torch.float",
    "str(torch.float16)",
    "torch.device('cuda:1').index",
    "torch.device('cuda', 1).type",
    "x = t(2, 3)\nx.add_(1).mul_(2).clamp_(min=0)",
    "t(2).add_(t(2, 3))",
    "torch.ones(2).masked_fill_(torch.tensor([True, False]), 5).sum().shape",
]


def cases(text):
    return [case.strip().replace("\\n", "\n") for line in text.strip().split("\n") for case in line.split(" ; ")]


@pytest.mark.parametrize("case", cases(PROMOTION))
def test_promotion(agree, case):
    agree(case)


@pytest.mark.parametrize("case", cases(CREATION))
def test_creation(agree, case):
    agree(case)


@pytest.mark.parametrize("case", cases(METHODS))
def test_method(agree, case):
    agree(case)


@pytest.mark.parametrize("case", cases(FUNCTIONS))
def test_function(agree, case):
    agree(case)


@pytest.mark.parametrize("case", cases(INDEXING))
def test_indexing(agree, case):
    agree(case)


@pytest.mark.parametrize("case", cases(CONSTANTS))
def test_contents(agree, case, catalog):
    agree(case)
    assert catalog.ask(case=case) != ["unknown"], "the contents of this constant are known"


@pytest.mark.parametrize("case", PROGRAMS)
def test_program(agree, case):
    agree(case)


@pytest.mark.parametrize("text", [
    "x = t(2, 3)\ny = x\ny += 1\ny is x",
    "x = t(2, 3, dtype='float16')\nx *= t(2, 3)\nx",
    "x = t(2, 1)\nx += t(2, 3)\nx",
    "x = t(2, 3, dtype='int64')\nx /= 2\nx",
    "x = t(2, 3, dtype='int64')\nx += 0.5\nx",
    "x = t(2, 3, dtype='bool')\nx |= t(3, dtype='bool')\nx",
    "x = c([1, 2])\nx -= 3\nx.tolist()",
    "x = c([[1, 2], [3, 4]])\nx[0] += 5\nx.tolist() if False else x",
])
def test_augmented_assignment(agree, text):
    agree(text)
