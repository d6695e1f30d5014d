"""keras.ops of losses, of each element."""

import torch
import torch.nn.functional as F


@adapter("keras.ops.categorical_crossentropy")
def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    if is_symbolic(target, output):
        return record(categorical_crossentropy, target, output, from_logits, axis)
    target, output = real(tensor_of(target)), real(tensor_of(output))
    if from_logits:
        return -torch.sum(target * torch.log_softmax(output, axis), axis)
    output = torch.clamp(output / torch.sum(output, axis, keepdim=True), 1e-7, 1 - 1e-7)
    return -torch.sum(target * torch.log(output), axis)


@adapter("keras.ops.sparse_categorical_crossentropy")
def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    if is_symbolic(target, output):
        return record(sparse_categorical_crossentropy, target, output, from_logits, axis)
    if not from_logits:
        output = torch.log(torch.clamp(output, 1e-7, 1 - 1e-7))
    if target.ndim == output.ndim and target.shape[-1] == 1:
        target = torch.squeeze(target, -1)
    return -torch.gather(torch.log_softmax(output, axis), axis, target.to(torch.int64)[..., None])[..., 0]


@adapter("keras.ops.binary_crossentropy")
def binary_crossentropy(target, output, from_logits=False):
    if is_symbolic(target, output):
        return record(binary_crossentropy, target, output, from_logits)
    target, output = real(tensor_of(target)), real(tensor_of(output))
    if from_logits:
        return F.binary_cross_entropy_with_logits(output, target, reduction="none")
    output = torch.clamp(output, 1e-7, 1 - 1e-7)
    return -(target * torch.log(output) + (1 - target) * torch.log(1 - output))
