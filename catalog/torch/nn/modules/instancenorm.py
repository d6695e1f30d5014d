"""Instance normalisation."""
from __future__ import annotations

from _nw import check, layer
from torch.nn import functional as F
from torch.nn.modules.batchnorm import _LazyNormBase, _NormBase

__public__ = "torch.nn"
__all__ = ["InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d", "LazyInstanceNorm1d", "LazyInstanceNorm2d",
           "LazyInstanceNorm3d"]


class _InstanceNorm(_NormBase):
    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None,
                 dtype=None, *, bias=True):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias)

    def _get_no_batch_dim(self):
        raise NotImplementedError

    def _handle_no_batch_input(self, input):
        return self._apply_instance_norm(input.unsqueeze(0)).squeeze(0)

    def _apply_instance_norm(self, input):
        momentum = 0.0 if self.momentum is None else self.momentum
        return F.instance_norm(input, self.running_mean, self.running_var, self.weight, self.bias,
                               self.training or not self.track_running_stats, momentum, self.eps)

    def forward(self, input) -> Tensor:
        self._check_input_dim(input)
        where = input.ndim - self._get_no_batch_dim()
        check(not self.affine or input.shape[where] == self.num_features,
              "expected input's size to match num_features", ValueError)
        if where == 0:
            return self._handle_no_batch_input(input)
        return self._apply_instance_norm(input)


@layer(effects="buffer",
       pivot="instance_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum,"
             " training=training or not track_running_stats)")
class InstanceNorm1d(_InstanceNorm):
    def _get_no_batch_dim(self):
        return 2

    def _check_input_dim(self, input):
        check(input.ndim == 2 or input.ndim == 3, "expected 2D or 3D input", ValueError)


@layer(effects="buffer",
       pivot="instance_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum,"
             " training=training or not track_running_stats)")
class InstanceNorm2d(_InstanceNorm):
    def _get_no_batch_dim(self):
        return 3

    def _check_input_dim(self, input):
        check(input.ndim == 3 or input.ndim == 4, "expected 3D or 4D input", ValueError)


@layer(effects="buffer",
       pivot="instance_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum,"
             " training=training or not track_running_stats)")
class InstanceNorm3d(_InstanceNorm):
    def _get_no_batch_dim(self):
        return 4

    def _check_input_dim(self, input):
        check(input.ndim == 4 or input.ndim == 5, "expected 4D or 5D input", ValueError)


@layer(effects="buffer",
       pivot="instance_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum,"
             " training=training or not track_running_stats)")
class LazyInstanceNorm1d(_LazyNormBase, _InstanceNorm):
    cls_to_become = InstanceNorm1d

    def _get_no_batch_dim(self):
        return 2

    def _check_input_dim(self, input):
        check(input.ndim == 2 or input.ndim == 3, "expected 2D or 3D input", ValueError)


@layer(effects="buffer",
       pivot="instance_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum,"
             " training=training or not track_running_stats)")
class LazyInstanceNorm2d(_LazyNormBase, _InstanceNorm):
    cls_to_become = InstanceNorm2d

    def _get_no_batch_dim(self):
        return 3

    def _check_input_dim(self, input):
        check(input.ndim == 3 or input.ndim == 4, "expected 3D or 4D input", ValueError)


@layer(effects="buffer",
       pivot="instance_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
             " variance=running_var[c], epsilon=eps, momentum=momentum,"
             " training=training or not track_running_stats)")
class LazyInstanceNorm3d(_LazyNormBase, _InstanceNorm):
    cls_to_become = InstanceNorm3d

    def _get_no_batch_dim(self):
        return 4

    def _check_input_dim(self, input):
        check(input.ndim == 4 or input.ndim == 5, "expected 4D or 5D input", ValueError)
