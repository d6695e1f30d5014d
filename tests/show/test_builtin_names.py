"""The names of Python's own classes in src/eval/builtin_names.def are those that Python has."""
import pathlib
import pydoc
import re

TABLE = pathlib.Path(__file__).resolve().parents[2] / "src/eval/builtin_names.def"
TYPES = {"function": type(lambda: 0), "generator": type(x for x in ()), "builtin_function_or_method": type(len)}


def rows():
    for name, texts in re.findall(r"NW_BUILTIN_NAMES\(([\w.]+),((?:\s*\"[^\"]*\")+)\)", TABLE.read_text(encoding="utf-8")):
        yield name, set(" ".join(re.findall(r'"([^"]*)"', texts)).split())


def test_no_public_name_is_left_out():
    seen = 0
    for name, listed in rows():
        found = TYPES.get(name) or pydoc.locate(name)
        if name in ("method", "abc.ABC"):
            continue
        assert isinstance(found, type), name
        public = {item for item in set(dir(found)) - set(dir(object)) if not item.startswith("_")}
        assert public <= listed, (name, sorted(public - listed))
        seen += 1
    assert seen > 50
