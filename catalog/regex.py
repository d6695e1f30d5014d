"""The package regex: what it shares with Python's re. Patterns that only it understands are unknown."""
from re import (A, ASCII, DOTALL, I, IGNORECASE, L, LOCALE, M, MULTILINE, Match, NOFLAG, Pattern, S, U, UNICODE, VERBOSE, X, compile, error, findall, finditer,
                fullmatch, match, purge, search, split, sub, subn)

import _nw

V0 = VERSION0 = 0x2000
__version__ = "2.5"


def escape(pattern, special_only=True, literal_spaces=False):
    special = "()[]{}?*+|^$\\.-#&~ \t\n\r\v\f\x1c\x1d\x1e\x1f" if special_only else None
    if special is None:
        return _nw.unknown("the text that regex.escape makes")
    return "".join(["\\" + c if c in special and not (literal_spaces and c == " ") else c for c in pattern])
