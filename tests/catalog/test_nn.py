"""torch.nn and torch.nn.functional: the catalog against the framework, layer by layer and operator by operator."""
import itertools

import pytest


def grid(text, **choices):
    """The text with each combination of the choices filled in."""
    names = list(choices)
    return [text.format(**dict(zip(names, values))) for values in itertools.product(*choices.values())]


def layers(makers, *calls):
    """Cases that describe each module and what it gives for each call."""
    return ["m = %s\n(m, %s)" % (maker, call) for maker in makers for call in calls]


IMAGE = "m(t(2, 4, 13, 11))"
SMALL = "m(t(4, 9, 8))"

CONVOLUTIONS = (
    layers(grid("nn.Conv2d(4, 8, {k}, stride={s}, padding={p}, dilation={d})",
                k=["1", "3", "(3, 2)", "(5, 1)"], s=["1", "2", "(2, 3)"], p=["0", "1", "(2, 0)", "'valid'"],
                d=["1", "2", "(1, 3)"]), IMAGE)
    + layers(grid("nn.Conv2d(4, 8, {k}, padding='same', dilation={d}, padding_mode={m!r})",
                  k=["1", "2", "3", "(4, 3)"], d=["1", "2"], m=["zeros", "reflect", "circular", "replicate"]), IMAGE)
    + layers(grid("nn.Conv2d(4, 8, 3, padding={p}, stride={s}, padding_mode={m!r})", p=["1", "(2, 1)"], s=["1", "2"],
                  m=["reflect", "circular", "replicate"]), IMAGE, SMALL)
    + layers(grid("nn.Conv{n}d(4, 8, {k}, stride={s}, padding={p}, groups={g}, bias={b})", n=["1"], k=["3", "(2,)"],
                  s=["1", "2"], p=["0", "2", "'same'"], g=["1", "2", "4"], b=["True", "False"]),
             "m(t(2, 4, 12))", "m(t(4, 12))")
    + layers(grid("nn.Conv3d(4, 8, {k}, stride={s}, padding={p})", k=["2", "(1, 2, 3)"], s=["1", "(1, 2, 1)"],
                  p=["0", "(0, 1, 2)", "1"]), "m(t(2, 4, 5, 6, 7))", "m(t(4, 5, 6, 7))")
    + layers(["nn.Conv2d(4, 6, 3, groups=4)", "nn.Conv2d(4, 8, 3, groups=0)", "nn.Conv2d(3, 8, 3, groups=2)",
              "nn.Conv2d(4, 8, 3, padding='other')", "nn.Conv2d(4, 8, 3, 2, padding='same')",
              "nn.Conv2d(4, 8, 3, padding_mode='none')", "nn.Conv2d(4, 8, 20)", "nn.Conv2d(5, 8, 3)",
              "nn.Conv2d(4, 8, 3, dtype=torch.float64)", "nn.Conv2d(4, 8, (3, 3, 3))", "nn.Conv2d(4, 8, [3, 3])",
              "nn.Conv2d(4, 8, kernel_size=3, stride=0)"], IMAGE, "m(t(2, 13, 11))", "m(t(2, 2, 4, 13, 11))"))

TRANSPOSED = (
    layers(grid("nn.ConvTranspose2d(4, 6, {k}, stride={s}, padding={p}, output_padding={o}, dilation={d})",
                k=["2", "3", "(4, 3)"], s=["1", "2", "(3, 2)"], p=["0", "1", "(1, 0)"], o=["0", "1", "(1, 0)"],
                d=["1", "2"]), "m(t(2, 4, 5, 6))")
    + layers(grid("nn.ConvTranspose{n}d(4, 6, 3, 2, padding=1, output_padding=1, groups={g}, bias={b})", n=["1"],
                  g=["1", "2"], b=["True", "False"]), "m(t(2, 4, 7))", "m(t(4, 7))")
    + layers(["nn.ConvTranspose3d(4, 6, 2, 2)", "nn.ConvTranspose3d(4, 6, (1, 2, 3), (1, 2, 1), 0, 0, 2)"],
             "m(t(1, 4, 3, 4, 5))")
    + layers(["nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1)"],
             "m(t(2, 4, 5, 6), output_size=(10, 12))", "m(t(2, 4, 5, 6), output_size=(2, 6, 9, 11))",
             "m(t(2, 4, 5, 6), output_size=[9, 12])", "m(t(2, 4, 5, 6), output_size=(11, 12))",
             "m(t(2, 4, 5, 6), output_size=(9,))", "m(t(4, 5, 6), output_size=(6, 9, 11))")
    + layers(["nn.ConvTranspose2d(4, 6, 3, padding_mode='reflect')", "nn.ConvTranspose2d(4, 6, 3, groups=3)",
              "nn.ConvTranspose2d(5, 6, 3)"], "m(t(2, 4, 5, 6))"))

LAZY = layers(
    ["nn.LazyLinear(5)", "nn.LazyLinear(5, bias=False)"], "m(t(2, 3))", "m", "(m(t(2, 3)), m)", "m.weight",
    "m.has_uninitialized_params()", "list(m.state_dict())",
) + layers(
    ["nn.LazyConv2d(6, 3)", "nn.LazyConv2d(6, 3, groups=2, bias=False)", "nn.LazyConv2d(6, 3, padding='same')",
     "nn.LazyConvTranspose2d(6, 3, stride=2)", "nn.LazyBatchNorm2d()", "nn.LazyBatchNorm2d(affine=False)",
     "nn.LazyBatchNorm2d(track_running_stats=False, bias=False)", "nn.LazyInstanceNorm2d(affine=True)",
     "nn.LazyInstanceNorm2d()"], "(m(t(2, 4, 5, 6)), m)", "m",
) + layers(
    ["nn.LazyConv1d(6, 3)", "nn.LazyConvTranspose1d(6, 3)", "nn.LazyBatchNorm1d()", "nn.LazyInstanceNorm1d()"],
    "(m(t(2, 4, 5)), m)",
) + layers(["nn.LazyConv3d(6, 3)", "nn.LazyConvTranspose3d(6, 3)", "nn.LazyBatchNorm3d()",
            "nn.LazyInstanceNorm3d()"], "(m(t(2, 4, 5, 6, 7)), m)")

