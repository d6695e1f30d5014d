"""Systematic faults in the text of a model: each mutant is the text with one thing wrong, and where that is."""

import ast
import dataclasses

SKIPPED = {"_init_weights", "init_weights", "reset_parameters", "extra_repr", "__repr__", "build", "compute_output_shape", "get_config"}
SILENT = {
    "print",
    "warn",
    "warning",
    "info",
    "warning_once",
    "register_buffer",
    "super",
    "isinstance",
    "getattr",
    "hasattr",
    "len",
    "range",
}
ACTIVATIONS = {
    "relu": "gelu",
    "gelu": "relu",
    "silu": "tanh",
    "sigmoid": "tanh",
    "tanh": "sigmoid",
    "softmax": "log_softmax",
    "log_softmax": "softmax",
    "ReLU": "GELU",
    "GELU": "ReLU",
    "SiLU": "Tanh",
    "Sigmoid": "Tanh",
    "Tanh": "Sigmoid",
    "elu": "relu",
    "softplus": "relu",
}
AXES = {"dim", "axis", "axes", "dim0", "dim1", "start_dim"}
IN_ORDER = {"split", "chunk", "unbind", "unstack"}
# Keywords that change nothing in the values that a run compares.
WITHOUT_EFFECT = {
    "name",
    "dtype",
    "device",
    "trainable",
    "kernel_initializer",
    "bias_initializer",
    "requires_grad",
    "persistent",
    "inplace",
    "memory_format",
    "non_blocking",
    "gamma_initializer",
    "beta_initializer",
    "embeddings_initializer",
    "generator",
    "initializer",
}


@dataclasses.dataclass(frozen=True)
class Mutant:
    kind: str
    name: str  # of the class, or of the function at module level
    first: int
    last: int  # the lines of the statement
    edits: tuple = ()  # (start, end, new text), in bytes
    content: str = ""  # of a fault in a migration map: the map

    def apply(self, source):
        return with_edits(source.encode(), self.edits)


def with_edits(data, edits):
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new.encode() + data[end:]
    return data.decode()


class Offsets:
    """Byte offsets of the nodes of a text."""

    def __init__(self, text):
        self.bytes = text.encode()
        self.starts = [0]
        for line in self.bytes.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, node):
        return (self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset)

    def text(self, node):
        start, end = self.span(node)
        return self.bytes[start:end].decode()


