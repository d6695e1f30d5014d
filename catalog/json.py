"""JSON: known texts are read, known values written; what comes from files outside of the packages is unknown."""
import _nw
import io as _io
import re as _re

_WORDS = {"true": True, "false": False, "null": None, "NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LETTERS = {character: letter for letter, character in _ESCAPES.items() if letter != "/"}
_CONTROL = _re.compile(r'["\\\x00-\x1f]')
_SPECIAL = _re.compile(r'["\\]|[^ -~]')
_SPACE = _re.compile(r"[ \t\n\r]*")
_BEGUN = _re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*')
_TOKEN = _re.compile(r'[{}\[\],:]|"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|NaN|-?Infinity')


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        ValueError.__init__(self, msg + ": line " + str(self.lineno) + " column " + str(self.colno) + " (char " + str(pos) + ")")


def _check_string(text, position):
    """Says what is wrong with a text that has no end."""
    begun = _BEGUN.match(text, position)
    if begun is None:
        return
    rest = text[begun.end():]
    if rest == "" or rest == "\\":
        raise JSONDecodeError("Unterminated string starting at", text, position)
    if rest[0] != "\\":
        raise JSONDecodeError("Invalid control character at", text, begun.end())
    raise JSONDecodeError("Invalid \\uXXXX escape", text, begun.end() + 1) if rest[1] == "u" else JSONDecodeError("Invalid \\escape", text, begun.end())


def _tokens(text):
    """Each token with the place where it begins; what is no token is the text None."""
    found = []
    position = _SPACE.match(text).end()
    while position < len(text):
        token = _TOKEN.match(text, position)
        found.append((token.group() if token else None, position))
        if token is None:
            return found
        position = _SPACE.match(text, token.end()).end()
    return found


_BACKSLASH = _re.compile(r"\\(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")


def _escaped(found):
    code = found.group(1)
    if code[0] != "u":
        return _ESCAPES[code]
    number = int(code[1:5], 16)
    return chr(number if len(code) == 5 else 0x10000 + (number - 0xD800) * 0x400 + int(code[7:], 16) - 0xDC00)


def _string(text):
    return _BACKSLASH.sub(_escaped, text[1:-1]) if "\\" in text else text[1:-1]


class _Reader:
    def __init__(self, text, object_hook=None, object_pairs_hook=None, parse_float=None, parse_int=None):
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0
        self.object_hook = object_hook
        self.object_pairs_hook = object_pairs_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int

    def peek(self):
        return self.tokens[self.at][0] if self.at < len(self.tokens) else None

    def fail(self, message):
        raise JSONDecodeError(message, self.text, self.tokens[self.at][1] if self.at < len(self.tokens) else len(self.text))

    def take(self, token, message):
        if self.peek() != token:
            self.fail(message)
        self.at += 1

    def value(self):
        token = self.peek()
        if token is None and self.at < len(self.tokens):
            _check_string(self.text, self.tokens[self.at][1])
        if token is None or token in ("}", "]", ",", ":"):
            self.fail("Expecting value")
        self.at += 1
        if token == "{":
            return self.members()
        if token == "[":
            return self.items()
        if token[0] == '"':
            return _string(token)
        if token in _WORDS:
            return _WORDS[token]
        return self.parse_float(token) if "." in token or "e" in token or "E" in token else self.parse_int(token)

    def items(self):
        made = []
        if self.peek() == "]":
            self.at += 1
            return made
        while True:
            made.append(self.value())
            if self.peek() == "]":
                self.at += 1
                return made
            self.take(",", "Expecting ',' delimiter")

    def member(self):
        token = self.peek()
        if token is None or token[0] != '"':
            self.fail("Expecting property name enclosed in double quotes")
        self.at += 1
        self.take(":", "Expecting ':' delimiter")
        return (_string(token), self.value())

    def members(self):
        pairs = []
        if self.peek() == "}":
            self.at += 1
        else:
            while True:
                pairs.append(self.member())
                if self.peek() == "}":
                    self.at += 1
                    break
                self.take(",", "Expecting ',' delimiter")
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs)
        return self.object_hook(dict(pairs)) if self.object_hook is not None else dict(pairs)


def load(fp, **kwargs):
    return loads(fp.read(), **kwargs) if _nw.known(fp) and isinstance(fp, _io._File) else _nw.unknown("what a file holds")


def loads(s, *, cls=None, strict=True, parse_constant=None, **kwargs):
    if not isinstance(s, str) or cls is not None or not strict or parse_constant is not None:
        return _nw.unknown("the contents of a JSON text")
    reader = _Reader(s, **kwargs)
    made = reader.value()
    if reader.at < len(reader.tokens):
        reader.fail("Extra data")
    return made


def _written(found):
    character = found.group()
    if character in _LETTERS:
        return "\\" + _LETTERS[character]
    number = ord(character)
    if number < 0x10000:
        return "\\u" + format(number, "04x")
    number -= 0x10000
    return "\\u" + format(0xD800 + number // 0x400, "04x") + "\\u" + format(0xDC00 + number % 0x400, "04x")


def _quoted(text, is_ascii=True):
    return '"' + (_SPECIAL if is_ascii else _CONTROL).sub(_written, text) + '"'


def _plain(value, is_ascii=True):
    """The text of what has no parts; None: it has some, or there is none."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return _quoted(str(value), is_ascii)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return "NaN" if value != value else "Infinity" if value == float("inf") else "-Infinity" if value == float("-inf") else float.__repr__(value)
    return None


class JSONEncoder:
    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = " " * indent if isinstance(indent, int) else indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError("Object of type " + type(o).__name__ + " is not JSON serializable")

    def _key(self, key):
        if isinstance(key, str):
            return _quoted(str(key), self.ensure_ascii)
        if key is None or isinstance(key, (int, float)):
            return '"' + _plain(key) + '"'
        if self.skipkeys:
            return None
        raise TypeError("keys must be str, int, float, bool or None, not " + type(key).__name__)

    def _joined(self, opening, parts, closing, depth):
        if self.indent is None or not parts:
            return opening + self.item_separator.join(parts) + closing
        line = "\n" + self.indent * (depth + 1)
        return opening + line + (self.item_separator + line).join(parts) + "\n" + self.indent * depth + closing

    def _text(self, value, depth):
        if not _nw.known(value):
            return _nw.unknown("a JSON text")
        if isinstance(value, float) and not self.allow_nan and (value != value or value in (float("inf"), float("-inf"))):
            raise ValueError("Out of range float values are not JSON compliant: " + repr(value))
        plain = _plain(value, self.ensure_ascii)
        if plain is not None:
            return plain
        if isinstance(value, (list, tuple)):
            return self._joined("[", [self._text(item, depth + 1) for item in value], "]", depth)
        if isinstance(value, dict):
            rows = sorted(value.items()) if self.sort_keys else value.items()
            keys = [(self._key(key), item) for key, item in rows]
            return self._joined("{", [key + self.key_separator + self._text(item, depth + 1) for key, item in keys if key is not None], "}", depth)
        return self._text(self.default(value), depth)

    def encode(self, o):
        return self._text(o, 0)


def dumps(obj, *, cls=None, **kwargs):
    return (cls or JSONEncoder)(**kwargs).encode(obj)


def dump(obj, fp, **kwargs):
    return None


class JSONDecoder:
    def __init__(self, **options):
        self.options = options

    def decode(self, s):
        return loads(s, **self.options)
