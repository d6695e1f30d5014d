"""Names against patterns of a shell."""
import re


def _expression(pat):
    text = ""
    position = 0
    while position < len(pat):
        sign = pat[position]
        position += 1
        end = pat.find("]", position + 1) if sign == "[" else -1
        if sign == "*":
            text += ".*"
        elif sign == "?":
            text += "."
        elif end >= 0:
            inner = pat[position:end]
            text += "[" + ("^" + inner[1:] if inner.startswith("!") else inner) + "]"
            position = end + 1
        else:
            text += re.escape(sign)
    return text


def translate(pat):
    return "(?s:" + _expression(pat) + ")\\Z"


def fnmatchcase(name, pat):
    return re.match(_expression(pat) + "$", name, re.DOTALL) is not None


def fnmatch(name, pat):
    return fnmatchcase(name, pat)


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]
