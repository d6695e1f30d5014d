#!/usr/bin/env python3
"""Checks the catalog's files by reading them: rows are complete and only the catalog's language is used.

What needs a framework (signatures, shapes, missing names) is the tests' business.
"""

import ast
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CATALOG = ROOT / "catalog"
MARKS = ("op", "layer", "container")
EFFECTS = ("pure", "rng", "in_place", "buffer", "host")
# Functions that a pivot's argument may use besides pivot operators; docs/pivot.md says what they mean.
HELPERS = {"len", "bool", "isinstance", "tuple", "range", "is_basic", "last", "from_last", "per_layer", "pack", "split_axis", "gates", "add"}
KINDS = {"Tensor", "int", "float", "bool", "str", "Size", "DType", "Device", "None", "Any", "list", "tuple", "dict", "complex"}


def parents(tree):
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


class Module:
    """One file of the catalog, with its findings."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_text()
        self.tree = ast.parse(self.text, str(path))
        self.classes = {node.name: node for node in self.tree.body if isinstance(node, ast.ClassDef)}
        self.tuples = {node.targets[0].id for node in self.tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
                       and getattr(node.value.func, "attr", "") == "namedtuple" and isinstance(node.targets[0], ast.Name)}
        self.tuples |= {alias.name for node in self.tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
        self.findings = []

    def report(self, node, message):
        self.findings.append(f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}: {message}")


def mark_of(node):
    """("layer", {"pivot": node}) for what carries one of the catalog's decorators."""
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = call.func if call else decorator
        if isinstance(name, ast.Name) and name.id in MARKS:
            return name.id, {word.arg: word.value for word in call.keywords} if call else {}
    return None


def parameters_of(function):
    args = function.args
    names = [a.arg for a in args.posonlyargs + args.args + args.kwonlyargs]
    return set(names) | {a.arg for a in (args.vararg, args.kwarg) if a}


def attributes_of(node, classes, seen=()):
    """What instances of a class of the catalog have: attributes set, registered or defined, with those of its bases."""
    found = {"training"}
    for base in node.bases:
        name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", None)
        if name in classes and name not in seen:
            found |= attributes_of(classes[name], classes, (*seen, name))
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "self":
            found.add(part.attr)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr.startswith("register_"):
            if part.args and isinstance(part.args[0], ast.Constant):
                found.add(part.args[0].value)
    return found


def forward_of(node, classes):
    own = {member.name: member for member in node.body if isinstance(member, ast.FunctionDef)}
    for name in ("forward", "call", "__call__"):
        if name in own:
            return own[name]
    for base in node.bases:
        name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", None)
        if name != "Module" and name in classes and (found := forward_of(classes[name], classes)):
            return found
    return None


def check_kind(module, node, kind):
    """A result annotation is built from kinds only."""
    for part in ast.walk(kind):
        if isinstance(part, ast.Name) and part.id not in KINDS and part.id not in module.classes:
            module.report(node, f"{part.id} is not a kind of result")


def pivot_operators():
    """The names that docs/pivot.md sets in code, from its list of operators on."""
    page = (ROOT / "docs/pivot.md").read_text()
    return set(re.findall(r"[a-z_][a-z0-9_]*", " ".join(re.findall(r"`([^`]*)`", page[page.index("## Operators"):]))))


def check_pivot(module, node, text, names, operators):
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        return module.report(node, f"the pivot does not parse: {error.msg}")
    up = parents(tree)
    for part in ast.walk(tree):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id not in operators | HELPERS:
            module.report(node, f"the pivot operator {part.func.id} is not in docs/pivot.md")
        if not isinstance(part, ast.Name) or isinstance(up.get(part), ast.Call) and up[part].func is part:
            continue
        label, inside = part, isinstance(up.get(part), ast.Call) and getattr(up[part].func, "id", "") in ("gates", "split_axis", "pack") and len(part.id) == 1
        while label in up and not inside:  # axis labels stand between brackets
            inside = isinstance(up[label], ast.Subscript) and up[label].slice is label
            label = up[label]
        if part.id not in names and not inside and part.id not in ("None", "True", "False", "int"):
            module.report(node, f"the pivot names {part.id}, which is no parameter or attribute of the row")


def check_mark(module, node, words, names, operators):
    for word, value in words.items():
        if word not in ("effects", "pivot", "alias", "result", "after"):
            module.report(node, f"no such option of a row: {word}")
        elif word == "after" and ast.literal_eval(value) not in names:
            module.report(node, f"what comes after the layer, {ast.literal_eval(value)}, is no attribute of it")
        elif word == "effects" and ast.literal_eval(value) not in EFFECTS:
            module.report(node, f"no such effect: {ast.literal_eval(value)}")
        elif word == "pivot":
            check_pivot(module, node, ast.literal_eval(value), names, operators)
        elif word == "result":
            for part in ast.walk(ast.parse(ast.literal_eval(value), mode="eval")):
                if isinstance(part, ast.Name) and part.id not in names | KINDS | HELPERS | module.tuples:
                    module.report(node, f"the result names {part.id}, which is no parameter or attribute of the row")


def check_row(module, node, classes, operators):
    found = mark_of(node)
    if not found:
        return
    mark, words = found
    if isinstance(node, ast.FunctionDef):
        if node.returns is None:
            module.report(node, f"{node.name}: an operator needs a result annotation")
        names = parameters_of(node)
    else:
        forward = forward_of(node, classes)
        if mark == "layer" and (forward is None or forward.returns is None):
            module.report(node, f"{node.name}: the forward of a layer needs a result annotation")
        names = attributes_of(node, classes) | (parameters_of(forward) if forward else set())
    check_mark(module, node, words, names, operators)


def check_language(module):
    """Nothing that runs, reads or prints; annotations stay text."""
    first = [node.module for node in module.tree.body if isinstance(node, ast.ImportFrom)][:1]
    results = [node.returns for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.returns]
    if first != ["__future__"] and any(isinstance(part, ast.Name) and part.id in ("Tensor", "Any") for result in results
                                       for part in ast.walk(result)):
        module.report(module.tree, "`from __future__ import annotations` must come first, or annotations be quoted")
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.Global, ast.AsyncFunctionDef, ast.Await, ast.Match)):
            module.report(node, f"{type(node).__name__} does not belong to the catalog's language")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "open", "exec", "eval") \
                and not (node.func.id == "eval" and len(node.args) == 2 and isinstance(node.args[1], ast.Dict)):  # a text in names of its own
            module.report(node, f"{node.func.id} does not belong to the catalog's language")
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            check_kind(module, node, node.returns)


def main():
    modules = [Module(path) for path in sorted(CATALOG.rglob("*.py"))]
    classes = {name: node for module in modules for name, node in module.classes.items()}
    operators = pivot_operators()
    for module in modules:
        check_language(module)
        for node in ast.walk(module.tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                check_row(module, node, classes, operators)
    findings = [line for module in modules for line in module.findings]
    print("\n".join(findings) or f"lint_catalog: {len(modules)} files are clean")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