LINEAR = (
    layers(["nn.Linear(6, 5)", "nn.Linear(6, 5, bias=False)", "nn.Linear(6, 5, dtype=torch.float16)",
            "nn.Linear(6, 0)"], "m(t(2, 6))", "m(t(6))", "m(t(2, 3, 4, 6))", "m(t(2, 7))", "m(t(2, 6, dtype='int64'))",
           "m(t(3, 6, dtype='float16'))", "m(t())")
    + layers(["nn.Bilinear(3, 4, 5)", "nn.Bilinear(3, 4, 5, False)"], "m(t(2, 3), t(2, 4))", "m(t(2, 6, 3), t(2, 6, 4))",
             "m(t(2, 3), t(3, 4))", "m(t(2, 4), t(2, 4))", "m(t(3), t(4))")
    + layers(["nn.Identity()", "nn.Identity(54, unused=0.2)"], "m(t(2, 3))", "m((t(1), 3))")
    + layers(["nn.Embedding(10, 3)", "nn.Embedding(10, 3, padding_idx=-1)", "nn.Embedding(10, 3, 2, max_norm=1.0)",
              "nn.Embedding(10, 3, padding_idx=10)", "nn.Embedding.from_pretrained(t(7, 3))",
              "nn.Embedding.from_pretrained(t(7, 3, dtype='float64'), freeze=False, padding_idx=1)",
              "nn.Embedding(10, 3, _weight=t(9, 3))"],
             "m(t(2, 5, dtype='int64'))", "m(t(dtype='int64'))", "m(t(2, 3))", "m(t(4, dtype='int32'))")
    + layers(["nn.EmbeddingBag(10, 3)", "nn.EmbeddingBag(10, 3, mode='sum', padding_idx=-2)",
              "nn.EmbeddingBag(10, 3, mode='max', include_last_offset=True)",
              "nn.EmbeddingBag.from_pretrained(t(7, 3), freeze=False)", "nn.EmbeddingBag(10, 3, mode='min')"],
             "m(t(4, 5, dtype='int64'))", "m(c([1, 2, 3, 4, 5]), c([0, 2]))", "m(t(4, dtype='int64'))",
             "m(t(4, 5, dtype='int64'), c([0, 1]))", "m(t(4, 5, dtype='int64'), None, t(4, 5))")
)

_POOLS = dict(k=["2", "3", "(3, 2)"], s=["None", "1", "2", "(2, 3)"], p=["0", "1", "(1, 0)"], c=["True", "False"])
POOLING = (
    layers(grid("nn.MaxPool2d({k}, {s}, {p}, dilation={d}, ceil_mode={c})", d=["1", "2"], **_POOLS), IMAGE)
    + layers(grid("nn.AvgPool2d({k}, {s}, {p}, {c}, count_include_pad={i})", i=["True", "False"], **_POOLS), IMAGE)
    + layers(grid("nn.MaxPool2d(3, 2, 1, return_indices={r}, ceil_mode={c})", r=["True", "False"],
                  c=["True", "False"]), IMAGE, SMALL, "m(t(3, 3))", "m(t(2, 2, 1, 1))", "m(t(2, 2, 0, 3))")
    + layers(grid("nn.MaxPool1d({k}, {s}, padding={p}, ceil_mode={c}, return_indices={r})", k=["2", "(3,)"],
                  s=["None", "2", "3"], p=["0", "1"], c=["True", "False"], r=["True", "False"]),
             "m(t(2, 3, 10))", "m(t(3, 11))")
    + layers(grid("nn.MaxPool3d({k}, {s}, ceil_mode={c})", k=["2", "(1, 2, 3)"], s=["None", "2"],
                  c=["True", "False"]), "m(t(1, 2, 5, 6, 7))", "m(t(2, 5, 6, 7))")
    + layers(grid("nn.AvgPool1d({k}, {s}, {p}, ceil_mode={c})", k=["2", "3"], s=["None", "2", "4"], p=["0", "1"],
                  c=["True", "False"]), "m(t(2, 3, 10))", "m(t(3, 11))")
    + layers(["nn.AvgPool2d(3, divisor_override=2)", "nn.AvgPool2d(2, padding=2)", "nn.AvgPool2d(20)",
              "nn.AvgPool2d(3, stride=0)", "nn.AvgPool2d((2, 2, 2))"], IMAGE)
    + layers(grid("nn.AvgPool3d({k}, {s}, ceil_mode={c})", k=["2", "(1, 2, 3)"], s=["None", "2"],
                  c=["True", "False"]), "m(t(1, 2, 5, 6, 7))")
    + layers(grid("nn.LPPool{n}d(2, {k}, stride={s}, ceil_mode={c})", n=["1"], k=["2", "3"], s=["None", "2"],
                  c=["True", "False"]), "m(t(2, 3, 10))")
    + layers(grid("nn.LPPool2d({q}, {k}, stride={s}, ceil_mode={c})", q=["2", "1.5"], k=["2", "(3, 2)"],
                  s=["None", "2"], c=["True", "False"]), IMAGE, SMALL)
    + layers(["nn.LPPool3d(2, 2)", "nn.LPPool3d(2, (1, 2, 2), 1, True)"], "m(t(1, 2, 5, 6, 7))")
    + layers(grid("nn.Adaptive{o}Pool2d({k})", o=["Avg", "Max"],
                  k=["1", "(3, 4)", "(None, 5)", "(7, None)", "None", "[2, 2]", "0", "20", "(2, 2, 2)"]), IMAGE, SMALL)
    + layers(grid("nn.Adaptive{o}Pool1d({k})", o=["Avg", "Max"], k=["1", "5", "(4,)"]), "m(t(2, 3, 9))", "m(t(3, 9))",
             "m(t(2, 3, 9, 9))")
    + layers(grid("nn.Adaptive{o}Pool3d({k})", o=["Avg", "Max"], k=["1", "(2, 3, 4)", "(2, None, None)"]),
             "m(t(1, 2, 5, 6, 7))")
    + layers(["nn.AdaptiveMaxPool%dd(2, return_indices=True)" % n for n in (1, 2, 3)],
             "m(t(2, 3, 5))", "m(t(2, 3, 5, 6))", "m(t(2, 3, 5, 6, 7))")
    + layers(["nn.FractionalMaxPool2d(2, output_size=5)", "nn.FractionalMaxPool2d((2, 3), output_ratio=(0.5, 0.4))",
              "nn.FractionalMaxPool2d(2, output_ratio=0.3, return_indices=True)", "nn.FractionalMaxPool2d(2)",
              "nn.FractionalMaxPool2d(2, 5, 0.5)", "nn.FractionalMaxPool2d(2, output_ratio=1.5)",
              "nn.FractionalMaxPool2d(3, output_size=12)"], IMAGE, SMALL)
    + layers(["nn.FractionalMaxPool3d(2, output_size=3)",
              "nn.FractionalMaxPool3d(2, output_ratio=(0.5, 0.5, 0.4), return_indices=True)"], "m(t(1, 2, 7, 8, 9))")
    + layers(grid("nn.MaxUnpool2d({k}, {s}, {p})", k=["2", "(3, 2)"], s=["None", "2"], p=["0", "1"]),
             "m(t(1, 2, 4, 5), t(1, 2, 4, 5, dtype='int64'))", "m(t(2, 4, 5), t(2, 4, 5, dtype='int64'))")
    + layers(["nn.MaxUnpool2d(2)"], "m(t(1, 2, 4, 5), t(1, 2, 4, 5, dtype='int64'), output_size=(9, 11))",
             "m(t(1, 2, 4, 5), t(1, 2, 4, 5, dtype='int64'), output_size=(1, 2, 9, 11))",
             "m(t(1, 2, 4, 5), t(1, 2, 4, 5, dtype='int64'), output_size=(12, 11))",
             "m(t(1, 2, 4, 5), t(1, 2, 4, 5, dtype='int64'), output_size=(12,))",
             "m(t(1, 2, 4, 5), t(1, 2, 4, 4, dtype='int64'))")
    + layers(["nn.MaxUnpool1d(2)", "nn.MaxUnpool1d(3, 2, 1)"], "m(t(1, 2, 4), t(1, 2, 4, dtype='int64'))")
    + layers(["nn.MaxUnpool3d(2)"], "m(t(1, 2, 2, 3, 4), t(1, 2, 2, 3, 4, dtype='int64'))")
)

