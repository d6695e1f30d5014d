"""What a text looks like makes no difference: line ends, marks of encoding, form feeds, tabs and a missing last line end stay as they are."""

import re

import pytest
from migrate_programs import HERE, migrate

PROGRAMS = [(path, "keras") for path in sorted(HERE.glob("torch/*.py"))] + [(path, "torch") for path in sorted(HERE.glob("keras/*.py"))]
# What is done to a source, and what that comes to in what is written; the texts of adapters have their own spaces.
FORMS = {
    "line ends": (lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "\r\n"), None),
    "mark": (lambda text: "\ufeff" + text, lambda text: "\ufeff" + text, None),
    "form feeds": (lambda text: re.sub(r"\n\n\n(?=class |def )", "\n\f\n\n", text), None, lambda text: text.replace("\f", "")),
    "tabs": (lambda text: re.sub(r"^( {4})+", lambda m: "\t" * (len(m[0]) // 4), text, flags=re.MULTILINE), None, lambda text: text.replace("\t", "    ")),
    "last line": (lambda text: text.rstrip("\n"), lambda text: text.rstrip("\n"), None),
}


def write(binary, path, out, target, like):
    """What is written of a program with the header of `like`; None: it is refused."""
    done = migrate(binary, path, out, "--to", target, like=like)
    return (out / path.name).read_bytes().decode() if done.returncode == 0 else None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("path", "target"), PROGRAMS, ids=lambda part: getattr(part, "stem", part))
def test_form(path, target, form, binary, tmp_path):
    change, wanted, undo = FORMS[form]
    plain = write(binary, path, tmp_path / "plain", target, path)
    if plain is None:
        pytest.skip("it is refused")
    other = tmp_path / "changed" / path.name
    other.parent.mkdir()
    other.write_bytes(change(path.read_text()).encode())
    found = write(binary, other, tmp_path / "out", target, path)
    assert found is not None
    if wanted:
        assert found == wanted(plain)
    else:
        assert undo(found) == undo(plain)
        assert found.count("\f") == other.read_text().count("\f")
