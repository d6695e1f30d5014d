"""Weights that one side keeps as one tensor and the other as several: how one follows from the others.

A packing is {"new": name, "old": [names], "how": one of WAYS}; several may fit the shapes; which one is right shows in what they compute.
"""

import itertools

MOST_IN_ANY_ORDER = 4
WAYS = ("joined along axis 0", "interleaved along axis 0", "joined along axis 1")


def leaf_of(name):
    return name.rpartition(".")[2]


def place_of(name, depth):
    """The path of the module that holds the module of a tensor."""
    return name.split(".")[: -depth - 1]


def fits(parts, whole, how):
    """Whether tensors of these shapes give one of that shape."""
    axis = int(how[-1])
    if any(len(part) != len(whole) for part in parts) or len(whole) <= axis:
        return False
    if how == WAYS[1] and len(set(parts)) > 1:
        return False
    others = {(*part[:axis], *part[axis + 1 :]) for part in parts}
    return others == {(*whole[:axis], *whole[axis + 1 :])} and sum(part[axis] for part in parts) == whole[axis]


def pack(parts, how, library):
    """The tensor of several; `library` is torch or numpy."""
    if how == WAYS[1]:
        stacked = library.stack(parts, 1)
        return stacked.reshape((-1, *stacked.shape[2:]))
    return library.concatenate(parts, int(how[-1]))


def group_for(name, shape, left, how):
    """The tensors in `left`, {name: shape} in order, that give `name`: consecutive ones beside it with the same last part."""
    for depth in (1, 2):
        near = [old for old in left if leaf_of(old) == leaf_of(name) and place_of(old, 1) == place_of(name, depth)]
        for start in range(len(near)):
            for end in range(start + 2, len(near) + 1):
                if fits([left[old] for old in near[start:end]], shape, how):
                    return near[start:end]
    return None


def packings(before, after):
    """Lists of packings, each of which explains all names that are on one side only; both are {name: shape} in order, likeliest first. A
    vector follows the matrix of its module, so that both are packed in one way."""
    new = {name: shape for name, shape in after.items() if name not in before}
    found = []
    for how in WAYS:
        left, made = {name: shape for name, shape in before.items() if name not in after}, []
        for name, shape in new.items():
            way = WAYS[0] if how == WAYS[2] and len(shape) == 1 else how
            group = group_for(name, shape, left, way)
            if group is None:
                break
            made.append({"new": name, "old": group, "how": way})
            left = {name: shape for name, shape in left.items() if name not in group}
        if len(made) == len(new) and not left and made:
            found.append(made)
    return found + [way for made in found for way in in_other_orders(made)]


def in_other_orders(made):
    """The same packings with the parts of each in another order: that in which modules are made need not be the one that counts."""
    counts = {len(item["old"]) for item in made}
    if len(counts) > 1 or max(counts) > MOST_IN_ANY_ORDER:
        return []
    orders = list(itertools.permutations(range(counts.pop())))
    return [[{**item, "old": [item["old"][at] for at in order]} for item in made] for order in orders[1:]]
