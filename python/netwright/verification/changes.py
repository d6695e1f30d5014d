"""Which classes differ between two versions of a file, by their syntax trees: mere formatting, comments and docstrings are no change."""

import ast
import collections
import difflib
import re

from . import entry, reading

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


# Pairs of statements that are compared to find which changed; beyond, they are only counted.
MOST_PAIRS = 25_000_000


class Unreadable(Exception):
    """A file that is no Python, or more than can be followed."""


def parse(path, limit=reading.MOST):
    try:
        return reading.parse(path, limit)
    except SyntaxError as error:
        raise Unreadable(f"{path}:{error.lineno or 1}: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise Unreadable(f"{path}: nested too deeply, or too large, for Python's own parser") from None


def without_docstrings(tree):
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS)) and body and isinstance(body[0], ast.Expr):
            if isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, str):
                node.body = body[1:] or [ast.Pass(lineno=body[0].lineno, col_offset=0)]
    return tree


def definitions(tree):
    """{name: [statements]} of what a module binds at its top level, and classes among them; imports are left out."""
    found = {}
    for statement in flat(tree.body):
        names = []
        if isinstance(statement, (ast.ClassDef, *FUNCTIONS)):
            names = [statement.name]
        elif isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
        for name in names:
            found.setdefault(name, []).append(statement)
    return found


def flat(body):
    for statement in body:
        if isinstance(statement, (ast.If, ast.Try, ast.With)):
            for part in (statement.body, getattr(statement, "orelse", []), getattr(statement, "finalbody", [])):
                yield from flat(part)
            for handler in getattr(statement, "handlers", []):
                yield from flat(handler.body)
        else:
            yield statement


def is_code(statement):
    """Whether a statement of a module does something else than bind names."""
    return not isinstance(statement, (ast.ClassDef, *FUNCTIONS, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Import, ast.ImportFrom, ast.Pass))


def text_of(statements):
    return [ast.dump(statement) for statement in statements]


def names_in(statements):
    return {node.id for statement in statements for node in ast.walk(statement) if isinstance(node, ast.Name)}


def statement_texts(statements):
    """[(line, text, function)] of every simple statement, and of the heads of compound ones."""
    found = []

    def visit(node, function):
        if isinstance(node, FUNCTIONS):
            for inner in node.body:
                visit(inner, node.name)
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                visit(inner, function)
        elif isinstance(node, (ast.If, ast.While, ast.For, ast.With, ast.Try)):
            heads = [getattr(node, key) for key in ("test", "iter", "target") if hasattr(node, key)]
            heads += [item.context_expr for item in getattr(node, "items", [])]
            found.append((node.lineno, type(node).__name__ + " ".join(map(ast.unparse, heads)), function))
            for key in ("body", "orelse", "finalbody"):
                for inner in getattr(node, key, []):
                    visit(inner, function)
            for handler in getattr(node, "handlers", []):
                for inner in handler.body:
                    visit(inner, function)
        else:
            found.append((node.lineno, ast.unparse(node), function))

    for statement in statements:
        visit(statement, None)
    return found


def changed_statements(before, after):
    """The statements that are not in the other version, as `statement_texts` gives them: (those of before, those of after)."""
    first, second = statement_texts(before), statement_texts(after)
    if len(first) * len(second) > MOST_PAIRS:
        return [[item for item in only_in(*sides) if item[2]] for sides in ((first, second), (second, first))]
    matcher = difflib.SequenceMatcher(None, [item[1] for item in first], [item[1] for item in second], autojunk=False)
    gone, new = [], []
    for tag, low, high, start, stop in matcher.get_opcodes():
        if tag != "equal":
            gone += [item for item in first[low:high] if item[2]]
            new += [item for item in second[start:stop] if item[2]]
    return gone, new


def only_in(statements, others):
    """The statements that the others have less often; in any order, and in a time that grows with their number only."""
    left = collections.Counter(item[1] for item in others)
    found = []
    for item in statements:
        left[item[1]] -= 1
        if left[item[1]] < 0:
            found.append(item)
    return found


def lines_of(statements):
    """{line: function}"""
    return {line: function for line, _, function in statements}


def attribute_set(item):
    """The X of a statement `self.X = ...` of a constructor; None of all others."""
    found = re.match(r"self\.(\w+) = ", item[1]) if item[2] == "__init__" else None
    return found and found[1]


def uses_of(changed, statements):
    """The lines that use what changed statements of the constructor set: {line: function}."""
    names = {attribute_set(item) for item in changed} - {None}
    pattern = re.compile(rf"\bself\.({'|'.join(map(re.escape, sorted(names)))})\b") if names else None
    return {line: function for line, text, function in statements if names and function != "__init__" and pattern.search(text)}


def words_of(changed, statements):
    """The names that changed statements mention, and those of the statements that set the attributes among them."""
    words = {word for _, text, _ in changed for word in re.findall(r"\w+", text)}
    return words | {word for item in statements if attribute_set(item) in words for word in re.findall(r"\w+", item[1])}


def imports_of(tree):
    """{name: what it stands for} of the names that the imports of a module bind at its top level."""
    found = {}
    for statement in flat(tree.body):
        if isinstance(statement, ast.Import):
            found.update({item.asname or item.name.partition(".")[0]: item.name if item.asname else "" for item in statement.names})
        elif isinstance(statement, ast.ImportFrom):
            origin = "." * statement.level + (statement.module or "")
            found.update({item.asname or item.name: f"{origin}.{item.name}" for item in statement.names})
    return found


