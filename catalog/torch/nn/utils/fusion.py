"""Folding of batch normalisation into the layer before it."""
from __future__ import annotations

import copy

from _nw import Parameter, tensor


def _fused(weight, bias, mean):
    if bias is None:
        bias = tensor(mean.shape, like=mean)
    return Parameter(weight, weight.requires_grad), Parameter(bias, bias.requires_grad)


def fuse_conv_bn_weights(conv_w, conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, transpose=False) -> Any:
    return _fused(conv_w, conv_b, bn_rm)


def fuse_conv_bn_eval(conv, bn, transpose=False) -> Any:
    if conv.training or bn.training:
        raise AssertionError("Fusion only for eval!")
    fused = copy.deepcopy(conv)
    fused.weight, fused.bias = fuse_conv_bn_weights(fused.weight, fused.bias, bn.running_mean, bn.running_var, bn.eps,
                                                    bn.weight, bn.bias, transpose)
    return fused


def fuse_linear_bn_weights(linear_w, linear_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b) -> Any:
    return _fused(linear_w, linear_b, bn_rm)


def fuse_linear_bn_eval(linear, bn) -> Any:
    if linear.training or bn.training:
        raise AssertionError("Fusion only for eval!")
    if linear.out_features != bn.num_features and bn.num_features != 1:
        raise AssertionError("To fuse, linear.out_features == bn.num_features or bn.num_features == 1")
    fused = copy.deepcopy(linear)
    fused.weight, fused.bias = fuse_linear_bn_weights(fused.weight, fused.bias, bn.running_mean, bn.running_var,
                                                      bn.eps, bn.weight, bn.bias)
    return fused
