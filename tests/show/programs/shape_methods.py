# Methods that change shapes: view with -1, reshape, permute, transpose, expand, repeat, flatten, unflatten, movedim, roll.
# entry: Net()
# input: f32[2,3,4,5]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.unflat = nn.Unflatten(1, (3, 2))
        self.flat = nn.Flatten(start_dim=1, end_dim=2)

    def forward(self, x):
        b = x.size(0)
        return (
            x.view(b, -1), x.view((6, -1)), x.reshape(-1, 5), x.reshape([2, 3, 20]), x.permute(0, 2, 3, 1), x.permute((3, 2, 1, 0)),
            x.transpose(1, -1), x[..., 0, 0].t(), x.mT, x.expand(4, *x.shape)[0], x[:, :1].expand(-1, 7, -1, 5), x.repeat(2, 1, 1, 1),
            x.repeat(2, 1, 1, 1, 1), x.flatten(), x.flatten(1, 2), self.flat(x), self.unflat(x.repeat(1, 2, 1, 1)), x.unflatten(-1, (5, -1)),
            x.movedim(1, -1), x.roll(1, 2), x.unsqueeze(-1).squeeze(), x[:1].squeeze(0), x.squeeze(1), x.view_as(x), x.flip(1), x.tile((2, 1)),
            x.contiguous().view(b, 3, -1).permute(0, 2, 1), x.swapaxes(0, 1), x.unfold(2, 2, 1), x.diagonal(dim1=1, dim2=2), x.narrow(1, 0, 2),
            x.repeat_interleave(3, dim=1), torch.broadcast_to(x[0], (3, 3, 4, 5)), x.select(1, 0), x.T.shape[0] * x, torch.rot90(x, 1, (2, 3)),
        )
