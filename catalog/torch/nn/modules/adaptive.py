"""Adaptive softmax."""
from __future__ import annotations

from collections import namedtuple

from _nw import DType, check, layer, tensor
from torch.nn.modules.container import ModuleList, Sequential
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["AdaptiveLogSoftmaxWithLoss"]

_ASMoutput = namedtuple("_ASMoutput", ["output", "loss"])


@layer
class AdaptiveLogSoftmaxWithLoss(Module):
    def __init__(self, in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None):
        super().__init__()
        cutoffs = list(cutoffs)
        check(len(cutoffs) > 0, "cutoffs should be a sequence of length larger than 0", ValueError)
        before = 0
        for cutoff in cutoffs:
            check(cutoff > before and cutoff <= n_classes - 1, "cutoffs should be a sequence of unique, positive"
                  " integers sorted in an increasing order", ValueError)
            before = cutoff
        self.in_features = in_features
        self.n_classes = n_classes
        self.cutoffs = cutoffs + [n_classes]
        self.div_value = div_value
        self.head_bias = head_bias
        self.shortlist_size = self.cutoffs[0]
        self.n_clusters = len(self.cutoffs) - 1
        self.head_size = self.shortlist_size + self.n_clusters
        self.head = Linear(in_features, self.head_size, bias=head_bias, dtype=dtype)
        self.tail = ModuleList()
        for i in range(self.n_clusters):
            hidden = int(in_features // (div_value ** (i + 1)))
            out = self.cutoffs[i + 1] - self.cutoffs[i]
            self.tail.append(Sequential(Linear(in_features, hidden, bias=False, dtype=dtype),
                                        Linear(hidden, out, bias=False, dtype=dtype)))

    def reset_parameters(self):
        pass

    def forward(self, input_, target_) -> (Tensor, Tensor):
        check(target_.ndim <= 1, "0D or 1D target tensor expected, multi-target not supported")
        check(input_.ndim == target_.ndim + 1, "the input needs one dimension more than the target")
        check(target_.ndim == 0 or input_.shape[0] == target_.shape[0],
              "Input and target should have the same size in the batch dimension.")
        return _ASMoutput(tensor(target_.shape, like=input_), tensor((), like=input_))

    def log_prob(self, input):
        return tensor((input.shape[0], self.n_classes), like=input)

    def predict(self, input):
        return tensor((input.shape[0],), DType("int64"), like=input)
