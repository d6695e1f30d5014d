"""torch.fx.graph_module."""
from torch.fx import GraphModule

_USER_PRESERVED_ATTRIBUTES_KEY = "_user_preserved_attributes"


class _CodeOnlyModule:
    pass


def _copy_attr(from_module, to_module, target):
    return None
