#!/usr/bin/env python3
"""Hand-written attentions in source files, found without any rule: a softmax over scores, between two products.

usage: attentions.py FOLDER LIST [--findings] [--reasons]

LIST names files below FOLDER, one on each line (bench/attention_files.txt: the model files of transformers 4.35.0 that figures are given
for). A value is followed from a product (matmul, bmm, baddbmm, einsum, @) through whatever stands behind it, helper methods and functions of
the same file included, to a softmax, and from there to the next product. --findings holds the findings of `netwright optimize --select
torch/sdpa` against them; --reasons lists what was not rewritten.
"""
import argparse
import ast
import collections
import dataclasses
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build/netwright"))
PRODUCTS = {"matmul", "bmm", "baddbmm", "einsum"}
SOFTMAXES = {"softmax", "Softmax", "masked_softmax", "upcast_softmax", "upcast_masked_softmax", "XSoftmax", "sparsemax"}
SCORES, WEIGHTS = "scores", "weights"
DEEPEST = 4  # calls of helpers


@dataclasses.dataclass
class Attention:
    """Softmaxes that the arms of an `if` choose from, and the products behind them, are one attention."""

    class_name: str
    function: str
    first: int          # lines of the function that holds the softmax
    last: int
    softmaxes: set      # lines
    products: set       # lines of the products behind

    @property
    def line(self):
        return min(self.softmaxes)


def name_of(call):
    function = call.func
    while isinstance(function, ast.Call):
        function = function.func
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


class Reader:
    """What is known of one file: its functions, and the attentions found so far."""

    def __init__(self, tree):
        self.functions, self.methods, self.bases, self.softmax_modules = {}, {}, {}, set()
        self.found = []
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                self.functions[node.name] = node
            if isinstance(node, ast.ClassDef):
                self.methods[node.name] = {f.name: f for f in node.body if isinstance(f, ast.FunctionDef)}
                self.bases[node.name] = [b.id for b in node.bases if isinstance(b, ast.Name)]
        for node in ast.walk(tree):  # self.softmax = nn.Softmax(dim=-1), self.attend = ...
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and name_of(node.value) == "Softmax":
                self.softmax_modules |= {t.attr for t in node.targets if isinstance(t, ast.Attribute)}

    def method(self, class_name, name):
        if name in self.methods.get(class_name, {}):
            return self.methods[class_name][name]
        return next(filter(None, (self.method(b, name) for b in self.bases.get(class_name, []))), None)

    def add(self, attention):
        same = [a for a in self.found if a.softmaxes & attention.softmaxes or a.products & attention.products]
        for other in same:
            attention.softmaxes |= other.softmaxes
            attention.products |= other.products
            self.found.remove(other)
        self.found.append(attention)

    def read(self):
        for function in self.functions.values():
            Activation(self, "", function, {}, 0).run()
        for class_name, methods in self.methods.items():
            for function in methods.values():
                Activation(self, class_name, function, {}, 0).run()
        return sorted(self.found, key=lambda a: a.line)


