"""The pattern language of einops: "b (h w) c -> b h w c" as lists of axis names, and the sizes that follow.

A side is a list of groups, one per axis of the tensor; a group is a list of names: ["b"], ["h", "w"], [] for 1. The ellipsis is the text
"..." in place of a group, or a name in a group. An axis given by a number greater than 1 has a name of its own that starts with the number: "2@left3".
"""
import _nw
from _nw import check, known, prod


class EinopsError(RuntimeError):
    pass


def refuse(message):
    raise EinopsError(message)


def parse(text, side, underscore=False, duplicates=False):
    groups = []
    inside = None
    names = []
    if "." in text:
        if text.count(".") != 3 or text.count("...") != 1:
            refuse("Expression may contain dots only inside ellipsis (...)")
    for token in text.replace("(", " ( ").replace(")", " ) ").replace("...", " ... ").split():
        if token == "(":
            if inside is not None:
                refuse("Axis composition is one-level (brackets inside brackets not allowed)")
            inside = []
        elif token == ")":
            if inside is None:
                refuse("Brackets are not balanced")
            groups.append(inside)
            inside = None
        elif token == "1":
            if inside is None:
                groups.append([])
        else:
            token = axis_name(token, side, len(names), underscore)
            if token in names and not duplicates and token != "_":
                refuse("Indexing expression contains duplicate dimension " + token)
            names.append(token)
            if inside is None:
                groups.append(token if token == "..." else [token])
            else:
                inside.append(token)
    if inside is not None:
        refuse("Imbalanced parentheses in expression: " + text)
    return groups


def axis_name(token, side, place, underscore):
    if token.isdigit():
        if int(token) == 0:
            refuse("Anonymous axis should have positive length, not 0")
        return token + "@" + side + str(place)
    if token == "..." or (underscore and token == "_"):
        return token
    if not token.isidentifier() or token[0] == "_" or token[-1] == "_":
        refuse("Invalid axis identifier: " + token)
    return token


def names_of(groups):
    return [name for group in groups for name in ([group] if group == "..." else group)]


def is_number(name):
    return name[0].isdigit()


def has_numbers(groups):
    return any([is_number(name) for name in names_of(groups)])


def sides_of(pattern):
    if pattern.count("->") != 1:
        raise ValueError("a pattern has two sides around ->: " + pattern)
    left, right = pattern.split("->")
    return parse(left, "left"), parse(right, "right")


def check_sides(left, right, operation, given, pattern):
    """What each operation allows on the two sides."""
    left_names = names_of(left)
    right_names = names_of(right)
    if "..." not in left_names and "..." in right_names:
        refuse("Ellipsis found in right side, but not left side of a pattern " + pattern)
    if "..." in left_names and "..." not in left:
        refuse("Ellipsis inside parenthesis in the left side is not allowed: " + pattern)
    only_left = [name for name in left_names if name not in right_names]
    only_right = [name for name in right_names if name not in left_names]
    if operation == "rearrange":
        if has_numbers(left) or has_numbers(right):
            refuse("Non-unitary anonymous axes are not supported in rearrange (exception is length 1)")
        if only_left or only_right:
            refuse("Identifiers only on one side of expression (should be on both): " + ", ".join(only_left + only_right))
    elif operation == "repeat":
        if only_left:
            refuse("Unexpected identifiers on the left side of repeat: " + ", ".join(only_left))
        missing = [name for name in only_right if not is_number(name) and name not in given]
        if missing:
            refuse("Specify sizes for new axes in repeat: " + ", ".join(missing))
    else:
        if not callable(operation) and operation not in ("min", "max", "sum", "mean", "prod", "any", "all"):
            refuse("Unknown reduction " + operation)
        if only_right:
            refuse("Unexpected identifiers on the right side of reduce: " + ", ".join(only_right))
    for name in given:
        if name not in left_names and name not in right_names:
            refuse("Axis " + name + " is not used in transform")


def spell_ellipsis(groups, count):
    """The ellipsis replaced by `count` axes with names of their own."""
    hidden = ["..." + str(i) for i in range(count)]
    result = []
    for group in groups:
        if group == "...":
            result = result + [[name] for name in hidden]
        elif "..." in group:
            place = group.index("...")
            result.append(group[:place] + hidden + group[place + 1:])
        else:
            result.append(group)
    return result


