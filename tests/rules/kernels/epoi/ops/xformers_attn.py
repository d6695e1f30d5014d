from torch import nn
from torch.nn import functional as F


def split(x, heads):
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


class BertSelfAttentionWithXF(nn.Module):
    """softmax(q k / sqrt(size) + mask) v"""

    def __init__(self, config, position_embedding_type=None):
        super().__init__()
        self.heads, self.p = config.num_attention_heads, config.attention_probs_dropout_prob
        self.generic_attn = nn.ModuleDict({n: nn.Linear(config.hidden_size, config.hidden_size) for n in ("query", "key", "value")})

    def forward(self, hidden_states, attention_mask=None):
        q, k, v = (split(self.generic_attn[n](hidden_states), self.heads) for n in ("query", "key", "value"))
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=attention_mask, dropout_p=self.p if self.training else 0.0)
        return (out.transpose(1, 2).flatten(2),)


class T5Attention(nn.Module):
    """o(softmax(q k) v), without a bias by position"""

    def __init__(self, config, has_relative_attention_bias=False):
        super().__init__()
        assert not has_relative_attention_bias, "no rule writes it"
        self.heads, self.p, inner = config.num_heads, config.dropout_rate, config.num_heads * config.d_kv
        self.q, self.k, self.v = (nn.Linear(config.d_model, inner, bias=False) for _ in range(3))
        self.o = nn.Linear(inner, config.d_model, bias=False)

    def forward(self, hidden_states):
        q, k, v = (split(f(hidden_states), self.heads) for f in (self.q, self.k, self.v))
        out = F.scaled_dot_product_attention(q, k, v, dropout_p=self.p if self.training else 0.0, scale=1.0)
        return (self.o(out.transpose(1, 2).flatten(2)), None, None)


class GPT2AttentionWithXF(nn.Module):
    """dropout(out_proj(softmax(causal(q k / sqrt(size))) v))"""

    def __init__(self, config, is_cross_attention=False, layer_idx=None):
        super().__init__()
        self.heads, self.p, self.resid_p = config.num_attention_heads, config.attn_pdrop, config.resid_pdrop
        self.generic_attn = nn.ModuleDict({"qkv": nn.Linear(config.hidden_size, 3 * config.hidden_size),
                                           "out_proj": nn.Linear(config.hidden_size, config.hidden_size)})

    def forward(self, hidden_states):
        q, k, v = (split(x, self.heads) for x in self.generic_attn["qkv"](hidden_states).chunk(3, -1))
        out = F.scaled_dot_product_attention(q, k, v, dropout_p=self.p if self.training else 0.0, is_causal=True)
        out = self.generic_attn["out_proj"](out.transpose(1, 2).flatten(2))
        return (F.dropout(out, self.resid_p, self.training), None)
