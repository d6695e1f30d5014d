"""Linear layers."""
from __future__ import annotations

from _nw import Parameter, UninitializedParameter, check, layer, tensor
from torch.nn import functional as F
from torch.nn.modules.lazy import LazyModuleMixin
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__others__ = ("Any", "Tensor", "init", "math", "torch")
__all__ = ["Bilinear", "Identity", "LazyLinear", "Linear"]


@layer(pivot="identity(input)")
class Identity(Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, input) -> Tensor:
        return input


@layer(pivot="linear(input[..., i], kernel=weight[o, i], bias=bias[o])")
class Linear(Module):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(tensor((out_features, in_features), dtype))
        if bias:
            self.bias = Parameter(tensor((out_features,), dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def forward(self, input) -> Tensor:
        return F.linear(input, self.weight, self.bias)

    def extra_repr(self):
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"


@layer(pivot="linear(input[..., i], kernel=weight[o, i], bias=bias[o])")
class NonDynamicallyQuantizableLinear(Linear):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None):
        super().__init__(in_features, out_features, bias=bias, device=device, dtype=dtype)


@layer(pivot="bilinear(input1[..., i], input2[..., j], kernel=weight[o, i, j], bias=bias[o])")
class Bilinear(Module):
    def __init__(self, in1_features, in2_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.in1_features = in1_features
        self.in2_features = in2_features
        self.out_features = out_features
        self.weight = Parameter(tensor((out_features, in1_features, in2_features), dtype))
        if bias:
            self.bias = Parameter(tensor((out_features,), dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        check(self.in1_features > 0, "in1_features must be > 0", ValueError)

    def forward(self, input1, input2) -> Tensor:
        return F.bilinear(input1, input2, self.weight, self.bias)


@layer(pivot="linear(input[..., i], kernel=weight[o, i], bias=bias[o])")
class LazyLinear(LazyModuleMixin, Linear):
    cls_to_become = Linear

    def __init__(self, out_features, bias=True, device=None, dtype=None):
        super().__init__(0, 0, False)
        self.weight = UninitializedParameter(dtype=dtype)
        self.out_features = out_features
        if bias:
            self.bias = UninitializedParameter(dtype=dtype)

    def reset_parameters(self):
        if not self.has_uninitialized_params() and self.in_features != 0:
            super().reset_parameters()

    def initialize_parameters(self, input):
        if self.has_uninitialized_params():
            self.in_features = input.shape[-1]
            self.weight.materialize((self.out_features, self.in_features))
            if self.bias is not None:
                self.bias.materialize((self.out_features,))
            self.reset_parameters()
        if self.in_features == 0:
            check(input.shape[-1] == self.weight.shape[-1], "The in_features inferred from input is not equal",
                  AssertionError)
            self.in_features = input.shape[-1]
