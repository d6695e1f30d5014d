import _nw


def is_in_onnx_export() -> bool:
    return False


def export(*args, **kwargs):
    return _nw.unknown("torch.onnx.export")


class operators:
    @staticmethod
    def shape_as_tensor(x):
        import torch
        return torch._shape_as_tensor(x)


def register_custom_op_symbolic(symbolic_name, symbolic_fn, opset_version):
    return None


def unregister_custom_op_symbolic(symbolic_name, opset_version):
    return None


class OperatorExportTypes:
    ONNX = 0
    ONNX_ATEN = 2
    ONNX_ATEN_FALLBACK = 3


class TrainingMode:
    EVAL = 0
    PRESERVE = 1
    TRAINING = 2


class TensorProtoDataType:
    FLOAT = 1
    INT64 = 7
