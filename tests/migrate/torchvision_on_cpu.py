"""torchvision's wheel is built for CUDA; beside a CPU torch its import wants two operators that nobody defined."""
import functools


@functools.cache
def define_missing_operators():
    """The library that holds them, kept as long as the process lives; they have names and no kernels."""
    import torch
    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library
