"""One line of PyTorch, run by PyTorch and, call by call through the translation tables, by Keras.

`agree("x.view(2, -1).softmax(-1)", x=floats(2, 3, 4))` evaluates the text twice: as it stands, and with every name, method,
attribute and operator replaced by what the tables give for it. Structure, shapes, kinds of elements, numbers and the gradients of all
floating point inputs must be the same; the second side is also traced as a graph.
"""
import ast
import inspect
import numbers

import keras
import numpy as np
import tables
import tensorflow as tf
import torch
from tables import Untranslated

TABLES = tables.load("torch", "keras")


def _dtype_name(x):
    return keras.backend.standardize_dtype(x.dtype)


_BINARY = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.FloorDiv: "floor_divide", ast.Mod: "remainder", ast.Pow: "pow",
           ast.MatMult: "matmul", ast.BitAnd: "bitwise_and", ast.BitOr: "bitwise_or", ast.BitXor: "bitwise_xor",
           ast.LShift: "bitwise_left_shift", ast.RShift: "bitwise_right_shift", ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le",
           ast.Gt: "gt", ast.GtE: "ge"}
_UNARY = {ast.USub: "neg", ast.Invert: "bitwise_not"}


class _Module:
    def __init__(self, name):
        self.name = name


def knows(name):
    return name in TABLES.translations or name in TABLES.adapters


_NUMPY = {"axis": "dim", "keepdims": "keepdim", "x": "input", "x1": "input", "x2": "other"}


def translate(row, arguments, keywords):
    """The call of a row; PyTorch's argument parser takes numpy's names for some parameters."""
    parameters = inspect.signature((TABLES.translations.get(row) or TABLES.adapters[row]).target).parameters if knows(row) else {}
    return TABLES.translate(row, arguments, {name if name in parameters else _NUMPY.get(name, name): value for name, value in keywords.items()})


class Evaluator:
    """Evaluates the text of a program as the rewriter would have written it."""

    def __init__(self, names):
        self.names = dict(names, torch=_Module("torch"), F=_Module("torch.nn.functional"))

    def __call__(self, text):
        return self.visit(ast.parse(text, mode="eval").body)

    def visit(self, node):
        return getattr(self, "visit_" + type(node).__name__)(node)

    def visit_Constant(self, node):
        return node.value

    def visit_Name(self, node):
        if node.id in self.names:
            return self.names[node.id]
        return {"len": len, "float": float, "int": int, "bool": bool, "slice": slice, "None": None, "abs": abs}[node.id]

    def visit_Tuple(self, node):
        return tuple(self.visit(e) for e in node.elts)

    def visit_List(self, node):
        return [self.visit(e) for e in node.elts]

    def visit_Slice(self, node):
        return slice(*(None if e is None else self.visit(e) for e in (node.lower, node.upper, node.step)))

    def visit_UnaryOp(self, node):
        value = self.visit(node.operand)
        if keras.ops.is_tensor(value):
            return translate("torch." + _UNARY[type(node.op)], [value], {})
        return -value if isinstance(node.op, ast.USub) else not value

    def operator(self, kind, left, right):
        if keras.ops.is_tensor(left) or keras.ops.is_tensor(right):
            return translate("torch." + _BINARY[kind], [left, right], {})
        import operator
        return getattr(operator, {"div": "truediv", "floor_divide": "floordiv", "remainder": "mod", "matmul": "matmul"}.get(_BINARY[kind], _BINARY[kind]))(left, right)

    def visit_BinOp(self, node):
        return self.operator(type(node.op), self.visit(node.left), self.visit(node.right))

    def visit_Compare(self, node):
        return self.operator(type(node.ops[0]), self.visit(node.left), self.visit(node.comparators[0]))

    def visit_Subscript(self, node):
        value, key = self.visit(node.value), self.visit(node.slice)
        if not keras.ops.is_tensor(value):
            return value[key]
        parts = key if isinstance(key, tuple) else (key,)
        if any(keras.ops.is_tensor(p) or isinstance(p, (list, tuple, bool)) for p in parts):
            return translate("torch.Tensor.__getitem__", [value, key], {})
        return value[key]

    def member(self, value, name):
        for row in ("torch.Tensor." + name, "torch." + name, "torch.nn.functional." + name):
            if knows(row):
                return row
        raise Untranslated("torch.Tensor." + name)

    def visit_Attribute(self, node):
        value = self.visit(node.value)
        if isinstance(value, _Module):
            name = value.name + "." + node.attr
            if name in TABLES.values:
                return TABLES.value(name)
            return _Module(name)
        if keras.ops.is_tensor(value):
            row = "torch.Tensor." + node.attr
            if row in TABLES.attributes:
                return TABLES.attributes[row].target(value)
            raise Untranslated(row)
        return getattr(value, node.attr)

    def visit_Call(self, node):
        arguments = []
        for one in node.args:
            if isinstance(one, ast.Starred):
                arguments.extend(self.visit(one.value))
            else:
                arguments.append(self.visit(one))
        keywords = {k.arg: self.visit(k.value) for k in node.keywords}
        if isinstance(node.func, ast.Attribute):
            value = self.visit(node.func.value)
            if isinstance(value, _Module):
                name = value.name + "." + node.func.attr
                if not knows(name) and name.startswith("torch."):  # rows have one name, functions several
                    name = next((row + node.func.attr for row in ("torch.", "torch.nn.functional.") if knows(row + node.func.attr)), name)
                return translate(name, arguments, keywords)
            if keras.ops.is_tensor(value):
                return translate(self.member(value, node.func.attr), [value, *arguments], keywords)
            return getattr(value, node.func.attr)(*arguments, **keywords)
        if node.func.id in ("len", "float", "int", "bool", "abs") and arguments and keras.ops.is_tensor(arguments[0]):
            row = {"abs": "torch.abs"}.get(node.func.id, "torch.Tensor.__" + node.func.id + "__")
            return translate(row, arguments, keywords)
        return self.visit(node.func)(*arguments, **keywords)