class Activation:
    """One function, run once from top to bottom with what its names may hold: scores or weights, with the softmax that made them."""

    def __init__(self, reader, class_name, function, given, depth):
        self.reader, self.class_name, self.function, self.depth = reader, class_name, function, depth
        self.names = collections.defaultdict(set, given)
        self.result = set()

    def run(self):
        for statement in self.function.body:
            self.visit(statement)
        return self.result

    def visit(self, node):
        if isinstance(node, ast.Return):
            self.result |= self.kinds(node.value)
        elif isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            kinds = self.kinds(node.value)
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                self.bind(target, kinds, keeps=isinstance(node, ast.AugAssign))
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            pass
        else:
            for child in ast.iter_child_nodes(node):
                self.visit(child) if isinstance(child, ast.stmt) else self.kinds(child)

    def bind(self, target, kinds, keeps=False):
        if isinstance(target, (ast.Tuple, ast.List)):
            for item in target.elts:
                self.bind(item, kinds)
        elif isinstance(target, ast.Name):
            self.names[target.id] = self.names[target.id] | kinds  # an arm of an `if` may have set it

    def kinds(self, node):
        """What an expression may hold, by all that stands in it."""
        if node is None or isinstance(node, (ast.Lambda, ast.Constant)):
            return set()
        if isinstance(node, ast.Name):
            return set(self.names[node.id])
        if isinstance(node, ast.Compare):
            for child in ast.iter_child_nodes(node):
                self.kinds(child)
            return set()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            return self.product(node, self.kinds(node.left) | self.kinds(node.right))
        if isinstance(node, ast.Call):
            return self.call(node)
        if isinstance(node, ast.Attribute) and node.attr in ("shape", "dtype", "device"):
            return set()
        return set().union(*(self.kinds(child) for child in ast.iter_child_nodes(node) if isinstance(child, (ast.expr, ast.keyword, ast.comprehension))))

    def call(self, node):
        name = name_of(node)
        given = [self.kinds(a) for a in node.args]
        keywords = {k.arg: self.kinds(k.value) for k in node.keywords}
        receiver = self.kinds(node.func.value) if isinstance(node.func, ast.Attribute) else set()
        everything = set().union(receiver, *given, *keywords.values())
        if name in ("size", "dim", "isinstance", "len"):
            return set()
        if name in PRODUCTS:
            return self.product(node, everything)
        if name in SOFTMAXES or (isinstance(node.func, ast.Attribute) and name in self.reader.softmax_modules):
            return self.softmax(node, everything)
        helper = self.helper(node)
        if helper and self.depth < DEEPEST and everything:
            return self.enter(helper, given, keywords)
        return everything

    def helper(self, node):
        if isinstance(node.func, ast.Name):
            return self.reader.functions.get(node.func.id)
        is_self = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == "self"
        return self.reader.method(self.class_name, node.func.attr) if is_self else None

    def enter(self, helper, given, keywords):
        parameters = [a.arg for a in helper.args.args]
        if parameters and parameters[0] == "self":
            parameters = parameters[1:]
        values = {**dict(zip(parameters, given)), **keywords}
        return Activation(self.reader, self.class_name, helper, values, self.depth + 1).run()

    def softmax(self, node, kinds):
        if SCORES not in {k for k, _ in kinds}:
            return set()
        return {(WEIGHTS, (node.lineno, self.class_name, self.function.name, self.function.lineno, self.function.end_lineno))}

    def product(self, node, kinds):
        for kind, softmax in kinds:
            if kind == WEIGHTS:
                line = softmax[0]
                self.reader.add(Attention(*softmax[1:], {line}, {node.lineno}))
        return {(SCORES, None)}


def attentions(file):
    return Reader(ast.parse(file.read_text(encoding="utf-8"))).read()


def findings(file):
    command = [NETWRIGHT, "optimize", "--select", "torch/sdpa", "--check", "--unsafe", "--assume-installed", "--format", "json", "--no-cache", "-j", "1"]
    return json.loads(subprocess.run([*command, str(file)], capture_output=True, check=False).stdout)["findings"]


def finding_of(attention, found):
    """The finding about an attention: one that covers its softmax, otherwise one at its products."""
    lines = attention.softmaxes | attention.products
    here = [f for f in found if any(f["line"] <= line <= (f.get("end_line") or f["line"]) for line in lines)]
    here += [f for f in found if attention.first <= f["line"] <= attention.last and f["status"] == "refused"]
    return min(here, key=lambda f: f["status"] == "refused", default=None)


def status(finding):
    return "none" if finding is None else "refused" if finding["status"] == "refused" else "applicable"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("list", type=pathlib.Path)
    parser.add_argument("--findings", action="store_true")
    parser.add_argument("--reasons", action="store_true")
    options = parser.parse_args()
    counts = collections.Counter()
    for name in options.list.read_text(encoding="utf-8").split():
        found = findings(options.folder / name) if options.findings or options.reasons else []
        for attention in attentions(options.folder / name):
            finding = finding_of(attention, found)
            counts[status(finding)] += 1
            if not options.findings and not options.reasons:
                print(f"{name}:{attention.line} {attention.class_name}.{attention.function}")
            elif options.reasons and status(finding) != "applicable":
                print(f"{name}:{attention.line} {attention.class_name}.{attention.function}: {finding['message'] if finding else '-'}")
    print(f"{counts.total()} attentions" + "".join(f", {counts[s]} {s}" for s in ("applicable", "refused", "none") if options.findings or options.reasons))
    return 0


if __name__ == "__main__":
    sys.exit(main())
