# A vector quantiser: distances, argmin, one-hot scatter, straight-through estimator, codebook buffers updated in training.
# entry: VQ(codes=10, dim=4)
# input: f32[2,4,5,5]
import torch
import torch.nn as nn
import torch.nn.functional as F


class VQ(nn.Module):
    def __init__(self, codes, dim, decay=0.99):
        super().__init__()
        embed = torch.randn(codes, dim)
        self.register_buffer("embed", embed)
        self.register_buffer("cluster_size", torch.zeros(codes))
        self.register_buffer("initted", torch.Tensor([False]))
        self.register_buffer("embed_avg", embed.clone())
        self.decay = decay

    def forward(self, z):
        z = z.permute(0, 2, 3, 1).contiguous()
        flat = z.view(-1, self.embed.shape[1])
        d = flat.pow(2).sum(1, keepdim=True) - 2 * flat @ self.embed.t() + self.embed.pow(2).sum(1)
        ind = torch.argmin(d, dim=1)
        hot = F.one_hot(ind, self.embed.shape[0]).type(flat.dtype)
        q = torch.matmul(hot, self.embed).view(z.shape)
        if self.training:
            self.cluster_size.data.mul_(self.decay).add_(hot.sum(0), alpha=1 - self.decay)
        loss = F.mse_loss(q.detach(), z) + 0.25 * (q - z.detach()).pow(2).mean()
        q = z + (q - z).detach()
        probs = hot.mean(0)
        perplexity = torch.exp(-torch.sum(probs * torch.log(probs + 1e-10)))
        return loss, q.permute(0, 3, 1, 2), perplexity, ind.view(*z.shape[:-1])
