# einsum with repeated, dropped, reordered and batched indices, ellipsis and implicit output.
# entry: Net()
# input: f32[2,3,4]
# input: f32[2,5,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(4, 6, 2))

    def forward(self, a, b):
        scores = torch.einsum("bid,bjd->bij", a, b)
        return (
            scores, torch.einsum("bij, bjd -> bid", scores, b), torch.einsum("...d,dhk->...hk", a, self.w),
            torch.einsum("bid,bjd->", a, b), torch.einsum("bid->db", a), torch.einsum("bii->bi", scores[:, :, :3]),
            torch.einsum("bid,bjd", [a, b]), torch.einsum("b i d, d h k -> b h i k", a, self.w),
            torch.einsum("...ij->...ji", a),
        )