def _flat(value, into):
    """The leaves of nested results; None and texts are leaves too."""
    if isinstance(value, (tuple, list)):
        into.append(len(value))
        for one in value:
            _flat(one, into)
    else:
        into.append(value)
    return into


def _array(value):
    if isinstance(value, torch.Tensor):
        return value.detach().numpy() if value.dtype != torch.bfloat16 else value.detach().float().numpy()
    if keras.ops.is_tensor(value):
        if _dtype_name(value) == "bfloat16":
            value = keras.ops.cast(value, "float32")
        return keras.ops.convert_to_numpy(value)
    return value


def close(ours, theirs, tolerance, what):
    assert isinstance(ours, np.ndarray) == isinstance(theirs, np.ndarray), (what, ours, theirs)
    if not isinstance(theirs, np.ndarray):
        if isinstance(theirs, (bool, str)) or theirs is None:
            assert ours == theirs and type(ours) is type(theirs), (what, ours, theirs)
        elif isinstance(theirs, numbers.Number):
            assert type(ours) is type(theirs) and abs(ours - theirs) <= tolerance * max(1, abs(theirs)), (what, ours, theirs)
        return
    assert ours.shape == theirs.shape, (what, ours.shape, theirs.shape)
    kinds = {"u": "i"}
    assert kinds.get(ours.dtype.kind, ours.dtype.kind) == kinds.get(theirs.dtype.kind, theirs.dtype.kind), (what, ours.dtype, theirs.dtype)
    if theirs.dtype.kind in "fc":
        finite = theirs[np.isfinite(theirs)]
        scale = max(1e-3, float(np.max(np.abs(finite)))) if finite.size else 1.0
        assert np.array_equal(np.isnan(ours), np.isnan(theirs)), (what, ours, theirs)
        both = np.isfinite(theirs)
        assert np.array_equal(ours[~both], theirs[~both], equal_nan=True), (what, ours, theirs)
        if both.any():
            error = np.max(np.abs(ours[both].astype("complex128") - theirs[both]))
            assert error <= tolerance * scale, (what, float(error), ours, theirs)
    else:
        assert np.array_equal(ours, theirs), (what, ours, theirs)


