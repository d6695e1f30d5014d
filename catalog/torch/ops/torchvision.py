"""torch.ops.torchvision: what torchvision's extension computes."""
from __future__ import annotations

from _nw import DType, op, tensor, unknown


def _cuda_version() -> int:
    return -1


@op
def nms(dets, scores, iou_threshold) -> Tensor:
    return tensor((unknown("how many boxes non-maximum suppression keeps"),), DType("int64"), like=dets)


@op
def roi_align(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned=False) -> Tensor:
    return tensor((rois.shape[0], input.shape[1], pooled_height, pooled_width), like=input)


@op
def roi_pool(input, rois, spatial_scale, pooled_height, pooled_width) -> (Tensor, Tensor):
    shape = (rois.shape[0], input.shape[1], pooled_height, pooled_width)
    return tensor(shape, like=input), tensor(shape, DType("int32"), like=input)


def _position_sensitive(input, rois, pooled_height, pooled_width):
    shape = (rois.shape[0], input.shape[1] // (pooled_height * pooled_width), pooled_height, pooled_width)
    return tensor(shape, like=input), tensor(shape, DType("int32"), like=input)


@op
def ps_roi_align(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio) -> (Tensor, Tensor):
    return _position_sensitive(input, rois, pooled_height, pooled_width)


@op
def ps_roi_pool(input, rois, spatial_scale, pooled_height, pooled_width) -> (Tensor, Tensor):
    return _position_sensitive(input, rois, pooled_height, pooled_width)


@op
def deform_conv2d(input, weight, offset, mask, bias, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups,
                  offset_groups, use_mask) -> Tensor:
    high = (input.shape[2] + 2 * pad_h - dilation_h * (weight.shape[2] - 1) - 1) // stride_h + 1
    wide = (input.shape[3] + 2 * pad_w - dilation_w * (weight.shape[3] - 1) - 1) // stride_w + 1
    return tensor((input.shape[0], weight.shape[0], high, wide), like=input)


for _row in (nms, roi_align, roi_pool, ps_roi_align, ps_roi_pool, deform_conv2d):
    _row.default = _row


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return unknown("an operator of torchvision's extension")