def reachable(uses, start):
    """The names that `start` leads to by the uses of helpers, {name: names}."""
    reached, waiting = set(start), list(start)
    while waiting:
        more = [name for name in uses.get(waiting.pop(), ()) if name not in reached]
        reached.update(more)
        waiting += more
    return reached


def mentioning(sides, names):
    """The statements within functions of each side that mention one of some names."""
    if not names:
        return [[], []]
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\b")
    return [[item for item in statement_texts(side) if item[2] and pattern.search(item[1])] for side in sides]


def changed_classes(before, after, limit=reading.MOST):
    """What `classes_between` finds; a file that Python itself cannot follow is Unreadable."""
    try:
        return classes_between(before, after, limit)
    except RecursionError:
        raise Unreadable(f"{after}: nested too deeply to be compared with the other side") from None
    except MemoryError:
        raise Unreadable(f"{after}: too large to be compared with the other side") from None


def classes_between(before, after, limit):
    """[{"class", "lines", "uses", "words", "because"}] of the classes of a file that compute something else; the names that are on one side
    only; in words, what changed besides.

    A class counts as changed when it, or a function, a constant or an import of the module that it leads to, is. `lines` are those that changed and `uses`
    those that use what changed lines of the constructor set, {line: function} for each side; `words` are the names in these statements."""
    trees = [without_docstrings(parse(path, limit)) for path in (before, after)]
    first, second = map(definitions, trees)
    changed = {name for name in first.keys() & second.keys() if text_of(first[name]) != text_of(second[name])}
    is_class = {name for name in first.keys() & second.keys() if any(isinstance(statement, ast.ClassDef) for statement in second[name])}
    bound = [{**dict.fromkeys(side), **imports_of(tree)} for side, tree in zip((first, second), trees)]
    moved = {name for name in bound[0].keys() & bound[1].keys() if bound[0][name] != bound[1][name]}  # imported from elsewhere, or no longer
    alone = sorted((first.keys() ^ second.keys()) - moved)
    helpers = changed - is_class | moved
    new = {name for name in alone if name in second}
    uses = {name: names_in(first.get(name, [])) | names_in(second.get(name, [])) for name in first.keys() | second.keys()}
    within = {name: used for name, used in uses.items() if name not in is_class}  # helpers of helpers too
    found = []
    for name in sorted(is_class, key=lambda name: second[name][0].lineno):
        inside = name in changed
        led_to = reachable(within, uses[name])
        mentioned = sorted(led_to & helpers)
        if not inside and not mentioned:
            continue
        statements = [statement_texts(side[name]) for side in (first, second)]
        changed_here = changed_statements(first[name], second[name])
        for helper in sorted(led_to & (helpers | new)):
            for side, more in zip(changed_here, changed_statements(first.get(helper, []), second.get(helper, []))):
                side.extend(more)
        code = [name, *sorted(led_to & within.keys())]
        users = mentioning([[item for part in code for item in side.get(part, [])] for side in (first, second)], led_to & moved)
        for side, more in zip(changed_here, users):
            side.extend(item for item in more if item not in side)
        found.append(
            {
                "class": name,
                "lines": [lines_of(side) for side in changed_here],
                "uses": [uses_of(*side) for side in zip(changed_here, statements)],
                "words": sorted(set().union(*(words_of(*side) for side in zip(changed_here, statements)))),
                "because": None if inside else mentioned,
            }
        )
    seen = set().union(*(reachable(within, uses[item["class"]]) for item in found))
    rest = [f"`{name}`" for name in sorted(helpers - seen) if name not in moved or name in within]
    others = [[ast.dump(statement) for statement in flat(tree.body) if is_code(statement)] for tree in trees]
    return found, alone, rest + (["code outside of classes and functions"] if others[0] != others[1] else [])


def users_of(path, name, limit=reading.MOST):
    """Classes of a file to try in place of one that cannot be run by itself: its subclasses, then those that mention it, nearest first."""
    found = definitions(parse(path, limit))
    classes = {key: statements[-1] for key, statements in found.items() if isinstance(statements[-1], ast.ClassDef)}
    order, waiting = [], [name]
    while waiting:
        current = waiting.pop(0)
        bases = {
            key: {node.id for base in tree.bases for node in ast.walk(base) if isinstance(node, ast.Name)} for key, tree in classes.items()
        }
        near = sorted(
            (key for key in classes if current in names_in([classes[key]])),
            key=lambda key: (current not in bases[key], classes[key].lineno),
        )
        through = [key for key, statements in found.items() if key not in classes and current in names_in(statements) and key != current]
        for key in [*near, *[user for helper in through for user in classes if helper in names_in([classes[user]])]]:
            if key not in order and key != name:
                order.append(key)
                waiting.append(key)
    return order


def pairs_of_files(before, after, limit=reading.MOST):
    """[(name, before, after)] of the files on both sides, the names that are on one side only, and {name: CannotRead} of folders inside."""
    first, second = reading.check(before, limit), reading.check(after, limit)
    if first.is_dir() != second.is_dir():
        raise entry.BadSpec("give two files or two folders")
    if first.is_file():
        return [(second.name, first, second)], [], {}
    (old, refused), (new, more) = map(reading.python_files, (first, second))
    return [(name, old[name], new[name]) for name in old if name in new], sorted(old.keys() ^ new.keys()), more | refused
