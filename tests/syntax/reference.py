"""What the dumps of the syntax and names stages must say, told by CPython's own `ast` and `symtable`.

`ast_lines` gives the lines of `--dump=ast`; a span that CPython does not tell is None. `scopes` and `places` give what
`--dump=names` must say of each scope and each name.
"""

import ast
import codecs
import re
import symtable
import warnings

OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**", ast.MatMult: "@",
    ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>", ast.Eq: "==", ast.NotEq: "!=",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
    ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~",
}


def parse(data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(data)


class Offsets:
    """Line and column of `ast` to byte offsets of the file."""

    def __init__(self, data):
        self.data = data
        self.starts = [3 if data.startswith(b"\xef\xbb\xbf") else 0]
        self.starts += [match.end() for match in re.finditer(rb"\r\n|\r|\n", data)]

    def span(self, node):
        if getattr(node, "lineno", None) is None:
            return None
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[node.end_lineno - 1] + node.end_col_offset
        decorators = getattr(node, "decorator_list", None)
        if decorators:
            start = self.data.rfind(b"@", 0, self.span(decorators[0])[0])
        return start, end


def json_string(data):
    """As nw_buffer_json_string writes the bytes."""
    text = data.decode("utf-8", "replace_each_byte")
    def escape(match):
        return {"\n": "\\n", '"': '\\"', "\\": "\\\\"}.get(match[0], f"\\u{ord(match[0]):04x}")
    return '"' + re.sub(r'[\x00-\x1f\x7f"\\]', escape, text) + '"'


def _replace_each_byte(error):
    return "\ufffd", error.start + 1


codecs.register_error("replace_each_byte", _replace_each_byte)


class AstLines(ast.NodeVisitor):
    def __init__(self, tree, data):
        self.offsets = Offsets(data)
        self.data = data
        self.lines = []
        self.depth = 0
        self.in_format = 0
        self.body(tree.body, "body")

    # -- lines

    def add(self, label, kind, span, *scalars):
        if self.in_format:
            span = None
        colon = " " if ": " in label else ": "  # "right: <" of a comparison has its own
        head = "  " * min(self.depth, 200) + label + colon + kind
        self.lines.append((head, span, "".join(" " + s for s in scalars if s is not None)))

    def node(self, node, label):
        getattr(self, type(node).__name__)(node, label)

    def child(self, node, label):
        if node is not None:
            self.depth += 1
            self.node(node, label)
            self.depth -= 1

    def body(self, nodes, label):
        for node in nodes:
            self.node(node, label)

    def children(self, nodes, label):
        for node in nodes:
            self.child(node, label)

    def plain(self, node, label, kind, *scalars):
        self.add(label, kind, self.offsets.span(node), *scalars)

    def name(self, text, label):
        if text is not None:
            self.depth += 1
            self.add(label, "name", None, text)
            self.depth -= 1

    # -- expressions

    def Name(self, node, label):
        self.plain(node, label, "name", node.id)

    def Constant(self, node, label):
        value = node.value
        span = self.offsets.span(node)
        if value is None or value is True or value is False or value is Ellipsis:
            self.plain(node, label, {None: "none", True: "true", False: "false", Ellipsis: "ellipsis"}[value])
        elif isinstance(value, int):
            if value >= 2**63:
                self.plain(node, label, "big-integer", self.data[span[0]:span[1]].replace(b"_", b"").decode())
            else:
                self.plain(node, label, "integer", str(value))
        elif isinstance(value, float):
            self.plain(node, label, "float", "%.17g" % value)
        elif isinstance(value, complex):
            self.plain(node, label, "imaginary", "%.17g" % value.imag)
        elif isinstance(value, bytes):
            self.plain(node, label, "bytes", json_string(value))
        elif b"\\N{" in self.data[span[0]:span[1]]:
            self.plain(node, label, "string", "?")
        else:
            self.plain(node, label, "string", json_string(value.encode("utf-8", "surrogatepass")))

    def JoinedStr(self, node, label):
        self.plain(node, label, "f-string")
        self.in_format += 1
        self.children(node.values, "part")
        self.in_format -= 1

    def FormattedValue(self, node, label):
        self.plain(node, label, "formatted", None if node.conversion == -1 else "!" + chr(node.conversion))
        self.child(node.value, "value")
        specification = node.format_spec
        if specification and len(specification.values) == 1 and isinstance(specification.values[0], ast.Constant):
            specification = specification.values[0]
        self.child(specification, "specification")

    def Tuple(self, node, label):
        self.plain(node, label, "tuple")
        self.children(node.elts, "item")

    def List(self, node, label):
        self.plain(node, label, "list")
        self.children(node.elts, "item")

    def Set(self, node, label):
        self.plain(node, label, "set")
        self.children(node.elts, "item")

    def Dict(self, node, label):
        self.plain(node, label, "dict")
        for key, value in zip(node.keys, node.values):
            if key is None:
                self.depth += 1
                self.add("key", "**", ())
                self.depth -= 1
            self.child(key, "key")
            self.child(value, "value")

    def comprehension(self, node, label):
        self.add(label, "comprehension-for", None, "async" if node.is_async else None)
        self.child(node.target, "target")
        self.child(node.iter, "iterable")
        self.children(node.ifs, "if")

    def ListComp(self, node, label, kind="list-comprehension"):
        self.plain(node, label, kind)
        self.child(node.elt, "element")
        self.children(node.generators, "for")

    def SetComp(self, node, label):
        self.ListComp(node, label, "set-comprehension")

    def GeneratorExp(self, node, label):
        self.ListComp(node, label, "generator")

    def DictComp(self, node, label):
        self.plain(node, label, "dict-comprehension")
        self.depth += 1
        self.add("element", "pair", None)
        self.child(node.key, "key")
        self.child(node.value, "value")
        self.depth -= 1
        self.children(node.generators, "for")

    def UnaryOp(self, node, label):
        self.plain(node, label, "unary", OPERATORS[type(node.op)])
        self.child(node.operand, "operand")

    def BinOp(self, node, label):
        self.plain(node, label, "binary", OPERATORS[type(node.op)])
        self.child(node.left, "left")
        self.child(node.right, "right")

    def BoolOp(self, node, label):
        self.plain(node, label, "and" if isinstance(node.op, ast.And) else "or")
        self.children(node.values, "operand")

    def Compare(self, node, label):
        self.plain(node, label, "compare")
        self.child(node.left, "left")
        for op, right in zip(node.ops, node.comparators):
            self.child(right, "right: " + OPERATORS[type(op)])

    def Call(self, node, label):
        self.plain(node, label, "call")
        self.child(node.func, "callee")
        self.arguments(node.args, node.keywords)

    def arguments(self, arguments, keywords):
        both = sorted(arguments + keywords, key=lambda n: (n.lineno, n.col_offset))
        self.children(both, "argument")

    def keyword(self, node, label):
        self.plain(node, label, "keyword", node.arg or "**")
        self.child(node.value, "value")

    def Attribute(self, node, label):
        self.plain(node, label, "attribute", node.attr)
        self.child(node.value, "object")

    def Subscript(self, node, label):
        self.plain(node, label, "subscript")
        self.child(node.value, "object")
        self.child(node.slice, "index")

    def Slice(self, node, label):
        self.plain(node, label, "slice")
        self.child(node.lower, "start")
        self.child(node.upper, "stop")
        self.child(node.step, "step")

    def Starred(self, node, label):
        self.plain(node, label, "starred")
        self.child(node.value, "value")

    def IfExp(self, node, label):
        self.plain(node, label, "conditional")
        self.child(node.body, "then")
        self.child(node.test, "test")
        self.child(node.orelse, "otherwise")

    def Lambda(self, node, label):
        self.plain(node, label, "lambda", "generator" if is_generator(node) else None)
        self.parameters(node.args)
        self.child(node.body, "body")

    def NamedExpr(self, node, label):
        self.plain(node, label, "named")
        self.child(node.target, "target")
        self.child(node.value, "value")

    def Await(self, node, label, kind="await"):
        self.plain(node, label, kind)
        self.child(node.value, "value")

    def Yield(self, node, label):
        self.Await(node, label, "yield")

    def YieldFrom(self, node, label):
        self.Await(node, label, "yield-from")

    # -- statements

    def Expr(self, node, label):
        self.plain(node, label, "expression")
        self.child(node.value, "value")

    def Assign(self, node, label):
        self.plain(node, label, "assign")
        self.children(node.targets, "target")
        self.child(node.value, "value")

    def AugAssign(self, node, label):
        self.plain(node, label, "augmented-assign", OPERATORS[type(node.op)])
        self.child(node.target, "target")
        self.child(node.value, "value")

    def AnnAssign(self, node, label):
        self.plain(node, label, "annotated-assign")
        self.child(node.target, "target")
        self.child(node.annotation, "type")
        self.child(node.value, "value")

    def parameters(self, args):
        defaults = [None] * (len(args.posonlyargs) + len(args.args) - len(args.defaults)) + args.defaults
        for index, arg in enumerate(args.posonlyargs + args.args):
            self.parameter(arg, "positional-only" if index < len(args.posonlyargs) else "normal", defaults[index])
        if args.vararg:
            self.parameter(args.vararg, "args", None)
        for arg, default in zip(args.kwonlyargs, args.kw_defaults):
            self.parameter(arg, "keyword-only", default)
        if args.kwarg:
            self.parameter(args.kwarg, "kwargs", None)

    def parameter(self, arg, kind, default):
        self.depth += 1
        self.add("parameter", kind, None, arg.arg)
        self.child(arg.annotation, "annotation")
        self.child(default, "default")
        self.depth -= 1

    def FunctionDef(self, node, label):
        self.plain(node, label, "function", node.name, "async" if isinstance(node, ast.AsyncFunctionDef) else None,
                   "generator" if is_generator(node) else None,
                   "documented" if ast.get_docstring(node, clean=False) is not None else None)
        self.children(node.decorator_list, "decorator")
        self.name(node.name, "name")
        self.parameters(node.args)
        self.child(node.returns, "returns")
        self.children(node.body, "body")

    AsyncFunctionDef = FunctionDef

    def ClassDef(self, node, label):
        self.plain(node, label, "class", node.name)
        self.children(node.decorator_list, "decorator")
        self.name(node.name, "name")
        self.arguments(node.bases, node.keywords)
        self.children(node.body, "body")

    def Return(self, node, label):
        self.plain(node, label, "return")
        self.child(node.value, "value")

    def Delete(self, node, label):
        self.plain(node, label, "delete")
        self.children(node.targets, "target")

    def For(self, node, label):
        self.plain(node, label, "for", "async" if isinstance(node, ast.AsyncFor) else None)
        self.child(node.target, "target")
        self.child(node.iter, "iterable")
        self.children(node.body, "body")
        self.children(node.orelse, "else")

    AsyncFor = For

    def While(self, node, label, kind="while"):
        self.plain(node, label, kind)
        self.child(node.test, "test")
        self.children(node.body, "body")
        self.children(node.orelse, "else")

    def If(self, node, label):
        self.While(node, label, "if")

    def With(self, node, label):
        self.plain(node, label, "with", "async" if isinstance(node, ast.AsyncWith) else None)
        self.children(node.items, "item")
        self.children(node.body, "body")

    AsyncWith = With

    def withitem(self, node, label):
        self.add(label, "with-item", None)
        self.child(node.context_expr, "context")
        self.child(node.optional_vars, "target")

    def Raise(self, node, label):
        self.plain(node, label, "raise")
        self.child(node.exc, "exception")
        self.child(node.cause, "cause")

    def Try(self, node, label):
        self.plain(node, label, "try")
        self.children(node.body, "body")
        self.children(node.handlers, "handler")
        self.children(node.orelse, "else")
        self.children(node.finalbody, "finally")

    TryStar = Try

    def ExceptHandler(self, node, label):
        self.plain(node, label, "handler")
        self.child(node.type, "type")
        self.name(node.name, "target")
        self.children(node.body, "body")

    def Assert(self, node, label):
        self.plain(node, label, "assert")
        self.child(node.test, "test")
        self.child(node.msg, "message")

    def Import(self, node, label):
        self.plain(node, label, "import")
        for alias in node.names:
            self.alias(alias, alias.asname or alias.name.split(".")[0])

    def ImportFrom(self, node, label):
        self.plain(node, label, "import-from", str(node.level), node.module or "")
        for alias in node.names:
            self.alias(alias, (alias.asname or alias.name) if alias.name != "*" else None)

    def alias(self, node, target):
        self.depth += 1
        self.plain(node, "alias", "import-alias", node.name)
        self.name(target, "target")
        self.depth -= 1

    def Global(self, node, label):
        self.plain(node, label, "global", *node.names)

    def Nonlocal(self, node, label):
        self.plain(node, label, "nonlocal", *node.names)

    def Pass(self, node, label):
        self.plain(node, label, "pass")

    def Break(self, node, label):
        self.plain(node, label, "break")

    def Continue(self, node, label):
        self.plain(node, label, "continue")

    # -- match

    def Match(self, node, label):
        self.plain(node, label, "match")
        self.child(node.subject, "subject")
        self.children(node.cases, "case")

    def match_case(self, node, label):
        self.add(label, "case", None)
        self.child(node.pattern, "pattern")
        self.child(node.guard, "guard")
        self.children(node.body, "body")

    def MatchValue(self, node, label):
        self.plain(node, label, "pattern-value")
        self.child(node.value, "value")

    def MatchSingleton(self, node, label):
        self.plain(node, label, "pattern-value")
        self.depth += 1
        self.plain(node, "value", {None: "none", True: "true", False: "false"}[node.value])
        self.depth -= 1

    def MatchSequence(self, node, label):
        self.plain(node, label, "pattern-sequence")
        self.children(node.patterns, "pattern")

    def MatchStar(self, node, label):
        self.plain(node, label, "pattern-star")
        self.name(node.name, "target")

    def MatchMapping(self, node, label):
        self.plain(node, label, "pattern-mapping")
        for key, pattern in zip(node.keys, node.patterns):
            self.child(key, "key")
            self.child(pattern, "value")
        self.name(node.rest, "rest")

    def MatchClass(self, node, label):
        self.plain(node, label, "pattern-class")
        self.child(node.cls, "class")
        self.children(node.patterns, "pattern")
        for name, pattern in zip(node.kwd_attrs, node.kwd_patterns):
            self.depth += 1
            self.add("pattern", "keyword", None, name)
            self.child(pattern, "value")
            self.depth -= 1

    def MatchAs(self, node, label):
        self.plain(node, label, "pattern-capture")
        self.child(node.pattern, "pattern")
        self.name(node.name, "target")

    def MatchOr(self, node, label):
        self.plain(node, label, "pattern-or")
        self.children(node.patterns, "pattern")


def is_generator(function):
    """Whether a yield stands in the function itself."""
    waiting = list(function.body) if isinstance(function.body, list) else [function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            inner = [*node.args.defaults, *node.args.kw_defaults, *getattr(node, "decorator_list", [])]
            waiting += [n for n in inner if n is not None]
        elif isinstance(node, ast.ClassDef):
            waiting += [*node.bases, *node.keywords, *node.decorator_list]
        else:
            waiting += ast.iter_child_nodes(node)
    return False


def ast_lines(data):
    return AstLines(parse(data), data).lines


# -- names


class Scope:
    def __init__(self, table, node, up):
        self.table, self.node, self.up = table, node, up
        self.children = list(table.get_children())
        self.kind = table.get_type()
        self.private = None
        self.key = None


class Places:
    """Every Name in the order of symtable's own visit, so that each scope meets its table."""

    def __init__(self, tree, data, path="<text>"):
        self.offsets = Offsets(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(data, path, "exec")
        self.lazy_annotations = any(isinstance(n, ast.ImportFrom) and n.module == "__future__" and
                                    any(a.name == "annotations" for a in n.names) for n in tree.body)
        self.scope = Scope(table, tree, None)
        self.places = {}  # start offset: text, and the key of the scope that keeps the name
        self.scopes = {}  # (kind, start, end): names kept
        self.visit_all(tree.body)

    def enter(self, node, name, body, kind="function"):
        table = self.scope.children.pop(0)
        assert table.get_name() == name, (table.get_name(), name)
        outer, self.scope = self.scope, Scope(table, node, self.scope)
        self.scope.private = node.name if isinstance(node, ast.ClassDef) else outer.private
        kept = sorted(s.get_name() for s in table.get_symbols() if s.is_local() and s.get_name() != ".0")
        self.scope.key = (kind, *self.offsets.span(node))
        self.scopes[self.scope.key] = kept
        body()
        assert not self.scope.children
        self.scope = outer

    def visit_all(self, nodes):
        for node in nodes:
            if node is not None:
                self.visit(node)

    def visit(self, node):
        method = getattr(self, type(node).__name__, None)
        if method:
            method(node)
        else:
            self.visit_all(ast.iter_child_nodes(node))

    def annotations(self, nodes):
        if not self.lazy_annotations:
            self.visit_all(nodes)

    def FunctionDef(self, node):
        self.visit_all([*node.args.defaults, *node.args.kw_defaults])
        a = node.args
        self.annotations([x and x.annotation for x in [*a.posonlyargs, *a.args, a.vararg, a.kwarg, *a.kwonlyargs]] + [node.returns])
        self.visit_all(node.decorator_list)
        self.enter(node, node.name, lambda: self.visit_all(node.body))

    AsyncFunctionDef = FunctionDef

    def Lambda(self, node):
        self.visit_all([*node.args.defaults, *node.args.kw_defaults])
        self.enter(node, "lambda", lambda: self.visit(node.body), "lambda")

    def ClassDef(self, node):
        self.visit_all([*node.bases, *node.keywords, *node.decorator_list])
        self.enter(node, node.name, lambda: self.visit_all(node.body), "class")

    def comprehension_scope(self, node, name, elements):
        first = node.generators[0]
        self.visit(first.iter)

        def body():
            self.visit_all([first.target, *first.ifs])
            for generator in node.generators[1:]:
                self.visit_all([generator.target, generator.iter, *generator.ifs])
            self.visit_all(elements)

        self.enter(node, name, body, "comprehension")

    def ListComp(self, node):
        self.comprehension_scope(node, "listcomp", [node.elt])

    def SetComp(self, node):
        self.comprehension_scope(node, "setcomp", [node.elt])

    def GeneratorExp(self, node):
        self.comprehension_scope(node, "genexpr", [node.elt])

    def DictComp(self, node):
        self.comprehension_scope(node, "dictcomp", [node.value, node.key])

    def Dict(self, node):
        self.visit_all([*node.keys, *node.values])

    def AnnAssign(self, node):
        self.visit(node.target)
        self.annotations([node.annotation])
        self.visit_all([node.value])

    def Try(self, node):
        self.visit_all([*node.body, *node.orelse, *node.handlers, *node.finalbody])

    TryStar = Try

    def NamedExpr(self, node):
        self.visit_all([node.value, node.target])

    def JoinedStr(self, node):
        # positions inside are not told before Python 3.12; scopes inside still use up their tables
        kept = dict(self.places), dict(self.scopes)
        self.visit_all(node.values)
        self.places, self.scopes = kept

    def Name(self, node):
        self.places[self.offsets.span(node)[0]] = self.place(node.id)

    def mangled(self, name):
        private = (self.scope.private or "").lstrip("_")
        return f"_{private}{name}" if private and name.startswith("__") and not name.endswith("__") else name

    def place(self, name):
        name = self.mangled(name)
        scope = self.scope
        if scope.up is None:
            return f"{name} global", None
        symbol = scope.table.lookup(name)
        count, keeper = self.frames_up(name)
        if symbol.is_local() and scope.kind == "class":
            return f"{name} class" + (" else outer" if keeper else ""), scope.key
        if symbol.is_local():
            return f"{name} up 0", scope.key
        if symbol.is_free() and keeper:  # not the cell of __class__, which is left to eval/
            return f"{name} up {count}", keeper.key
        return f"{name} global", None

    def frames_up(self, name):
        count, scope = 0, self.scope.up
        while scope.up is not None:
            if scope.kind != "class":
                count += 1
                try:
                    symbol = scope.table.lookup(name)
                except KeyError:
                    symbol = None
                if symbol and symbol.is_local():
                    return count, scope
                if symbol and symbol.is_declared_global():
                    return 0, None
            scope = scope.up
        return 0, None


def places(data):
    found = Places(parse(data), data)
    return found.scopes, found.places
