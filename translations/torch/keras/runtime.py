"""What surrounds models: tracing, exporting, logging. Nothing of it computes."""

import keras
from keras import ops


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


@adapter("torch.autograd.function.FunctionCtx")
class FunctionCtx:
    """What a custom function keeps for its gradient."""

    def __init__(self):
        self.saved_tensors = ()
        self.needs_input_grad = ()

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors


@adapter("torch.autograd.function.Function")
class Function(FunctionCtx):
    """A function with a gradient of its own: `forward` and `backward` take a context first."""

    @classmethod
    def apply(cls, *args):
        context = FunctionCtx()
        places = [i for i, value in enumerate(args) if ops.is_tensor(value)]
        context.needs_input_grad = tuple(i in places for i in range(len(args)))

        def compute(*tensors):
            values = list(args)
            for place, tensor in zip(places, tensors):
                values[place] = tensor

            def gradient(*outer, upstream=None):
                outer = outer if upstream is None else (upstream,)
                inner = cls.backward(context, *outer)
                inner = inner if isinstance(inner, tuple) else (inner,)
                return tuple(inner[place] for place in places)

            return cls.forward(context, *values), gradient

        return ops.custom_gradient(compute)(*[args[place] for place in places])