PADDING = (
    layers(grid("nn.{m}Pad1d({p})", m=["Reflection", "Replication", "Circular", "Zero"],
                p=["1", "(2, 0)", "(0, 3)", "20", "[1, 2]"]), "m(t(2, 3, 9))", "m(t(3, 9))", "m(t(9))")
    + layers(grid("nn.{m}Pad2d({p})", m=["Reflection", "Replication", "Circular", "Zero"],
                  p=["1", "(2, 0, 1, 3)", "(0, 3, 0, 0)", "20", "(1, 1)"]), IMAGE, SMALL, "m(t(2, 2, 2, 9, 9))")
    + layers(grid("nn.{m}Pad3d({p})", m=["Reflection", "Replication", "Circular", "Zero"],
                  p=["1", "(2, 0, 1, 3, 1, 0)"]), "m(t(1, 2, 4, 5, 6))", "m(t(2, 4, 5, 6))")
    + layers(["nn.ConstantPad1d((1, 2), 3.5)", "nn.ConstantPad1d(2, value=1)", "nn.ConstantPad1d(-2, 0)"],
             "m(t(2, 3, 9))")
    + layers(["nn.ConstantPad2d((1, 2, 0, 1), 3.5)", "nn.ConstantPad2d(-3, 0)"], IMAGE)
    + layers(["nn.ConstantPad3d(2, 3.5)"], "m(t(1, 2, 4, 5, 6))")
    + grid("F.pad(t(2, 3, 5, 6), {p}, {m})", p=["(1, 2)", "(1, 2, 3, 4)", "(0, 0, 0, 0, 0, 1)", "(1, 1, 1)", "(-1, -2)",
                                              "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]", "(-9, 0)", "(0, 0)", "()"],
           m=["'constant'", "'constant', 2.0", "'reflect'", "'replicate'", "'circular'", "'other'", "'reflect', 1.0"])
)

_INPLACE = ["ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardswish", "Hardsigmoid", "CELU", "ELU", "Hardtanh", "RReLU",
            "LeakyReLU"]
_PLAIN = ["Sigmoid", "Tanh", "LogSigmoid", "Softsign", "Tanhshrink", "GELU", "Softplus", "Hardshrink", "Softshrink"]
_ANY = ["m(t(2, 3))", "m(t())", "m(t(2, 3, dtype='float64'))", "m(t(2, dtype='bfloat16'))",
        "m(t(2, 3, dtype='int64'))"]
ACTIVATIONS = (
    layers(["nn.%s()" % name for name in _INPLACE + _PLAIN], *_ANY)
    + layers(["nn.%s(inplace=True)" % name for name in _INPLACE], "m(t(2, 3))", "(lambda x: m(x) is x)(t(2, 3))")
    + layers(["nn.ELU(0.5)", "nn.CELU(0.5)", "nn.LeakyReLU(0.2)", "nn.Hardtanh(-2, 2.0)", "nn.Hardtanh(2, 1)",
              "nn.Hardtanh(min_value=-3, max_value=3)", "nn.RReLU(0.1, 0.2)", "nn.Threshold(0.1, 20)",
              "nn.Threshold(0.1, 20, True)", "nn.GELU('tanh')", "nn.GELU('other')", "nn.Softplus(2, 10)",
              "nn.Hardshrink(1)", "nn.Softshrink(1.0)", "nn.Softshrink(-1.0)", "nn.PReLU()", "nn.PReLU(3)",
              "nn.PReLU(2, init=0.1)", "nn.GLU()", "nn.GLU(0)", "nn.GLU(dim=1)"],
             "m(t(2, 3))", "m(t(4, 3, 6))", "m(t(2))")
    + layers(grid("nn.{k}({d})", k=["Softmax", "Softmin", "LogSoftmax"], d=["", "1", "dim=-1", "dim=0", "dim=3"]),
             "m(t(2, 3))", "m(t(4, 3, 6))", "m(t(2, 3, 4, 5))", "m(t(2))", "m(t(2, 3, dtype='int64'))")
    + layers(["nn.Softmax2d()"], "m(t(2, 3, 4, 5))", "m(t(3, 4, 5))", "m(t(2, 3))")
    + grid("F.{f}(t(2, 3, 4))", f=["relu", "relu6", "elu", "selu", "celu", "leaky_relu", "rrelu", "logsigmoid", "gelu",
                                 "hardshrink", "softshrink", "tanhshrink", "softsign", "softplus", "tanh", "sigmoid",
                                 "hardsigmoid", "silu", "mish", "hardswish", "hardtanh", "glu", "normalize"])
    + grid("x = t(2, 4)\ny = F.{f}_(x)\n(y, y is x)", f=["relu", "elu", "selu", "celu", "leaky_relu", "rrelu",
                                                        "hardtanh"])
    + grid("F.{f}(t(2, 3), dim={d}, dtype={y})", f=["softmax", "log_softmax", "softmin"], d=["0", "-1", "None", "2"],
           y=["None", "torch.float64", "torch.float16"])
    + ["F.threshold(t(2), 0.1, 1.0)", "F.threshold_(t(2), 0.1, 1.0)", "F.gelu(t(3), approximate='tanh')",
       "F.prelu(t(2, 3), t(3))", "F.prelu(t(2, 3), t(2))", "F.softmax(t(2, 3, dtype='int64'), 1, dtype=torch.float32)",
       "F.gumbel_softmax(t(2, 3), tau=0.5, hard=True)", "F.gumbel_softmax(t(2, 3), dim=4)",
       "F.hardtanh(t(2), 3, 1)"]
)

