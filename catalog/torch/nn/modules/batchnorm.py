"""Batch normalisation."""
from __future__ import annotations

from _nw import DType, Parameter, UninitializedBuffer, UninitializedParameter, check, layer, tensor
from torch.nn import functional as F
from torch.nn.modules.lazy import LazyModuleMixin
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__others__ = ("Any", "Tensor", "init", "sync_batch_norm", "torch")
__all__ = ["BatchNorm1d", "LazyBatchNorm1d", "BatchNorm2d", "LazyBatchNorm2d", "BatchNorm3d", "LazyBatchNorm3d",
           "SyncBatchNorm"]


class _NormBase(Module):
    _version = 2
    __constants__ = ["track_running_stats", "momentum", "eps", "num_features", "affine"]

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None,
                 dtype=None, *, bias=True):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        if affine:
            self.weight = Parameter(tensor((num_features,), dtype))
        else:
            self.register_parameter("weight", None)
        if affine and bias:
            self.bias = Parameter(tensor((num_features,), dtype))
        else:
            self.register_parameter("bias", None)
        if track_running_stats:
            self.register_buffer("running_mean", tensor((num_features,), dtype))
            self.register_buffer("running_var", tensor((num_features,), dtype))
            self.register_buffer("num_batches_tracked", tensor((), DType("int64")))
        else:
            self.register_buffer("running_mean", None)
            self.register_buffer("running_var", None)
            self.register_buffer("num_batches_tracked", None)
        self.reset_parameters()

    def reset_running_stats(self):
        pass

    def reset_parameters(self):
        self.reset_running_stats()

    def _check_input_dim(self, input):
        raise NotImplementedError

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys,
                              error_msgs):
        """States of old do not count batches."""
        if local_metadata.get("version", 0) < 2 and self.track_running_stats and prefix + "num_batches_tracked" not in state_dict:
            state_dict[prefix + "num_batches_tracked"] = self.num_batches_tracked
        super()._load_from_state_dict(state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)


class _BatchNorm(_NormBase):
    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None,
                 dtype=None, *, bias=True):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias)

    def forward(self, input) -> Tensor:
        self._check_input_dim(input)
        return self._normalize(input)

    def _normalize(self, input):
        mean = self.running_mean
        variance = self.running_var
        use_batch = self.training or mean is None and variance is None
        if self.training and not self.track_running_stats:
            mean = None
            variance = None
        momentum = 0.0 if self.momentum is None else self.momentum
        return F.batch_norm(input, mean, variance, self.weight, self.bias, use_batch, momentum, self.eps)


class _LazyNormBase(LazyModuleMixin, _NormBase):
    def __init__(self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *,
                 bias=True):
        super().__init__(0, eps, momentum, False, False, device, dtype, bias=False)
        self.affine = affine
        self.track_running_stats = track_running_stats
        if affine:
            self.weight = UninitializedParameter(dtype=dtype)
            if bias:
                self.bias = UninitializedParameter(dtype=dtype)
        if track_running_stats:
            self.running_mean = UninitializedBuffer(dtype=dtype)
            self.running_var = UninitializedBuffer(dtype=dtype)
            self.num_batches_tracked = tensor((), DType("int64"))

    def reset_parameters(self):
        if not self.has_uninitialized_params() and self.num_features != 0:
            super().reset_parameters()

    def initialize_parameters(self, input):
        if self.has_uninitialized_params():
            self.num_features = input.shape[1]
            for held in (self.weight, self.bias, self.running_mean, self.running_var):
                if held is not None:
                    held.materialize((self.num_features,))
            self.reset_parameters()


@layer(effects="buffer",
       pivot="batch_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum, training=training, running='unbiased')")
class BatchNorm1d(_BatchNorm):
    def _check_input_dim(self, input):
        check(input.ndim == 2 or input.ndim == 3, "expected 2D or 3D input", ValueError)


@layer(effects="buffer",
       pivot="batch_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum, training=training, running='unbiased')")
class BatchNorm2d(_BatchNorm):
    def _check_input_dim(self, input):
        check(input.ndim == 4, "expected 4D input", ValueError)


@layer(effects="buffer",
       pivot="batch_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum, training=training, running='unbiased')")
class BatchNorm3d(_BatchNorm):
    def _check_input_dim(self, input):
        check(input.ndim == 5, "expected 5D input", ValueError)


@layer(effects="buffer",
       pivot="batch_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum, training=training, running='unbiased')")
class LazyBatchNorm1d(_LazyNormBase, _BatchNorm):
    cls_to_become = BatchNorm1d

    def _check_input_dim(self, input):
        check(input.ndim == 2 or input.ndim == 3, "expected 2D or 3D input", ValueError)


@layer(effects="buffer",
       pivot="batch_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum, training=training, running='unbiased')")
class LazyBatchNorm2d(_LazyNormBase, _BatchNorm):
    cls_to_become = BatchNorm2d

    def _check_input_dim(self, input):
        check(input.ndim == 4, "expected 4D input", ValueError)


@layer(effects="buffer",
       pivot="batch_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum, training=training, running='unbiased')")
class LazyBatchNorm3d(_LazyNormBase, _BatchNorm):
    cls_to_become = BatchNorm3d

    def _check_input_dim(self, input):
        check(input.ndim == 5, "expected 5D input", ValueError)


@layer(effects="buffer",
       pivot="batch_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum, training=training, running='unbiased')")
class SyncBatchNorm(_BatchNorm):
    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True,
                 process_group=None, device=None, dtype=None, *, bias=True):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias)
        self.process_group = process_group

    def _check_input_dim(self, input):
        check(input.ndim >= 2, "expected at least 2D input", ValueError)

    def _check_non_zero_input_channels(self, input):
        check(input.shape[1] != 0, "SyncBatchNorm number of input channels should be non-zero", ValueError)

    def forward(self, input) -> Tensor:
        self._check_input_dim(input)
        self._check_non_zero_input_channels(input)
        return self._normalize(input)

    @classmethod
    def convert_sync_batchnorm(cls, module, process_group=None):
        changed = module
        if isinstance(module, _BatchNorm):
            changed = SyncBatchNorm(module.num_features, module.eps, module.momentum, module.affine,
                                    module.track_running_stats, process_group, bias=module.bias is not None)
            if module.affine:
                changed.weight = module.weight
                changed.bias = module.bias
            changed.running_mean = module.running_mean
            changed.running_var = module.running_var
            changed.num_batches_tracked = module.num_batches_tracked
            changed.training = module.training
        for name, child in list(module.named_children()):
            changed.add_module(name, cls.convert_sync_batchnorm(child, process_group))
        return changed
