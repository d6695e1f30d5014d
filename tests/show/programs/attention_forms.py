# MultiheadAttention: kdim and vdim, weights averaged or not, masks, batch first or not, no bias, bias_k.
# entry: Net()
# input: f32[5,2,8]
# input: f32[7,2,6]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.MultiheadAttention(8, 2)
        self.b = nn.MultiheadAttention(8, 4, kdim=6, vdim=6, bias=False)
        self.c = nn.MultiheadAttention(8, 2, batch_first=True, add_bias_kv=True, dropout=0.1)

    def forward(self, x, y):
        mask = torch.triu(torch.ones(5, 5, dtype=torch.bool), diagonal=1)
        a, wa = self.a(x, x, x, attn_mask=mask)
        b, wb = self.b(x, y, y, need_weights=True, average_attn_weights=False)
        xb = x.transpose(0, 1)
        c = self.c(xb, xb, xb, need_weights=False)
        q = xb.view(2, 5, 2, 4).transpose(1, 2)
        d = F.scaled_dot_product_attention(q, q, q, is_causal=True)
        return a, wa, b, wb, c, d
