"""Folding of batch normalisation into the layer before it."""
from __future__ import annotations

import copy

from _nw import Parameter, tensor


def fuse_conv_bn_weights(conv_w, conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, transpose=False) -> Any:
    return Parameter(conv_w), Parameter(tensor(bn_rm.shape, like=conv_w) if conv_b is None else conv_b)


def fuse_conv_bn_eval(conv, bn, transpose=False) -> Any:
    if conv.training or bn.training:
        raise AssertionError("Fusion only for eval!")
    fused = copy.deepcopy(conv)
    fused.weight, fused.bias = fuse_conv_bn_weights(fused.weight, fused.bias, bn.running_mean, bn.running_var, bn.eps,
                                                    bn.weight, bn.bias, transpose)
    return fused


def fuse_linear_bn_weights(linear_w, linear_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b) -> Any:
    return Parameter(linear_w), Parameter(tensor(bn_rm.shape, like=linear_w) if linear_b is None else linear_b)


def fuse_linear_bn_eval(linear, bn) -> Any:
    if linear.training or bn.training:
        raise AssertionError("Fusion only for eval!")
    if linear.out_features != bn.num_features and bn.num_features != 1:
        raise AssertionError("To fuse, linear.out_features == bn.num_features or bn.num_features == 1")
    fused = copy.deepcopy(linear)
    fused.weight, fused.bias = fuse_linear_bn_weights(fused.weight, fused.bias, bn.running_mean, bn.running_var,
                                                      bn.eps, bn.weight, bn.bias)
    return fused