NORMS = (
    layers(grid("nn.BatchNorm{n}d(4, {a})", n=["1"], a=["", "1e-3, 0.2", "affine=False", "track_running_stats=False",
                                                      "momentum=None", "bias=False", "dtype=torch.float64"]),
           "m(t(2, 4))", "m(t(2, 4, 5))", "m(t(1, 4))", "m(t(2, 3))", "m.eval()(t(1, 4))", "m(t(4))")
    + layers(["nn.BatchNorm2d(4)", "nn.BatchNorm2d(4, affine=False, track_running_stats=False)"], IMAGE, SMALL,
             "m(t(1, 4, 1, 1))", "m.eval()(t(1, 4, 1, 1))")
    + layers(["nn.BatchNorm3d(4)", "nn.SyncBatchNorm(4)"], "m.eval()(t(1, 4, 3, 3, 3))", "m.eval()(t(1, 4))")
    + layers(grid("nn.InstanceNorm2d(4, {a})", a=["", "affine=True", "track_running_stats=True", "affine=True, bias=False",
                                                 "eps=1e-3, momentum=None"]), IMAGE, "m(t(2, 3, 5, 5))",
             "m(t(2, 4, 1, 1))", "m.eval()(t(2, 4, 2, 2))", "m(t(2, 4))")
    + layers(["nn.InstanceNorm1d(4)", "nn.InstanceNorm1d(4, affine=True)"], "m(t(2, 4, 5))", "m(t(2, 4, 5, 6))")
    + layers(["nn.InstanceNorm3d(4, affine=True)"], "m(t(2, 4, 5, 6, 7))")
    + layers(["nn.LayerNorm(6)", "nn.LayerNorm([5, 6])", "nn.LayerNorm((6,), 1e-3)", "nn.LayerNorm(torch.Size([5, 6]))",
              "nn.LayerNorm(6, elementwise_affine=False)", "nn.LayerNorm(6, bias=False)",
              "nn.LayerNorm(6, dtype=torch.float64)"], "m(t(2, 5, 6))", "m(t(6))", "m(t(2, 5, 7))")
    + layers(["nn.RMSNorm(6)", "nn.RMSNorm((5, 6), eps=1e-6)", "nn.RMSNorm([6], elementwise_affine=False)"],
             "m(t(2, 5, 6))", "m(t(2, 6, 5))")
    + layers(["nn.GroupNorm(2, 4)", "nn.GroupNorm(4, 4, affine=False)", "nn.GroupNorm(1, 4, bias=False)",
              "nn.GroupNorm(3, 4)"], IMAGE, "m(t(2, 4))", "m(t(2, 8, 3))", "m(t(4))", "m(t(1, 4))")
    + layers(["nn.LocalResponseNorm(2)", "nn.LocalResponseNorm(3, 1e-3, 0.5, 2.0)"], IMAGE, "m(t(2, 4, 3))", "m(t(2, 4))")
    + layers(["nn.CrossMapLRN2d(2)"], IMAGE)
    + ["F.batch_norm(t(2, 3, 4), t(3), t(3))", "F.batch_norm(t(2, 3, 4), None, None, training=True)",
       "F.batch_norm(t(2, 3, 4), None, None)", "F.batch_norm(t(2, 3, 4), t(4), t(4))",
       "F.batch_norm(t(2, 3, 4), t(3), t(3), eps=0.0, training=True)", "F.batch_norm(t(2, 3, 4), t(3), t(3), t(3), t(3))",
       "F.instance_norm(t(2, 3, 4))", "F.instance_norm(t(2, 3, 4), use_input_stats=False)",
       "F.instance_norm(t(2, 3, 4), t(3), t(3), use_input_stats=False)",
       "F.layer_norm(t(2, 3, 4), (4,))", "F.layer_norm(t(2, 3, 4), (3, 4), t(3, 4), t(3, 4))",
       "F.layer_norm(t(2, 3, 4), [3, 4], t(4))", "F.layer_norm(t(2, 3, 4), (5,))", "F.layer_norm(t(2, 3, 4), ())",
       "F.rms_norm(t(2, 3, 4), (4,), t(4), 1e-5)", "F.rms_norm(t(2, 3, 4), (3,))",
       "F.group_norm(t(2, 6, 4), 3)", "F.group_norm(t(2, 6, 4), 4)", "F.group_norm(t(2, 6, 4), 3, t(6), t(6))",
       "F.local_response_norm(t(2, 3, 4), 2)", "F.normalize(t(2, 3), p=1, dim=0)", "F.normalize(t(2, 3), dim=5)",
       "nn.SyncBatchNorm.convert_sync_batchnorm(nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)))"]
)

DROPOUT = (
    layers(grid("nn.{k}({a})", k=["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"],
                a=["", "0.2", "p=0.0", "1.5", "0.3, True"]), "m(t(2, 3, 4))", "m(t(2, 3, 4, 5))", "m.eval()(t(2, 3))")
    + grid("F.{f}(t(2, 3, 4), {a})", f=["dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout",
                                      "feature_alpha_dropout"], a=["", "0.2", "0.2, True", "-0.1", "0.5, False, True"])
)