def match_left(left, shape, given):
    """Sizes of the axes of the left side, from the tensor's shape and the given lengths."""
    if len(left) != len(shape):
        refuse("Wrong shape: expected " + str(len(left)) + " dims. Received " + str(len(shape)) + "-dim tensor.")
    sizes = dict(given)
    for name in names_of(left):
        if is_number(name):
            sizes[name] = int(name.split("@")[0])
    for group, size in zip(left, shape):
        product = 1
        unknown = []
        for name in group:
            if name in sizes:
                product = product * sizes[name]
            else:
                unknown.append(name)
        if len(unknown) > 1:
            refuse("Could not infer sizes for " + ", ".join(unknown))
        if unknown:
            if len(group) > 1:
                check(size % product == 0, "Shape mismatch, can't divide axis of length " + str(size) + " in chunks of " + str(product), EinopsError)
            sizes[unknown[0]] = size // product if len(group) > 1 else size
        else:
            check(size == product, "Shape mismatch, " + str(size) + " != " + str(product), EinopsError)
    return sizes


def check_pattern(pattern, operation, given):
    """Both sides of a pattern, if the operation allows them."""
    left, right = sides_of(pattern)
    check_sides(left, right, operation, given, pattern)
    return left, right


def transformed(shape, pattern, operation, given):
    """The shape of rearrange, repeat or reduce."""
    left, right = check_pattern(pattern, operation, given)
    if "..." in left:
        hidden = len(shape) - len(left) + 1
        if hidden < 0:
            refuse("Wrong shape: expected >=" + str(len(left) - 1) + " dims. Received " + str(len(shape)) + "-dim tensor.")
        left = spell_ellipsis(left, hidden)
        right = spell_ellipsis(right, hidden)
    sizes = match_left(left, tuple(shape), given)
    for name in names_of(right):
        if is_number(name):
            sizes[name] = int(name.split("@")[0])
    return tuple([prod([sizes[name] for name in group]) for group in right])


def listed(tensor):
    """A list of equal tensors is stacked in front."""
    if not isinstance(tensor, list):
        return tensor
    if len(tensor) == 0:
        raise TypeError("Rearrange/Reduce/Repeat can't be applied to an empty list")
    return _nw.tensor((len(tensor),) + tuple(tensor[0].shape), tensor[0].dtype, like=tensor[0])


def reduced_dtype(dtype, reduction):
    if not known(dtype) or callable(reduction):
        return dtype
    if reduction in ("sum", "prod"):
        return dtype if dtype.is_floating_point or dtype.is_complex else _nw.DType("int64")
    if reduction == "mean":
        check(dtype.is_floating_point or dtype.is_complex, "reduce_mean is not available for non-floating tensors", NotImplementedError)
    return _nw.DType("bool") if reduction in ("any", "all") else dtype


def einsum_shape(pattern, shapes):
    if "->" not in pattern:
        raise ValueError("Einsum pattern must contain '->'.")
    left, right = pattern.split("->")
    sides = [parse(text, "left", True, True) for text in left.split(",")]
    result = parse(right, "right", True, True)
    for side in sides + [result]:
        for group in side:
            if group != "..." and (len(group) != 1 or group[0] == "..." or is_number(group[0])):
                raise NotImplementedError("Shape rearrangement is not yet supported in einsum.")
    check(len(sides) == len(shapes), "einsum(): more operands were provided than specified in the equation")
    sizes = {}
    hidden = ()
    for side, shape in zip(sides, shapes):
        names = names_of(side)
        if "..." in names:
            place = names.index("...")
            count = len(shape) - len(names) + 1
            check(count >= 0, "einsum(): the number of subscripts is more than the number of dimensions for an operand")
            hidden = _nw.broadcast(hidden, tuple(shape[place:place + count]))
            names = names[:place] + names[place + 1:]
            shape = tuple(shape[:place]) + tuple(shape[place + count:])
        check(len(names) == len(shape), "einsum(): the number of subscripts does not match the number of dimensions for an operand")
        for name, size in zip(names, shape):
            if name not in sizes or (known(sizes[name]) and sizes[name] == 1):
                sizes[name] = size
            else:
                check(size == 1 or size == sizes[name], "einsum(): subscript has a size which does not broadcast with previously seen size")
    shape = ()
    for name in names_of(result):
        if name == "...":
            shape = shape + hidden
        elif name in sizes:
            shape = shape + (sizes[name],)
        else:
            refuse("Unknown axis " + name + " on right side of einsum " + pattern + ".")
    return shape


def packing(pattern, operation):
    """How many axes stand before and after the *."""
    axes = pattern.split()
    if "*" not in axes:
        refuse("No *-axis in " + operation)
    if len(set(axes)) != len(axes):
        refuse("Duplicates in axes names in " + operation)
    for name in axes:
        if name != "*" and (not name.isidentifier() or name[0] == "_" or name[-1] == "_"):
            refuse("Invalid axis name " + name + " in " + operation)
    before = axes.index("*")
    return before, len(axes) - before - 1
