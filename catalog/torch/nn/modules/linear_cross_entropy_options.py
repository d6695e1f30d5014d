"""Options of the fused linear cross entropy."""
from __future__ import annotations

__public__ = "torch.nn"
__all__ = ["LinearCrossEntropyOptions"]


class LinearCrossEntropyOptions:
    def __init__(self, allow_retain_graph=False, batch_chunk_size=None, chunking_method="auto", acc_policy="auto",
                 acc_dtype=None):
        self.allow_retain_graph = allow_retain_graph
        self.batch_chunk_size = batch_chunk_size
        self.chunking_method = chunking_method
        self.acc_policy = acc_policy
        self.acc_dtype = acc_dtype