VISION = (
    layers(["nn.PixelShuffle(2)", "nn.PixelShuffle(3)"], "m(t(2, 8, 3, 4))", "m(t(9, 3, 4))", "m(t(2, 2, 18, 3, 4))",
           "m(t(3, 4))")
    + layers(["nn.PixelUnshuffle(2)", "nn.PixelUnshuffle(3)"], "m(t(2, 2, 6, 4))", "m(t(2, 6, 12))", "m(t(3, 4))")
    + layers(["nn.ChannelShuffle(2)", "nn.ChannelShuffle(3)"], "m(t(2, 4, 3, 4))", "m(t(2, 6, 3))", "m(t(4, 6))")
    + layers(["nn.Upsample(scale_factor=2)", "nn.Upsample((7, 9))", "nn.Upsample(size=5, mode='bilinear')",
              "nn.Upsample(scale_factor=(1.5, 2.0), mode='bicubic', align_corners=True)",
              "nn.Upsample(scale_factor=2, mode='trilinear')", "nn.Upsample(scale_factor=3, mode='linear')",
              "nn.Upsample(scale_factor=0.4, recompute_scale_factor=True)", "nn.Upsample()",
              "nn.UpsamplingNearest2d(scale_factor=2)", "nn.UpsamplingBilinear2d(size=(5, 6))",
              "nn.UpsamplingBilinear2d(scale_factor=1.7)"],
             IMAGE, "m(t(2, 3, 10))", "m(t(1, 2, 3, 4, 5))", "m(t(3, 4))")
    + grid("F.interpolate(t(2, 3, 7, 9), {z}, mode={m!r}, align_corners={a})",
           z=["scale_factor=2", "scale_factor=1.3", "scale_factor=(0.5, 2)", "size=4", "size=(10, 3)",
              "size=(3, 4, 5)", "scale_factor=(1, 2, 3)", "size=4, scale_factor=2", "size=[4, 5]",
              "scale_factor=0.05"],
           m=["nearest", "nearest-exact", "area", "bilinear", "bicubic", "linear", "trilinear", "other"],
           a=["None", "True"])
    + ["F.interpolate(t(2, 3, 7, 9), size=4, mode='bilinear', antialias=True)",
       "F.interpolate(t(2, 3, 7, 9), size=4, mode='nearest', antialias=True)",
       "F.interpolate(t(2, 3, 7, 9), scale_factor=1.3, recompute_scale_factor=True)",
       "F.interpolate(t(2, 3, 7, 9), size=4, recompute_scale_factor=True)", "F.interpolate(t(2, 3, 7), scale_factor=3)",
       "F.interpolate(t(2, 3, 7, 8, 9), (2, 3, 4), mode='trilinear')", "F.interpolate(t(2, 3), 4)",
       "F.upsample(t(2, 3, 7, 9), scale_factor=2, mode='bilinear')", "F.upsample_nearest(t(2, 3, 7, 9), 5)",
       "F.upsample_bilinear(t(2, 3, 7, 9), scale_factor=2)", "F.pixel_shuffle(t(4, 2, 2), 2)",
       "F.pixel_unshuffle(t(1, 2, 2), 2)", "F.pixel_unshuffle(t(1, 3, 2), 2)", "F.channel_shuffle(t(1, 4, 2), 2)",
       "F.native_channel_shuffle(t(1, 4, 2, 2), 2)",
       "F.grid_sample(t(2, 3, 5, 6), t(2, 7, 8, 2))", "F.grid_sample(t(2, 3, 5, 6), t(2, 7, 8, 3))",
       "F.grid_sample(t(2, 3, 5, 6, 7), t(2, 7, 8, 9, 3), 'nearest', 'border', True)",
       "F.grid_sample(t(2, 3, 5, 6), t(2, 7, 8, 2), mode='other')", "F.grid_sample(t(2, 3, 5, 6), t(1, 7, 8, 2))",
       "F.grid_sample(t(2, 3, 5, 6), t(2, 7, 8, 2), padding_mode='other')",
       "F.affine_grid(t(2, 2, 3), (2, 3, 5, 6))", "F.affine_grid(t(2, 3, 4), [2, 3, 5, 6, 7], True)",
       "F.affine_grid(t(2, 2, 3), (2, 3, 5))", "F.affine_grid(t(2, 2, 4), (2, 3, 5, 6))",
       "F.affine_grid(t(2, 2, 3, dtype='int64'), (2, 3, 5, 6))"]
    + layers(grid("nn.Unfold({k}, dilation={d}, padding={p}, stride={s})", k=["2", "(3, 2)"], d=["1", "2"],
                  p=["0", "(1, 2)"], s=["1", "(2, 3)"]), IMAGE, "m(t(4, 13, 11))", "m(t(2, 13))")
    + layers(["nn.Fold((4, 5), (2, 2))", "nn.Fold(output_size=(4, 5), kernel_size=2, stride=2, padding=1)"],
             "m(t(3, 8, 12))", "m(t(8, 12))", "m(t(1, 8, 9))", "m(t(1, 7, 12))")
)

RECURRENT = (
    layers(grid("nn.{k}(5, 6, num_layers={n}, bias={b}, batch_first={f}, bidirectional={d})", k=["LSTM", "GRU", "RNN"],
                n=["1", "3"], b=["True", "False"], f=["True", "False"], d=["True", "False"]),
           "m(t(3, 4, 5))", "m(t(4, 5))")
    + layers(["nn.LSTM(5, 6)", "nn.LSTM(5, 6, 2, proj_size=3, bidirectional=True)"], "m(t(3, 4, 5), (t(1, 4, 6), t(1, 4, 6)))",
             "m(t(3, 4, 5), (t(4, 4, 3), t(4, 4, 6)))", "m(t(3, 4, 6))", "m(t(3, 4, 5, 6))",
             "m(t(4, 5), (t(1, 6), t(1, 6)))", "m.flatten_parameters()", "m.all_weights")
    + layers(["nn.GRU(5, 6, dropout=0.2, num_layers=2)", "nn.RNN(5, 6, 1, 'relu')", "nn.RNN(5, 6, nonlinearity='relu')"],
             "m(t(3, 4, 5), t(2, 4, 6))", "m(t(3, 4, 5), t(1, 4, 6))", "m(t(3, 4, 5), t(4, 6))")
    + layers(["nn.LSTM(5, 6, dropout=2)", "nn.LSTM(0, 6)", "nn.LSTM(5, 0)", "nn.LSTM(5, 6, proj_size=6)",
              "nn.RNN(5, 6, nonlinearity='other')", "nn.LSTM(5, 6, num_layers=0)", "nn.GRU(5, 6.0)",
              "nn.GRU(5, 6, bias=1)", "nn.LSTM(5, 6, dtype=torch.float64)"], "m(t(3, 4, 5))")
    + layers(["nn.LSTMCell(5, 6)", "nn.LSTMCell(5, 6, bias=False)"], "m(t(3, 5))", "m(t(5))",
             "m(t(3, 5), (t(3, 6), t(3, 6)))", "m(t(3, 4))", "m(t(3, 5), (t(3, 5), t(3, 6)))", "m(t(2, 3, 5))")
    + layers(["nn.GRUCell(5, 6)", "nn.RNNCell(5, 6)", "nn.RNNCell(5, 6, nonlinearity='relu')",
              "nn.RNNCell(5, 6, False, 'other')"], "m(t(3, 5))", "m(t(5))", "m(t(3, 5), t(3, 6))", "m(t(3, 5), t(2, 6))")
    + ["nn.utils.rnn.pack_padded_sequence(t(6, 3, 4), [6, 4, 2])",
       "nn.utils.rnn.pack_padded_sequence(t(3, 6, 4), c([6, 2, 4]), batch_first=True, enforce_sorted=False)",
       "nn.utils.rnn.pack_sequence([t(5, 2), t(3, 2)])",
       "nn.utils.rnn.pad_sequence([t(3, 2), t(5, 2), t(1, 2)])",
       "nn.utils.rnn.pad_sequence([t(3, 2), t(5, 2)], batch_first=True, padding_value=1.0)",
       "p = nn.utils.rnn.pack_padded_sequence(t(6, 3, 5), [6, 4, 2])\nnn.LSTM(5, 7, bidirectional=True)(p)",
       "p = nn.utils.rnn.pack_padded_sequence(t(6, 3, 5), [6, 4, 2])\ny, h = nn.GRU(5, 7)(p)\n"
       "nn.utils.rnn.pad_packed_sequence(y)",
       "p = nn.utils.rnn.pack_padded_sequence(t(6, 3, 5), [6, 4, 2])\n"
       "nn.utils.rnn.pad_packed_sequence(p, batch_first=True, total_length=9)",
       "p = nn.utils.rnn.pack_padded_sequence(t(6, 3, 5), [6, 4, 2])\nisinstance(p, nn.utils.rnn.PackedSequence)",
       "p = nn.utils.rnn.pack_padded_sequence(t(6, 3, 5), [6, 4, 2])\nnn.utils.rnn.unpack_sequence(p)",
       "p = nn.utils.rnn.pack_padded_sequence(t(6, 3, 5), [6, 4, 2])\ndata, sizes, a, b = p\n(data, sizes, a, b)"]
)

