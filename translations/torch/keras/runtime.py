"""What surrounds models: tracing, exporting, logging. Nothing of it computes."""

import keras


@dropped("torch._C._log_api_usage_once", note="usage statistics")
def log_api_usage_once(name):
    ...


@dropped("torch.fx.wrap", note="symbolic tracing")
def fx_wrap(fn_or_name):
    ...


@dropped("torch.onnx.register_custom_op_symbolic", note="export")
def register_custom_op_symbolic(symbolic_name, symbolic_fn, opset_version):
    ...


@dropped("torch.onnx.symbolic_helper.parse_args", note="export")
def parse_args(*arg_descriptors):
    ...


@value("torch.__version__")
def version():
    return "2.13.0"


@value("torch.autograd.function.Function")
def autograd_function():
    return object


@dropped("torch.jit._script_if_tracing", note="compilation")
def script_if_tracing(fn):
    ...


@dropped("torch.no_grad", note="as a decorator: gradients are recorded")
def no_grad(orig_func=None):
    ...


@dropped("torch.inference_mode", note="as a decorator: gradients are recorded")
def inference_mode(mode=True):
    ...


@value("torch.Tensor")
def tensor_class():
    return keras.KerasTensor
