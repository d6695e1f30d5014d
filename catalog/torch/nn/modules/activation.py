"""Activations and multi-head attention."""
from __future__ import annotations

from _nw import Parameter, check, layer, tensor
from torch.nn import functional as F
from torch.nn.init import constant_, xavier_normal_, xavier_uniform_
from torch.nn.modules.linear import NonDynamicallyQuantizableLinear
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__others__ = ("Tensor", "torch", "warnings")
__all__ = ["Threshold", "ReLU", "RReLU", "Hardtanh", "ReLU6", "Sigmoid", "Hardsigmoid", "Tanh", "SiLU", "Mish",
           "Hardswish", "ELU", "CELU", "SELU", "GLU", "GELU", "Hardshrink", "LeakyReLU", "LogSigmoid", "Softplus",
           "Softshrink", "MultiheadAttention", "PReLU", "Softsign", "Tanhshrink", "Softmin", "Softmax", "Softmax2d",
           "LogSoftmax"]


@layer(pivot="threshold(input, threshold=threshold, value=value)")
class Threshold(Module):
    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input) -> Tensor:
        return F.threshold(input, self.threshold, self.value, self.inplace)


@layer(pivot="relu(input)")
class ReLU(Module):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""

    def forward(self, input) -> Tensor:
        return F.relu(input, self.inplace)


@layer(effects="rng", pivot="None if training else leaky_relu(input, slope=(lower + upper) / 2)")
class RReLU(Module):
    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input) -> Tensor:
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)


@layer(pivot="hard_tanh(input, low=min_val, high=max_val)")
class Hardtanh(Module):
    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__()
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        self.inplace = inplace
        check(self.max_val > self.min_val, "max_val must be greater than min_val", AssertionError)

    def forward(self, input) -> Tensor:
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)


@layer(pivot="relu6(input)")
class ReLU6(Hardtanh):
    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)


@layer(pivot="sigmoid(input)")
class Sigmoid(Module):
    def forward(self, input) -> Tensor:
        return F.sigmoid(input)


@layer(pivot="hard_sigmoid(input)")
class Hardsigmoid(Module):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input) -> Tensor:
        return F.hardsigmoid(input, self.inplace)


@layer(pivot="tanh(input)")
class Tanh(Module):
    def forward(self, input) -> Tensor:
        return F.tanh(input)


@layer(pivot="silu(input)")
class SiLU(Module):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""

    def forward(self, input) -> Tensor:
        return F.silu(input, self.inplace)


@layer(pivot="mish(input)")
class Mish(Module):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""

    def forward(self, input) -> Tensor:
        return F.mish(input, self.inplace)


@layer(pivot="hard_silu(input)")
class Hardswish(Module):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input) -> Tensor:
        return F.hardswish(input, self.inplace)


@layer(pivot="elu(input, alpha=alpha)")
class ELU(Module):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input) -> Tensor:
        return F.elu(input, self.alpha, self.inplace)


@layer(pivot="celu(input, alpha=alpha)")
class CELU(Module):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input) -> Tensor:
        return F.celu(input, self.alpha, self.inplace)


@layer(pivot="selu(input)")
class SELU(Module):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""

    def forward(self, input) -> Tensor:
        return F.selu(input, self.inplace)


@layer(pivot="glu(input, axis=dim)")
class GLU(Module):
    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def forward(self, input) -> Tensor:
        return F.glu(input, self.dim)


@layer(pivot="gelu(input, form='tanh') if approximate == 'tanh' else gelu(input, form='erf')")
class GELU(Module):
    def __init__(self, approximate="none"):
        super().__init__()
        self.approximate = approximate

    def forward(self, input) -> Tensor:
        return F.gelu(input, approximate=self.approximate)


@layer(pivot="hard_shrink(input, lambda_=lambd)")
class Hardshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input) -> Tensor:
        return F.hardshrink(input, self.lambd)


@layer(pivot="leaky_relu(input, slope=negative_slope)")
class LeakyReLU(Module):
    def __init__(self, negative_slope=0.01, inplace=False):
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input) -> Tensor:
        return F.leaky_relu(input, self.negative_slope, self.inplace)


@layer(pivot="log_sigmoid(input)")
class LogSigmoid(Module):
    def forward(self, input) -> Tensor:
        return F.logsigmoid(input)


@layer(pivot="softplus(input, beta=beta, threshold=threshold)")
class Softplus(Module):
    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input) -> Tensor:
        return F.softplus(input, self.beta, self.threshold)


@layer(pivot="soft_shrink(input, lambda_=lambd)")
class Softshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input) -> Tensor:
        return F.softshrink(input, self.lambd)


@layer(effects="rng", result="(Tensor, Tensor) if need_weights else (Tensor, None)",
       pivot="multi_head_attention(query[n, l, e] if batch_first or query.ndim == 2 else query[l, n, e],"
             " key[n, s, e] if batch_first or key.ndim == 2 else key[s, n, e],"
             " value[n, s, e] if batch_first or value.ndim == 2 else value[s, n, e], heads=num_heads,"
             " query_kernel=slice(in_proj_weight, key=slice(0, embed_dim)) if in_proj_weight is not None else q_proj_weight,"
             " key_kernel=slice(in_proj_weight, key=slice(embed_dim, 2 * embed_dim)) if in_proj_weight is not None else k_proj_weight,"
             " value_kernel=slice(in_proj_weight, key=slice(2 * embed_dim, None)) if in_proj_weight is not None else v_proj_weight,"
             " query_bias=slice(in_proj_bias, key=slice(0, embed_dim)) if in_proj_bias is not None else None,"
             " key_bias=slice(in_proj_bias, key=slice(embed_dim, 2 * embed_dim)) if in_proj_bias is not None else None,"
             " value_bias=slice(in_proj_bias, key=slice(2 * embed_dim, None)) if in_proj_bias is not None else None,"
             " output_kernel=out_proj.weight, output_bias=out_proj.bias,"
             " mask=logical_not(attn_mask) if attn_mask is not None and attn_mask.dtype == 'bool' else None,"
             " bias=attn_mask if attn_mask is not None and attn_mask.dtype != 'bool' else None,"
             " padding=logical_not(key_padding_mask) if key_padding_mask is not None and key_padding_mask.dtype == 'bool' else None,"
             " extra=key_padding_mask if key_padding_mask is not None and key_padding_mask.dtype != 'bool' else bias_k,"
             " rate=dropout, training=training, weights=('mean' if average_attn_weights else 'each') if need_weights else 'none')"
             " if not add_zero_attn else None")