ATTENTION = (
    layers(grid("nn.MultiheadAttention(8, {h}, bias={b}, batch_first={f}, {o})", h=["2", "4"], b=["True", "False"],
                f=["True", "False"], o=["", "add_bias_kv=True", "add_zero_attn=True", "kdim=6, vdim=7"]),
           "m(t(3, 4, 8), t(3, 4, m.kdim), t(3, 4, m.vdim))")
    + layers(["nn.MultiheadAttention(8, 2)", "nn.MultiheadAttention(8, 2, batch_first=True)"],
             "m(t(5, 3, 8), t(7, 3, 8), t(7, 3, 8))", "m(t(3, 5, 8), t(3, 7, 8), t(3, 7, 8))",
             "m(t(5, 8), t(7, 8), t(7, 8))", "m(t(4, 4, 8), t(4, 4, 8), t(4, 4, 8), need_weights=False)",
             "m(t(4, 4, 8), t(4, 4, 8), t(4, 4, 8), average_attn_weights=False)",
             "m(t(4, 4, 8), t(4, 4, 8), t(4, 4, 8), attn_mask=t(4, 4))",
             "m(t(4, 4, 8), t(4, 4, 8), t(4, 4, 8), attn_mask=t(8, 4, 4))",
             "m(t(4, 4, 8), t(4, 4, 8), t(4, 4, 8), attn_mask=t(3, 4))",
             "m(t(4, 4, 8), t(4, 4, 8), t(4, 4, 8), key_padding_mask=t(4, 4, dtype='bool'))",
             "m(t(4, 4, 6), t(4, 4, 8), t(4, 4, 8))", "m(t(4, 4, 8), t(4, 8), t(4, 8))",
             "m(t(4, 4, 8), t(4, 4, 8), t(4, 4, 8), is_causal=True)")
    + layers(["nn.MultiheadAttention(8, 3)", "nn.MultiheadAttention(0, 1)"], "1")
    + ["F.scaled_dot_product_attention(t(2, 4, 5, 6), t(2, 4, 7, 6), t(2, 4, 7, 8))",
       "F.scaled_dot_product_attention(t(2, 5, 6), t(2, 7, 6), t(2, 7, 6), attn_mask=t(5, 7))",
       "F.scaled_dot_product_attention(t(2, 5, 6), t(2, 7, 6), t(2, 7, 6), attn_mask=t(5, 6))",
       "F.scaled_dot_product_attention(t(5, 6), t(7, 6), t(7, 6), is_causal=True, scale=0.3)",
       "F.scaled_dot_product_attention(t(2, 4, 5, 6), t(2, 1, 7, 6), t(2, 1, 7, 6))",
       "F.scaled_dot_product_attention(t(2, 4, 5, 6), t(2, 2, 7, 6), t(2, 2, 7, 6), enable_gqa=True)",
       "F.scaled_dot_product_attention(t(2, 4, 5, 6), t(2, 2, 7, 6), t(2, 2, 7, 6))",
       "F.scaled_dot_product_attention(t(2, 4, 5, 6), t(2, 4, 7, 5), t(2, 4, 7, 5))",
       "F.scaled_dot_product_attention(t(2, 5, 6), t(2, 7, 6), t(2, 7, 6), t(5, 7), is_causal=True)"]
    + layers(grid("nn.TransformerEncoderLayer(8, 2, {o})", o=["", "16", "activation='gelu'", "norm_first=True",
                                                             "batch_first=True, bias=False",
                                                             "activation=nn.GELU(), layer_norm_eps=1e-3",
                                                             "activation='other'"]), "m(t(5, 3, 8))", "m(t(5, 8))")
    + layers(["nn.TransformerDecoderLayer(8, 2, 16)", "nn.TransformerDecoderLayer(8, 2, 16, 0.0, F.gelu, norm_first=True)"],
             "m(t(5, 3, 8), t(7, 3, 8))", "m(t(5, 3, 8), t(7, 3, 8), t(5, 5), t(5, 7))")
    + layers(["nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2)",
              "nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2, nn.LayerNorm(8))",
              "nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16), 2, norm=nn.LayerNorm(8))"],
             "m(t(5, 3, 8), *([t(7, 3, 8)] if isinstance(m, nn.TransformerDecoder) else []))")
    + layers(["nn.Transformer(8, 2, 1, 2, 16)", "nn.Transformer(8, 2, 1, 1, 16, batch_first=True, norm_first=True)"],
             "m(t(5, 3, 8), t(4, 3, 8))", "m(t(3, 5, 8), t(3, 4, 8))", "m(t(3, 5, 7), t(3, 4, 8))")
    + ["nn.Transformer.generate_square_subsequent_mask(5)"]
    + layers(["nn.AdaptiveLogSoftmaxWithLoss(8, 20, [5, 10])",
              "nn.AdaptiveLogSoftmaxWithLoss(8, 20, [5], div_value=2.0, head_bias=True)",
              "nn.AdaptiveLogSoftmaxWithLoss(8, 20, [10, 5])", "nn.AdaptiveLogSoftmaxWithLoss(8, 20, [])"],
             "m(t(3, 8), t(3, dtype='int64'))", "m(t(8), t(dtype='int64'))", "m.log_prob(t(3, 8))", "m.predict(t(3, 8))",
             "m(t(3, 8), t(4, dtype='int64'))")
)

