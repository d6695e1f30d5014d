"""Nested structures: lists, tuples, dicts (by sorted keys); everything else is a leaf, None too."""
from __future__ import annotations


def is_nested(structure):
    return isinstance(structure, (list, tuple, dict))


def _keys(mapping):
    keys = list(mapping)
    try:
        return sorted(keys)
    except TypeError:
        return keys


def _parts(structure):
    return [structure[key] for key in _keys(structure)] if isinstance(structure, dict) else list(structure)


def flatten(structure):
    if not isinstance(structure, (list, tuple, dict)):
        return [structure]
    leaves = []
    for part in _parts(structure) if isinstance(structure, dict) else structure:
        if isinstance(part, (list, tuple, dict)):
            leaves.extend(flatten(part))
        else:
            leaves.append(part)
    return leaves


def _like(structure, parts):
    if isinstance(structure, dict):
        made = dict(zip(_keys(structure), parts))
        return {key: made[key] for key in structure}
    if isinstance(structure, list):
        return list(parts)
    if hasattr(structure, "_fields"):
        return type(structure)(*parts)
    return tuple(parts)


def map_structure(function, *structures):
    first = structures[0]
    if not isinstance(first, (list, tuple, dict)):
        return function(*structures)
    if len(structures) == 1:
        if type(first) is tuple:
            return tuple([function(part) if not isinstance(part, (list, tuple, dict)) else map_structure(function, part) for part in first])
        return _like(first, [map_structure(function, part) for part in _parts(first)])
    for other in structures[1:]:
        if not isinstance(other, (list, tuple, dict)) or len(other) != len(first):
            raise ValueError("`structures` don't have the same structure")
    columns = [_parts(structure) for structure in structures]
    return _like(first, [map_structure(function, *[column[i] for column in columns]) for i in range(len(columns[0]))])


def map_shape_structure(function, structure):
    if structure is None or (isinstance(structure, (list, tuple)) and all(part is None or isinstance(part, int) for part in structure)):
        return function(None if structure is None else tuple(structure))
    if isinstance(structure, (list, tuple, dict)):
        return _like(structure, [map_shape_structure(function, part) for part in _parts(structure)])
    return function(structure)


def _fill(structure, leaves):
    if not isinstance(structure, (list, tuple, dict)):
        return leaves.pop(0)
    return _like(structure, [_fill(part, leaves) for part in _parts(structure)])


def pack_sequence_as(structure, flat):
    return _fill(structure, list(flat))


def assert_same_structure(a, b, check_types=None):
    if not isinstance(a, (list, tuple, dict)) and not isinstance(b, (list, tuple, dict)):
        return
    nested = isinstance(a, (list, tuple, dict)) and isinstance(b, (list, tuple, dict))
    if not nested or isinstance(a, dict) != isinstance(b, dict) or isinstance(a, list) != isinstance(b, list) or len(a) != len(b):
        raise ValueError("`a` and `b` don't have the same structure.")
    if isinstance(a, dict) and _keys(a) != _keys(b):
        raise ValueError("`a` and `b` don't have the same structure.")
    for x, y in zip(_parts(a), _parts(b)):
        assert_same_structure(x, y)


def lists_to_tuples(structure):
    if isinstance(structure, dict):
        return {key: lists_to_tuples(structure[key]) for key in structure}
    if isinstance(structure, (list, tuple)):
        return tuple([lists_to_tuples(part) for part in structure])
    return structure
