"""Runs a case in the real framework or in the catalog and says in plain data what came out.

A case is Python text; its last statement is the expression whose value counts. It sees `torch`, `nn`, `F`, and
`t(*shape, dtype=..., fill=...)`, which makes an input tensor, and `c(values, dtype=...)`, a tensor with known contents.
"""
import ast


def describe(x, depth=0):
    if x is None or isinstance(x, (bool, int, str)):
        return x
    if isinstance(x, float):
        return ["float", repr(x)]
    kind = type(x).__name__
    if kind == "Unknown":
        return ["unknown"]
    if kind in ("dtype", "DType"):
        return ["dtype", repr(x).replace("torch.", "")]
    if kind in ("device", "Device"):
        return ["device", str(x)]
    if hasattr(x, "dtype") and hasattr(x, "requires_grad"):
        return describe_tensor(x)
    if hasattr(x, "named_modules"):
        return describe_module(x, depth)
    if hasattr(x, "batch_sizes"):
        return ["packed"] + [describe(part) for part in (x.data, x.batch_sizes, x.sorted_indices, x.unsorted_indices)]
    if isinstance(x, dict):
        return ["dict"] + [[describe(key, depth), describe(value, depth)] for key, value in x.items()]
    if isinstance(x, (tuple, list)):
        return ["tuple" if isinstance(x, tuple) else "list"] + [describe(item, depth) for item in x]
    if isinstance(x, type):
        return ["class", x.__name__]
    if callable(x):
        return ["function", getattr(x, "__name__", kind)]
    if hasattr(x, "__next__"):
        return ["iterator"] + [describe(item, depth) for item in x]
    return ["object", kind]


def describe_tensor(x):
    dtype = repr(x.dtype).replace("torch.", "")
    try:
        shape = [describe(size) for size in x.shape]
    except RuntimeError:
        shape = "uninitialized"
    return ["tensor", dtype, shape]


HIDDEN = {"training", "_parameters", "_buffers", "_modules", "_non_persistent_buffers_set", "_forward_hooks",
          "_backward_hooks", "_forward_pre_hooks", "_backward_pre_hooks", "_is_full_backward_hook",
          "_forward_hooks_with_kwargs", "_forward_hooks_always_called", "_forward_pre_hooks_with_kwargs",
          "_state_dict_hooks", "_state_dict_pre_hooks", "_load_state_dict_pre_hooks", "_load_state_dict_post_hooks",
          "_load_hook", "_initialize_hook", "_flat_weights", "_flat_weight_refs"}


def describe_module(x, depth):
    if depth > 6:
        return ["module", type(x).__name__]
    attributes = {}
    for name in sorted(x.__dict__):
        if name not in HIDDEN:
            attributes[name] = describe(x.__dict__[name], depth + 1)
    found = {"class": type(x).__name__, "training": x.training, "attributes": attributes,
             "parameters": [], "buffers": [], "children": []}
    for name, value in x._parameters.items():
        marked = value is not None and value.requires_grad
        found["parameters"].append([name, None if value is None else describe_tensor(value), marked])
    for name, value in x._buffers.items():
        persistent = name not in x._non_persistent_buffers_set
        found["buffers"].append([name, None if value is None else describe_tensor(value), persistent])
    for name, child in x._modules.items():
        found["children"].append([name, describe(child, depth + 1)])
    if depth == 0:
        found["state"] = [[name, describe(value)] for name, value in x.state_dict().items()]
    return ["module", found]


def run(text, namespace):
    """The description of the case's value, or ["error", class name, message]."""
    tree = ast.parse(text)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    names = dict(namespace)
    try:
        exec(compile(tree, "<case>", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "<case>", "eval"), names) if last else None
        return describe(value)
    except Exception as error:
        import traceback
        place = traceback.extract_tb(error.__traceback__)[-1]
        return ["error", type(error).__name__, "%s (%s:%s)" % (error, place.filename[-40:], place.lineno)]
