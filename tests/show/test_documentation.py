"""Long decorators that write docstrings: they are not run, unless they do anything else."""
import oracle
import pytest
import test_programs

PROGRAM = '''# entry: Net()
# input: f32[2,4]
import inspect
import re
import textwrap

from torch import nn

PARTS = {{}}
MEMORY = None


class Watcher:
    def get(self, value):
        PARTS[value] = value

    def __str__(self):
        PARTS["str"] = self
        return ""


WATCHER = Watcher()


def shared():
    return PARTS


def note(match):
    PARTS[match.group()] = match
    return ""


def section(text, words, found):
    pattern = re.compile("a+")
{long}
    found.append(len(words))
    return textwrap.indent(text, "  "), [match.group() for match in pattern.finditer(text)]


def document(thing, intro=None):
    source = inspect.getsourcefile(thing)
    counts = []
    try:
        text, words = section(source or "", {{}}, counts)
    except ValueError:
        text = "nothing"
    if intro:
        text += intro
    {extra}
    thing.__doc__ = text
    return thing


def documented(thing=None, *, intro=None):
    def decorator(thing):
        return document(thing, intro=intro)

    return decorator(thing) if thing else decorator


@documented
class Base(nn.Module):
    @documented(intro="forward")
    def forward(self, x):
        return self.layer(x)


@documented(intro="net")
class Net(Base):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3 + len(PARTS))
'''
LONG = "\n".join(f"    if text.startswith('{i}') and words.get({i}) is None:\n        words[{i}] = text.split('{i}')[0].strip() + str({i})" for i in range(120))


@pytest.mark.parametrize("extra, expect", [("pass", "exact"), ("PARTS[thing.__name__] = thing", "either"), ("PARTS.update(a=1)", "either"), ("thing.extra = 1", "either"),
                                           ("PARTS.setdefault('last', thing)", "either"), ("section(text, PARTS, counts)", "either"), ("for counts in [PARTS]: counts['a'] = 1", "either"), ("section(text, PARTS or dict(), counts)", "either"),
                                           ("parts = shared(); parts['a'] = thing", "either"), ("parts = [PARTS]; parts[0]['a'] = thing", "either"), ("WATCHER.get(1)", "either"), ("str(WATCHER)", "either"),
                                           ("re.sub('a', note, 'a')", "either"), ("sorted(['a'], key=PARTS.setdefault)", "either"), ("own = []; own += [text]; counts += own", "exact")])
def test_long_decorator(tmp_path, extra, expect):
    path = tmp_path / "documented_net.py"  # no name of a helper of the tests: the oracle imports it
    path.write_text(PROGRAM.format(long=LONG, extra=extra))
    run, said = test_programs.show(path, oracle.header(path))
    test_programs.check(run, said, expect, oracle.truth(path))
