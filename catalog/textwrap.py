"""Text layout."""
import _nw


def dedent(text):
    return _nw.unknown("a laid out text")


def indent(text, prefix, predicate=None):
    return "\n".join([prefix + line if line.strip() else line for line in text.split("\n")])


def wrap(text, width=70, **options):
    return _nw.unknown("a laid out text")


def fill(text, width=70, **options):
    return _nw.unknown("a laid out text")


def shorten(text, width, **options):
    return _nw.unknown("a laid out text")
