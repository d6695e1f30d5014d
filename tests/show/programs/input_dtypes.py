# Inputs of every dtype, promotion between them, and conversions.
# entry: Net()
# input: a=f16[2,3]
# input: b=i32[3]{0..5}
# input: c=bool[2,1]
# input: d=f64[2,3]
# input: e=bf16[3]
import torch
import torch.nn as nn


class Net(nn.Module):
    def forward(self, a, b, c, d, e):
        return (
            a + b, b / 2, b // 2, a * 2.5, a + d, b + c, c & c, a + e, b.float() + a, (a > 0).sum(), b.sum(), b.to(d),
            c.long(), torch.where(c, a, 0.0), ~c, b * 1.5, b ** 2, d.half(), a.type_as(d), e.to(dtype=torch.float32), c.sum(0),
            a.float().mean(), b.double(), (a == e).int(), torch.cat([b, b.long()]), torch.ones_like(b), b.new_zeros(2), a.argmax(),
        )
