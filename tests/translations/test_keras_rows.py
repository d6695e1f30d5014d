"""Tables from Keras to PyTorch: rows have Keras' own signatures and use only what output files may use."""

import ast
import builtins
import inspect

import pytest
import tables
from keras_side import INTERNAL, real

LOADED = tables.load("keras", "torch")
ROWS = [row for rows in (LOADED.translations, LOADED.adapters) for row in rows.values() if not row.name.startswith(INTERNAL)]

# Classes that take their arguments apart by themselves.
TRAINING = ("keras.callbacks.", "keras.optimizers.", "keras.losses.", "keras.metrics.")  # they keep whatever they are given
OPEN = {"keras.Layer", "keras.KerasTensor", "keras.Model", "keras.Sequential", "tensorflow.Variable"}


def names(signature):
    return [name for name in signature.parameters if name != "dim"]  # an old name for `axis`


def plain(signature):
    """Names, kinds and defaults of parameters."""
    return [(one.name, one.kind, str(one.default)) for one in signature.parameters.values() if one.name not in ("self", "args") or one.default is not one.empty]


@pytest.mark.parametrize("row", [row for row in ROWS if row.name not in OPEN and not row.name.startswith(TRAINING)], ids=lambda row: row.kind + " " + row.name)
def test_rows_have_the_signature_of_keras(row):
    if row.name.startswith("tensorflow."):  # the catalog writes their types as text
        found, wanted = names(inspect.signature(row.target)), names(inspect.signature(real(row.name)))
        if wanted[-1:] == ["kwargs"]:  # tf.meshgrid takes its options out of them
            found, wanted = found[:len(wanted) - 1], wanted[:-1]
        assert found == wanted
        return
    assert plain(inspect.signature(row.target)) == plain(inspect.signature(real(row.name)))


@pytest.mark.parametrize("path", sorted(LOADED.folder.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_rows_use_only_what_output_files_may_use(path):
    known = set(dir(builtins)) | {"torch", "nn", "F", "collections", "copy", "einops", "functools", "inspect", "itertools", "math", "np", "operator", "re"} | set(tables.TESTS)
    known |= {row.target.__name__ for row in LOADED.adapters.values()}
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            bound = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            bound |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)} | {n.name for n in ast.walk(node) if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
            decorators = {n.id for one in node.decorator_list for n in ast.walk(one) if isinstance(n, ast.Name)}
            assert used - bound - decorators <= known, f"{path.name}:{node.lineno}"
            assert node.decorator_list, f"{path.name}:{node.lineno}: a function without a row would not be written out"


def test_adapters_do_not_hide_builtins():
    assert not {row.target.__name__ for row in LOADED.adapters.values()} & set(dir(builtins))