class MultiheadAttention(Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None,
                 vdim=None, batch_first=False, device=None, dtype=None):
        check(embed_dim > 0 and num_heads > 0, "embed_dim and num_heads must be greater than 0", ValueError)
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = kdim if kdim is not None else embed_dim
        self.vdim = vdim if vdim is not None else embed_dim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        check(self.head_dim * num_heads == embed_dim, "embed_dim must be divisible by num_heads", AssertionError)
        if self._qkv_same_embed_dim:
            self.in_proj_weight = Parameter(tensor((3 * embed_dim, embed_dim), dtype))
            self.register_parameter("q_proj_weight", None)
            self.register_parameter("k_proj_weight", None)
            self.register_parameter("v_proj_weight", None)
        else:
            self.q_proj_weight = Parameter(tensor((embed_dim, embed_dim), dtype))
            self.k_proj_weight = Parameter(tensor((embed_dim, self.kdim), dtype))
            self.v_proj_weight = Parameter(tensor((embed_dim, self.vdim), dtype))
            self.register_parameter("in_proj_weight", None)
        if bias:
            self.in_proj_bias = Parameter(tensor((3 * embed_dim,), dtype))
        else:
            self.register_parameter("in_proj_bias", None)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, dtype=dtype)
        if add_bias_kv:
            self.bias_k = Parameter(tensor((1, 1, embed_dim), dtype))
            self.bias_v = Parameter(tensor((1, 1, embed_dim), dtype))
        else:
            self.bias_k = None
            self.bias_v = None
        self.add_zero_attn = add_zero_attn
        self._reset_parameters()

    def _reset_parameters(self):
        pass

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None,
                average_attn_weights=True, is_causal=False) -> (Tensor, Any):
        swap = self.batch_first and query.ndim == 3
        if swap:
            query = _swap_first(query)
            key = _swap_first(key)
            value = _swap_first(value)
        out, weights = F.multi_head_attention_forward(
            query, key, value, self.embed_dim, self.num_heads, self.in_proj_weight, self.in_proj_bias, self.bias_k,
            self.bias_v, self.add_zero_attn, self.dropout, self.out_proj.weight, self.out_proj.bias, self.training,
            key_padding_mask, need_weights, attn_mask, not self._qkv_same_embed_dim, self.q_proj_weight,
            self.k_proj_weight, self.v_proj_weight, None, None, average_attn_weights, is_causal)
        return _swap_first(out) if swap else out, weights

    def merge_masks(self, attn_mask, key_padding_mask, query):
        kind = None
        merged = None
        if key_padding_mask is not None:
            kind = 1
            merged = key_padding_mask
        if attn_mask is not None:
            kind = 2
            batch = query.shape[0]
            length = query.shape[1]
            if attn_mask.ndim == 3:
                merged = attn_mask.view(batch, -1, length, length)
            else:
                merged = attn_mask.view(1, 1, length, length).expand(batch, self.num_heads, -1, -1)
            if key_padding_mask is not None:
                merged = merged + key_padding_mask.view(batch, 1, 1, length).expand(-1, self.num_heads, -1, -1)
        return merged, kind


def _swap_first(x):
    return tensor((x.shape[1], x.shape[0]) + x.shape[2:], like=x)


@layer(pivot="prelu(input[n, c, ...], slope=weight[c])")
class PReLU(Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        self.num_parameters = num_parameters
        super().__init__()
        self.init = init
        self.weight = Parameter(tensor((num_parameters,), dtype))
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def forward(self, input) -> Tensor:
        return F.prelu(input, self.weight)


@layer(pivot="softsign(input)")
class Softsign(Module):
    def forward(self, input) -> Tensor:
        return F.softsign(input)


@layer(pivot="tanhshrink(input)")
class Tanhshrink(Module):
    def forward(self, input) -> Tensor:
        return F.tanhshrink(input)


@layer(pivot="softmin(input, axis=dim if dim is not None else (0 if input.ndim in (0, 1, 3) else 1))")
class Softmin(Module):
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input) -> Tensor:
        return F.softmin(input, self.dim)


@layer(pivot="softmax(input, axis=dim if dim is not None else (0 if input.ndim in (0, 1, 3) else 1))")
class Softmax(Module):
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input) -> Tensor:
        return F.softmax(input, self.dim)


@layer(pivot="softmax(input, axis=-3)")
class Softmax2d(Module):
    def forward(self, input) -> Tensor:
        check(input.ndim == 3 or input.ndim == 4, "Softmax2d: expected input to be 3D or 4D", ValueError)
        return F.softmax(input, -3)


@layer(pivot="log_softmax(input, axis=dim if dim is not None else (0 if input.ndim in (0, 1, 3) else 1))")
class LogSoftmax(Module):
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input) -> Tensor:
        return F.log_softmax(input, self.dim)
