# Command lines that the program writes down itself.
# entry: net()
# input: f32[1,3]
import argparse

from torch import nn


def parser():
    made = argparse.ArgumentParser(description="a net")
    made.add_argument("--input-size", "-i", type=int, default="3", help="features")
    made.add_argument("--width", type=int, default=4)
    made.add_argument("--depth", type=int, choices=[1, 2, 3], default=1)
    made.add_argument("--bias", action="store_true")
    made.add_argument("--plain", dest="normed", action="store_false")
    made.add_argument("--sizes", nargs="+", type=int)
    made.add_argument("--act", default="relu")
    made.add_argument("--gate", action=argparse.BooleanOptionalAction, default=True)
    made.add_argument("-v", action="count", default=0)
    made.add_argument("--tag", action="append")
    made.add_argument("--hidden", default=argparse.SUPPRESS)
    made.add_argument("rest-of-all", nargs="*")
    group = made.add_argument_group("more")
    group.add_argument("--classes", type=int, default=10)
    made.set_defaults(classes=5)
    return made


def build(args):
    layers = [nn.Linear(args.input_size, args.width, bias=args.bias)]
    layers += [nn.Linear(args.width, args.width) for _ in range(args.depth - 1)]
    layers += [nn.LayerNorm(args.width)] if args.normed else []
    for size in args.sizes or []:
        layers += [nn.Linear(args.width, size), nn.Linear(size, args.width)]
    layers += [nn.ReLU() if args.act == "relu" else nn.GELU()]
    layers += [nn.Identity()] if args.gate else []
    layers += [nn.Identity() for _ in range(args.v + len(getattr(args, "rest-of-all")) + len(args.tag or []))]
    return nn.Sequential(*layers, nn.Linear(args.width, args.classes + hasattr(args, "hidden")))


def net():
    args, rest = parser().parse_known_args(args=[])
    first = build(args)
    second = build(parser().parse_args("--width 10 --depth 3 --bias --plain --sizes 2 6 --act gelu --no-gate -v -v --tag a --tag b".split()))
    try:
        parser().parse_args(["--depth", "7"])
        width = 1
    except SystemExit:
        width = 2
    given = parser().parse_args([], argparse.Namespace(classes=width, input_size=5))
    return nn.Sequential(first, nn.Linear(5, 3), second, nn.Linear(5, 5), build(given), nn.Linear(len(rest) + given.classes, width))