_R = ["", "reduction='sum'", "reduction='none'", "reduction='other'", "size_average=False", "reduce=False"]
_PAIR = ["m(t(3, 4), t(3, 4))", "m(t(3, 4, dtype='float64'), t(3, 4))"]
LOSSES = (
    layers(grid("nn.{k}Loss({r})", k=["L1", "MSE", "BCE", "SmoothL1", "SoftMargin", "HingeEmbedding"], r=_R), *_PAIR)
    + layers(grid("nn.{k}Loss({r})", k=["L1", "MSE", "SmoothL1", "SoftMargin"], r=["", "reduction='none'"]),
             "m(t(3, 4), t(4))")
    + layers(["nn.BCEWithLogitsLoss()", "nn.BCEWithLogitsLoss(pos_weight=t(4), reduction='none')",
              "nn.BCEWithLogitsLoss(t(3, 1))", "nn.BCELoss(t(4))", "nn.HuberLoss(delta=2.0)", "nn.HuberLoss('none')",
              "nn.SmoothL1Loss(beta=0.5)", "nn.HingeEmbeddingLoss(0.5)"], *_PAIR, "m(t(3, 4), t(4))")
    + layers(["nn.CrossEntropyLoss(%s)" % r for r in _R + ["weight=t(4)", "ignore_index=1, label_smoothing=0.1"]],
             "m(t(3, 4), t(3, dtype='int64'))", "m(t(3, 4, 5, 6), t(3, 5, 6, dtype='int64'))", "m(t(4), t(dtype='int64'))",
             "m(t(3, 4), t(3, 4))", "m(t(3, 4), t(2, dtype='int64'))", "m(t(3, 4, 5), t(3, 5, 6, dtype='int64'))")
    + layers(["nn.NLLLoss(%s)" % r for r in _R + ["t(4)"]] + ["nn.NLLLoss2d()"],
             "m(t(3, 4), t(3, dtype='int64'))", "m(t(3, 4, 5, 6), t(3, 5, 6, dtype='int64'))", "m(t(4), t(dtype='int64'))")
    + layers(["nn.KLDivLoss()", "nn.KLDivLoss(reduction='batchmean')", "nn.KLDivLoss(reduction='none', log_target=True)"],
             *_PAIR)
    + layers(["nn.PoissonNLLLoss()", "nn.PoissonNLLLoss(False, True, reduction='none')"], *_PAIR)
    + layers(["nn.GaussianNLLLoss()", "nn.GaussianNLLLoss(full=True, reduction='none')"],
             "m(t(3, 4), t(3, 4), t(3, 4))", "m(t(3, 4), t(3, 4), t(3))", "m(t(3, 4), t(3, 4), t(3, 1))", "m(t(3, 4), t(3, 4), t(2))",
             "m(t(3, 4), t(3, 4), 1.0)")
    + layers(grid("nn.MarginRankingLoss({r})", r=["", "0.5, reduction='none'"]), "m(t(3), t(3), t(3))", "m(t(3), t(3), t(3, 1))")
    + layers(grid("nn.CosineEmbeddingLoss({r})", r=["", "0.5, reduction='none'"]), "m(t(3, 4), t(3, 4), t(3))",
             "m(t(4), t(4), t())", "m(t(3, 4), t(3, 4), t(3, 1))")
    + layers(["nn.MultiMarginLoss()", "nn.MultiMarginLoss(2, 0.5, t(4), reduction='none')", "nn.MultiMarginLoss(3)"],
             "m(t(3, 4), t(3, dtype='int64'))", "m(t(4), t(1, dtype='int64'))")
    + layers(["nn.MultiLabelMarginLoss()", "nn.MultiLabelMarginLoss(reduction='none')"],
             "m(t(3, 4), t(3, 4, dtype='int64'))", "m(t(4), t(4, dtype='int64'))", "m(t(4), t(3, dtype='int64'))")
    + layers(["nn.MultiLabelSoftMarginLoss()", "nn.MultiLabelSoftMarginLoss(t(4), reduction='none')"], *_PAIR)
    + layers(["nn.TripletMarginLoss()", "nn.TripletMarginLoss(2, 1, swap=True, reduction='none')",
              "nn.TripletMarginLoss(-1)", "nn.TripletMarginWithDistanceLoss()",
              "nn.TripletMarginWithDistanceLoss(distance_function=nn.CosineSimilarity(), reduction='none')"],
             "m(t(3, 4), t(3, 4), t(3, 4))", "m(t(3, 4), t(4), t(3, 4))")
    + layers(["nn.CTCLoss()", "nn.CTCLoss(1, 'none', True)", "nn.CTCLoss(reduction='sum')"],
             "m(t(6, 2, 5), t(2, 3, dtype='int64', fill=2), c([6, 6]), c([3, 3]))",
             "m(t(6, 5), t(3, dtype='int64', fill=2), c(6), c(3))")
    + layers(["nn.LinearCrossEntropyLoss(6, 4)", "nn.LinearCrossEntropyLoss(6, 4, bias=True, reduction='none')"],
             "m(t(3, 6), t(3, dtype='int64'))")
    + layers(["nn.CosineSimilarity()", "nn.CosineSimilarity(dim=-1, eps=1e-3)", "nn.CosineSimilarity(3)",
              "nn.PairwiseDistance()", "nn.PairwiseDistance(1, keepdim=True)"], "m(t(3, 4), t(3, 4))",
             "m(t(2, 3, 4), t(2, 3, 4))", "m(t(3, 4), t(4))", "m(t(3, 4), t(3, 5))")
    + ["F.pdist(t(5, 3))", "F.pdist(t(5))", "F.mse_loss(t(3), t(3), reduction='none')", "F.cosine_similarity(t(3, 4), t(3, 1))"]
)

