"""torch.utils._pytree: nested containers taken apart and put together."""


class TreeSpec:
    """`children`: one spec for each part, `make`: the container of a list of parts; None: a leaf."""

    def __init__(self, children, make):
        self.children = children
        self.make = make

    def build(self, leaves):
        """The container whose leaves come from the iterator."""
        if self.make is None:
            return next(leaves)
        return self.make([child.build(leaves) for child in self.children])


def _maker(tree):
    if isinstance(tree, dict):
        keys = list(tree)
        return lambda parts: dict(zip(keys, parts))
    if hasattr(tree, "_fields"):
        return lambda parts: type(tree)(*parts)
    return tuple if isinstance(tree, tuple) else list


def tree_flatten(tree, is_leaf=None):
    if not isinstance(tree, (dict, list, tuple)) or is_leaf is not None and is_leaf(tree):
        return [tree], TreeSpec([], None)
    leaves = []
    children = []
    for part in tree.values() if isinstance(tree, dict) else tree:
        own, spec = tree_flatten(part, is_leaf)
        leaves.extend(own)
        children.append(spec)
    return leaves, TreeSpec(children, _maker(tree))


def tree_unflatten(leaves, treespec):
    return treespec.build(iter(leaves))


def tree_leaves(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[0]


def tree_map(func, tree, *rests, is_leaf=None):
    leaves, spec = tree_flatten(tree, is_leaf)
    others = [tree_flatten(rest, is_leaf)[0] for rest in rests]
    return tree_unflatten([func(leaf, *[other[i] for other in others]) for i, leaf in enumerate(leaves)], spec)


def tree_map_(func, tree, *rests, is_leaf=None):
    tree_map(func, tree, *rests, is_leaf=is_leaf)
    return tree


def tree_map_only(type_or_types, func, tree, is_leaf=None):
    return tree_map(lambda leaf: func(leaf) if isinstance(leaf, type_or_types) else leaf, tree, is_leaf=is_leaf)


def tree_all(pred, tree, is_leaf=None):
    return all([pred(leaf) for leaf in tree_leaves(tree, is_leaf)])


def tree_any(pred, tree, is_leaf=None):
    return any([pred(leaf) for leaf in tree_leaves(tree, is_leaf)])


def _register_pytree_node(cls, flatten_fn, unflatten_fn, **options):
    return None


def register_pytree_node(cls, flatten_fn, unflatten_fn, **options):
    return None