def called(node):
    """The last name of what a call calls."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def is_number(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def of_call(node, text):
    """[(kind, edits as (node, new text))] of one call."""
    name, found = called(node), []
    if name in SILENT:
        return found
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg in WITHOUT_EFFECT:
            continue
        value = keyword.value
        if keyword.arg in ("eps", "epsilon"):
            found.append(("eps", [(value, f"10 * ({text.text(value)})")]))
        elif keyword.arg in AXES and is_number(value):
            number = ast.literal_eval(value)
            found.append(
                ("axis", [(value, str(number - 1 if number > 0 else number + 1 if number == 0 else number - 1 if number == -1 else -1))])
            )
        elif keyword.arg == "training":
            found.append(("dropout in evaluation", [(value, "True")]))
        elif isinstance(value, ast.Constant) and type(value.value) is bool:
            found.append(("flag", [(value, str(not value.value))]))
        elif is_number(value):
            found.append(
                (
                    "constant",
                    [(value, f"({text.text(value)} + 1)" if type(ast.literal_eval(value)) is int else f"({text.text(value)} * 1.01)")],
                )
            )
        found.append(("keyword dropped", [keyword]))
    if name in ACTIVATIONS:
        attribute = ast.Name if isinstance(node.func, ast.Name) else ast.Attribute
        old = text.text(node.func)
        if isinstance(node.func, attribute) and old.endswith(name):
            found.append(("activation", [(node.func, old[: -len(name)] + ACTIVATIONS[name])]))
    if name in ("transpose", "permute", "swapaxes") and len(node.args) >= 2 and all(is_number(value) for value in node.args[-2:]):
        if name == "permute":
            found.append(("permutation", [(node.args[-2], text.text(node.args[-1])), (node.args[-1], text.text(node.args[-2]))]))
        else:
            found.append(("permutation", [(node.args[-1], "1" if text.text(node.args[-1]) != "1" else "0")]))
    if name == "dropout" and isinstance(node.func, ast.Attribute) and text.text(node.func).startswith("self.") and len(node.args) == 1:
        found.append(("dropout lost", [(node, text.text(node.args[0]))]))
    plain = [value for value in node.args if isinstance(value, (ast.Name, ast.Attribute))]
    if len(plain) >= 2 and text.text(plain[0]) != text.text(plain[1]):
        found.append(("arguments swapped", [(plain[0], text.text(plain[1])), (plain[1], text.text(plain[0]))]))
    return found


def of_operator(node, text):
    left, right, found = text.text(node.left), text.text(node.right), []
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv)):
        found.append(("operands swapped", [(node, f"({right}) {text_of(node.op)} ({left})")]))
    if isinstance(node.op, (ast.Add, ast.Sub)) and not is_number(node.left) and not is_number(node.right):
        found.append(("term lost", [(node, f"({left})")]))
        if isinstance(node.op, ast.Add):
            found.append(("residual lost", [(node, f"({right})")]))
    if isinstance(node.op, ast.Mult) and not is_number(node.left):
        found.append(("factor lost", [(node, f"({left})")]))
    if isinstance(node.op, (ast.Mult, ast.Div)) and isinstance(node.right, ast.Constant) and type(node.right.value) is float:
        found.append(("constant", [(node.right, f"({right} * 1.01)")]))
    if isinstance(node.op, ast.Div):
        found.append(("operator", [(node, f"({left}) * ({right})")]))
    return found


def text_of(op):
    return {ast.Sub: "-", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**", ast.FloorDiv: "//"}[type(op)]


def of_statement(node, text):
    found = []
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value = node.targets[0], node.value
        names = [item for item in getattr(target, "elts", ()) if isinstance(item, ast.Name)]
        if isinstance(target, ast.Tuple) and len(names) == len(target.elts) >= 2 and isinstance(value, (ast.Call, ast.GeneratorExp)):
            found.append(("order of parts", [(names[0], names[1].id), (names[1], names[0].id)]))
        if isinstance(target, ast.Name) and isinstance(value, ast.Call):
            inside = [arg for arg in value.args if isinstance(arg, ast.Name) and arg.id == target.id]
            if inside:
                found.append(("step left out", [(value, target.id)]))
    if isinstance(node, ast.AugAssign) and isinstance(node.op, (ast.Add, ast.Mult, ast.Div)):
        found.append(("step left out", [(node, "pass")]))
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        for item in node.slice.elts:
            if isinstance(item, ast.Constant) and item.value == 0:
                found.append(("index", [(item, "-1")]))
    return found


def drop_keyword(call, keyword, text):
    """The call without one keyword."""
    items = [text.text(value) for value in call.args]
    items += [
        f"{other.arg}={text.text(other.value)}" if other.arg else f"**{text.text(other.value)}"
        for other in call.keywords
        if other is not keyword
    ]
    return f"{text.text(call.func)}({', '.join(items)})"


def mutants(source):
    """All mutants of a text, in its order; a few do not parse, or mean the same (see `is_another`)."""
    tree, text, found = ast.parse(source), Offsets(source), []

    def visit(node, owner, statement, depth):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if node.name in SKIPPED or (depth == 0 and owner is None and node.name.startswith("test")):
                return
            for inner in node.body:
                visit(inner, owner or node.name, inner, depth + 1)
            return
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                visit(inner, owner or node.name, inner, depth)
            return
        if isinstance(node, (ast.Raise, ast.Assert, ast.Import, ast.ImportFrom, ast.AnnAssign, ast.JoinedStr)) or depth == 0:
            return
        pairs = of_call(node, text) if isinstance(node, ast.Call) else of_operator(node, text) if isinstance(node, ast.BinOp) else []
        for kind, edits in [*pairs, *of_statement(node, text)]:
            if isinstance(edits[0], ast.keyword):
                edits = [(node, drop_keyword(node, edits[0], text))]
            last = statement.body[0].lineno - 1 if getattr(statement, "body", None) else statement.end_lineno
            found.append(
                Mutant(kind, owner, statement.lineno, max(last, statement.lineno), tuple((*text.span(place), new) for place, new in edits))
            )
        if isinstance(node, ast.Call) and called(node) in SILENT:
            return
        for inner in ast.iter_child_nodes(node):
            visit(inner, owner, inner if isinstance(inner, ast.stmt) else statement, depth)

    for node in tree.body:
        visit(node, None, node, 0)
    return found


def is_another(source, mutant):
    """Whether a mutant parses, and not to the same tree."""
    try:
        return ast.dump(ast.parse(mutant.apply(source))) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


def mutated_maps(content):
    """[(kind, map)] of faults in the weights of a migration map: a kernel turned, two weights exchanged, gates in another order."""
    import copy

    found = []
    for number, item in enumerate(content["weights"]):
        for at, op in enumerate(item["ops"]):
            if op[0] == "transpose" and len(op[1]) >= 2:
                changed = copy.deepcopy(content)
                order = changed["weights"][number]["ops"][at][1]
                order[0], order[1] = order[1], order[0]
                found.append(("kernel turned", item["to"], changed))
            if op[0] == "reorder" and len(op[3]) >= 2:
                changed = copy.deepcopy(content)
                blocks = changed["weights"][number]["ops"][at][3]
                blocks[0], blocks[1] = blocks[1], blocks[0]
                found.append(("gates in another order", item["to"], changed))
            if op[0] in ("concatenate", "stack") and len(item["from"]) >= 2:
                changed = copy.deepcopy(content)
                sources = changed["weights"][number]["from"]
                sources[0], sources[1] = sources[1], sources[0]
                found.append(("parts in another order", item["to"], changed))
    for first, second in zip(content["weights"], content["weights"][1:]):
        if first["from"] != second["from"] and first["ops"] == second["ops"]:
            changed = copy.deepcopy(content)
            one, other = (changed["weights"][content["weights"].index(item)] for item in (first, second))
            one["from"], other["from"] = other["from"], one["from"]
            found.append(("weights exchanged", first["to"], changed))
    return found