FUNCTIONS = (
    grid("F.conv2d(t(2, 4, 7, 8), t(6, {i}, 3, 2), {b}, stride={s}, padding={p}, groups={g})", i=["4", "2"],
         b=["None", "t(6)", "t(5)"], s=["1", "(2, 1)"], p=["0", "'same'", "(1, 0)"], g=["1", "2"])
    + ["F.conv1d(t(2, 4, 7), t(6, 4, 3))", "F.conv3d(t(2, 4, 5, 6, 7), t(6, 4, 1, 2, 3), padding=1)",
       "F.conv2d(t(4, 7, 8), t(6, 4, 3, 3))", "F.conv2d(t(2, 4, 7), t(6, 4, 3))", "F.conv2d(t(1, 4, 7, 7), t(6, 4, 3, 3), dilation=0)",
       "F.conv_transpose2d(t(2, 4, 5, 6), t(4, 3, 3, 3), stride=2, output_padding=1, groups=2)",
       "F.conv_transpose2d(t(2, 4, 5, 6), t(4, 3, 3, 3), output_padding=2)",
       "F.conv_transpose1d(t(2, 4, 5), t(4, 3, 3), t(3), 3, 1, 2, 1, 2)",
       "F.conv_transpose3d(t(1, 4, 3, 4, 5), t(4, 3, 2, 2, 2))", "F.conv_tbc(t(7, 2, 4), t(3, 4, 6), t(6), 1)",
       "F.max_pool2d(t(2, 3, 7, 8), 2)", "F.max_pool2d(t(2, 3, 7, 8), (3, 2), return_indices=True)",
       "F.max_pool2d(t(2, 3, 7, 8), 3, stride=[])", "F.max_pool1d(t(2, 3, 7), 2, ceil_mode=True)",
       "F.max_pool3d(t(2, 3, 7, 8, 9), 2, return_indices=True)", "F.max_pool2d_with_indices(t(2, 3, 7, 8), 2)",
       "F.max_pool1d_with_indices(t(2, 3, 7), 2)", "F.max_pool3d_with_indices(t(2, 3, 7, 8, 9), 2)",
       "F.avg_pool1d(t(2, 3, 7), 2)", "F.avg_pool2d(t(2, 3, 7, 8), 2, ceil_mode=True)", "F.avg_pool3d(t(2, 3, 7, 8, 9), 2)",
       "F.avg_pool2d(t(2, 3, 7, 8), 2, divisor_override=0)", "F.avg_pool2d(t(2, 3, 7, 8), kernel_size=(7, 8))",
       "F.lp_pool1d(t(2, 3, 7), 2, 2)", "F.lp_pool2d(t(2, 3, 7, 8), 2.0, (2, 3))", "F.lp_pool3d(t(2, 3, 7, 8, 9), 2, 2)",
       "F.adaptive_avg_pool1d(t(2, 3, 7), 4)", "F.adaptive_avg_pool2d(t(2, 3, 7, 8), (None, 4))",
       "F.adaptive_avg_pool3d(t(2, 3, 7, 8, 9), 1)", "F.adaptive_max_pool1d(t(2, 3, 7), 4, True)",
       "F.adaptive_max_pool2d(t(2, 3, 7, 8), (2, 3))", "F.adaptive_max_pool3d(t(2, 3, 7, 8, 9), 2, return_indices=True)",
       "F.adaptive_max_pool1d_with_indices(t(2, 3, 7), 4)", "F.adaptive_max_pool2d_with_indices(t(2, 3, 7, 8), 2)",
       "F.adaptive_max_pool3d_with_indices(t(2, 3, 7, 8, 9), 2)",
       "F.fractional_max_pool2d(t(2, 3, 7, 8), 2, output_size=3)", "F.fractional_max_pool2d(t(2, 3, 7, 8), 2)",
       "F.fractional_max_pool2d_with_indices(t(2, 3, 7, 8), 2, output_ratio=(0.5, 0.5))",
       "F.fractional_max_pool3d(t(2, 3, 7, 8, 9), 2, output_size=(3, 3, 3), return_indices=True)",
       "F.fractional_max_pool3d_with_indices(t(2, 3, 7, 8, 9), 2, output_size=3)",
       "F.max_unpool1d(t(1, 2, 3), t(1, 2, 3, dtype='int64'), 2)", "F.max_unpool2d(t(1, 2, 3, 3), t(1, 2, 3, 3, dtype='int64'), 2, 3)",
       "F.max_unpool3d(t(1, 2, 2, 2, 2), t(1, 2, 2, 2, 2, dtype='int64'), 2)",
       "F.linear(t(2, 3), t(4, 3))", "F.linear(t(2, 3), t(3))", "F.linear(t(2, 3), t(4, 3), t(4))", "F.linear(t(2, 3), t(4, 3), t(5))",
       "F.linear(t(3), t(4, 3))", "F.bilinear(t(2, 3), t(2, 4), t(5, 3, 4))",
       "F.embedding(t(2, 3, dtype='int64'), t(5, 6))", "F.embedding(t(2, 3, dtype='int64'), t(5, 6), padding_idx=7)",
       "F.embedding(t(2, 3), t(5, 6))", "F.embedding_bag(t(2, 3, dtype='int64'), t(5, 6))",
       "F.embedding_bag(c([1, 2]), t(5, 6), c([0, 1]), mode='max')", "F.one_hot(t(2, 3, dtype='int64'), 5)",
       "F.one_hot(t(3, dtype='int32'), 5)", "F.unfold(t(2, 3, 5, 6), 3)", "F.fold(t(2, 12, 20), (5, 6), 2)",
       "F.unfold(t(2, 3, 5, 6), 9)", "F.linear_cross_entropy(t(3, 6), t(4, 6), t(3, dtype='int64'))",
       "F.triplet_margin_with_distance_loss(t(3, 4), t(3, 4), t(3, 4), reduction='none')",
       "F.multi_head_attention_forward(t(5, 2, 8), t(7, 2, 8), t(7, 2, 8), 8, 2, t(24, 8), t(24), None, None, False, 0.0,"
       " t(8, 8), t(8), training=False)",
       "F.ctc_loss(t(6, 2, 5), t(2, 3, dtype='int64', fill=2), c([6, 6]), c([3, 3]), reduction='none')",
       "from torch.nn.attention.flex_attention import flex_attention, create_block_mask\n"
       "flex_attention(t(1, 2, 16, 16), t(1, 2, 16, 16), t(1, 2, 16, 16))",
       "from torch.nn.attention import SDPBackend, sdpa_kernel\nwith sdpa_kernel([SDPBackend.MATH]):\n"
       "    y = F.scaled_dot_product_attention(t(2, 3, 4), t(2, 3, 4), t(2, 3, 4))\ny",
       "F.grouped_mm(t(2, 3, 8, dtype='bfloat16'), t(2, 8, 16, dtype='bfloat16'))",
       "F.grouped_mm(t(2, 3, 4, dtype='bfloat16'), t(2, 4, 5, dtype='bfloat16'))"]
)


@pytest.mark.parametrize("text", CONVOLUTIONS)
def test_convolutions(agree, text):
    agree(text)


@pytest.mark.parametrize("text", TRANSPOSED)
def test_transposed_convolutions(agree, text):
    agree(text)


@pytest.mark.parametrize("text", LAZY)
def test_lazy_modules(agree, text):
    agree(text)


@pytest.mark.parametrize("text", LINEAR)
def test_linear_and_embedding(agree, text):
    agree(text)


@pytest.mark.parametrize("text", POOLING)
def test_pooling(agree, text):
    agree(text)


@pytest.mark.parametrize("text", PADDING)
def test_padding(agree, text):
    agree(text)


@pytest.mark.parametrize("text", ACTIVATIONS)
def test_activations(agree, text):
    agree(text)


@pytest.mark.parametrize("text", NORMS)
def test_normalisation(agree, text):
    agree(text)


@pytest.mark.parametrize("text", DROPOUT)
def test_dropout(agree, text):
    agree(text)


@pytest.mark.parametrize("text", VISION)
def test_vision_and_folding(agree, text):
    agree(text)


@pytest.mark.parametrize("text", RECURRENT)
def test_recurrent(agree, text):
    agree(text)


@pytest.mark.parametrize("text", ATTENTION)
def test_attention_and_transformers(agree, text):
    agree(text)


@pytest.mark.parametrize("text", LOSSES)
def test_losses_and_distances(agree, text):
    agree(text)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_functions(agree, text):
    agree(text)
