# Graph convolution with a dense adjacency, degree normalisation and multi-head attention over neighbours.
# entry: GCN(5, [8, 6], 3)
# input: x=f32[7,5]
# input: adj=f32[7,7]
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.parameter import Parameter


class GraphConv(nn.Module):
    def __init__(self, i, o, bias=True):
        super().__init__()
        self.weight = Parameter(torch.FloatTensor(i, o))
        if bias:
            self.bias = Parameter(torch.FloatTensor(o))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1.0 / (self.weight.size(1) ** 0.5)
        self.weight.data.uniform_(-stdv, stdv)
        if self.bias is not None:
            self.bias.data.uniform_(-stdv, stdv)

    def forward(self, x, adj):
        out = torch.spmm(adj, torch.mm(x, self.weight))
        return out + self.bias if self.bias is not None else out

    def __repr__(self):
        return self.__class__.__name__ + " (" + str(self.weight.shape[0]) + ")"


class GCN(nn.Module):
    def __init__(self, i, hidden, classes):
        super().__init__()
        dims = [i, *hidden, classes]
        self.layers = nn.ModuleList(GraphConv(a, b, bias=k > 0) for k, (a, b) in enumerate(zip(dims, dims[1:])))
        self.attn = Parameter(torch.empty(2 * classes, 1))

    def forward(self, x, adj):
        deg = adj.sum(1).clamp(min=1).pow(-0.5)
        adj = deg[:, None] * adj * deg[None]
        for layer in self.layers[:-1]:
            x = F.dropout(F.relu(layer(x, adj)), 0.5, training=self.training)
        x = self.layers[-1](x, adj)
        n = x.size(0)
        pairs = torch.cat([x.repeat(1, n).view(n * n, -1), x.repeat(n, 1)], dim=1).view(n, n, -1)
        e = F.leaky_relu(torch.matmul(pairs, self.attn).squeeze(2), 0.2)
        e = torch.where(adj > 0, e, -9e15 * torch.ones_like(e))
        return F.log_softmax(x, dim=1), F.softmax(e, dim=1)
