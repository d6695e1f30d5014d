"""torch.fx.node."""
from torch.fx import Node

Target = object
Argument = object
