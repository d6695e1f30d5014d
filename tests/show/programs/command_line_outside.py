# A command line that is not read in full leaves nothing known, also not where the object came from the program.
# expect: refused
# truth: no
# entry: net()
# input: f32[1,3]
import argparse

from torch import nn


def net():
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=4)
    given = argparse.Namespace()
    parser.parse_args(["--wid", "5"], given)
    return nn.Linear(3, given.width)
