def tree_map(function, tree):
    if isinstance(tree, dict):
        return {key: tree_map(function, tree[key]) for key in tree}
    if isinstance(tree, list):
        return [tree_map(function, item) for item in tree]
    if isinstance(tree, tuple):
        return tuple([tree_map(function, item) for item in tree])
    return function(tree)