def _weights(leaves):
    """A fixed direction for the gradients."""
    return [np.random.default_rng(i).standard_normal(leaf.shape).astype("float32") for i, leaf in enumerate(leaves)]


def agree(text, tolerance=1e-5, gradient=True, traced=True, **inputs):
    source = {k: torch.tensor(v) if isinstance(v, np.ndarray) else v for k, v in inputs.items()}
    for name, value in source.items():  # gradient: of all, of none, or of the inputs with these names
        if isinstance(value, torch.Tensor) and value.is_floating_point() and (gradient if isinstance(gradient, bool) else name in gradient):
            value.requires_grad_(True)
    expected = eval(text, {"torch": torch, "F": torch.nn.functional, **source})
    target = {k: keras.ops.convert_to_tensor(v) if isinstance(v, np.ndarray) else v for k, v in inputs.items()}
    floats = {k: v for k, v in target.items() if isinstance(source[k], torch.Tensor) and source[k].requires_grad}
    with tf.GradientTape() as tape:
        for value in floats.values():
            tape.watch(value)
        result = Evaluator(target)(text)
        found, wanted = _flat(result, []), _flat(expected, [])
        assert len(found) == len(wanted), (text, result, expected)
        leaves = [(f, w) for f, w in zip(found, wanted) if isinstance(w, torch.Tensor) and w.requires_grad and w.is_floating_point()]
        directions = _weights([w for _, w in leaves])
        total = sum((tf.reduce_sum(tf.cast(f, tf.float32) * d) for (f, _), d in zip(leaves, directions) if keras.ops.is_tensor(f)), tf.constant(0.0))
    for f, w in zip(found, wanted):
        if isinstance(w, torch.device) or isinstance(w, torch.dtype):
            w = str(w).removeprefix("torch.")
        close(_array(f), _array(w), tolerance, text)
    if leaves and gradient:
        sum((w.float() * torch.tensor(d)).sum() for (_, w), d in zip(leaves, directions)).backward()
        ours = tape.gradient(total, list(floats.values()), unconnected_gradients="zero")
        for (name, value), one in zip(floats.items(), ours):
            theirs = source[name].grad
            theirs = np.zeros(value.shape, "float32") if theirs is None else theirs.numpy(force=True)
            close(keras.ops.convert_to_numpy(tf.convert_to_tensor(one)), theirs, max(tolerance * 10, 1e-4), text + " gradient of " + name)
    if traced and all(isinstance(w, (torch.Tensor, int)) for w in wanted) and any(isinstance(w, torch.Tensor) for w in wanted):
        tensors = {k: v for k, v in target.items() if keras.ops.is_tensor(v)}
        others = {k: v for k, v in target.items() if not keras.ops.is_tensor(v)}

        @tf.function(autograph=False)
        def graph(**given):
            return [leaf for leaf in _flat(Evaluator({**others, **given})(text), []) if keras.ops.is_tensor(leaf)]
        again = graph(**tensors)
        for f, w in zip(again, [w for w in wanted if isinstance(w, torch.Tensor)]):
            close(_array(f), _array(w), tolerance, "traced: " + text)


def refused(text, **inputs):
    """No template and no adapter is exact for this call."""
    target = {k: keras.ops.convert_to_tensor(v) if isinstance(v, np.ndarray) else v for k, v in inputs.items()}
    try:
        Evaluator(target)(text)
    except (Untranslated, NotImplementedError, TypeError):  # an adapter that says so itself, or has no such parameter
        return
    raise AssertionError(text + " was translated")


_SEED = [0]


def start_numbers(seed):
    """From here on the same numbers are drawn for the same seed."""
    _SEED[0] = seed


def _random():
    _SEED[0] += 1
    return np.random.default_rng(_SEED[0])


def floats(*shape):
    return _random().standard_normal(shape).astype("float32")


def positive(*shape):
    return (_random().random(shape) * 2 + 0.1).astype("float32")


def unit(*shape):
    """Strictly between 0 and 1."""
    return (_random().random(shape) * 0.9 + 0.05).astype("float32")


def integers(*shape, low=0, high=10):
    return _random().integers(low, high, shape).astype("int64")


def truths(*shape):
    return _random().random(shape) < 0.5
