"""Regular expressions on known strings."""
import _nw

NOFLAG = 0
A = ASCII = 256
I = IGNORECASE = 2
L = LOCALE = 4
M = MULTILINE = 8
S = DOTALL = 16
U = UNICODE = 32
X = VERBOSE = 64


class error(Exception):
    pass


class Match:
    def __init__(self, pattern, string, spans, names):
        self.re = pattern
        self.string = string
        self._spans = spans
        self._names = names
        self.pos = 0
        self.endpos = len(string)

    def _number(self, group):
        return self._names[group] if isinstance(group, str) else group

    def _text(self, group):
        start, end = self._spans[self._number(group)]
        return None if start < 0 else self.string[start:end]

    def group(self, *groups):
        if len(groups) == 0:
            return self._text(0)
        return self._text(groups[0]) if len(groups) == 1 else tuple([self._text(group) for group in groups])

    def __getitem__(self, group):
        return self._text(group)

    def groups(self, default=None):
        return tuple([default if self._spans[i][0] < 0 else self._text(i) for i in range(1, len(self._spans))])

    def groupdict(self, default=None):
        return {name: default if self._text(name) is None else self._text(name) for name in self._names}

    def start(self, group=0):
        return self._spans[self._number(group)][0]

    def end(self, group=0):
        return self._spans[self._number(group)][1]

    def span(self, group=0):
        return self._spans[self._number(group)]

    def __bool__(self):
        return True


class Pattern:
    def __init__(self, pattern, flags=0):
        self.pattern = pattern
        self.flags = flags

    def _find(self, string, position, anchor):
        found = _nw.regex(self.pattern, string, position, anchor, self.flags)
        return None if found is None else Match(self, string, found[0], found[1])

    def search(self, string, pos=0):
        return self._find(string, pos, "search")

    def match(self, string, pos=0):
        return self._find(string, pos, "match")

    def fullmatch(self, string, pos=0):
        return self._find(string, pos, "fullmatch")

    def _all(self, string):
        found = []
        position = 0
        while position <= len(string):
            one = self._find(string, position, "search")
            if one is None:
                break
            found.append(one)
            position = one.end() if one.end() > one.start() else one.end() + 1
        return found

    def finditer(self, string, pos=0):
        return iter(self._all(string))

    def findall(self, string, pos=0):
        result = []
        for one in self._all(string):
            parts = one.groups("")
            result.append(one.group() if len(parts) == 0 else (parts[0] if len(parts) == 1 else parts))
        return result

    def split(self, string, maxsplit=0):
        result = []
        position = 0
        for one in self._all(string):
            if maxsplit and len(result) >= maxsplit:
                break
            result.append(string[position:one.start()])
            result = result + list(one.groups())
            position = one.end()
        return result + [string[position:]]

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        result = ""
        position = 0
        done = 0
        for one in self._all(string):
            if count and done >= count:
                break
            result = result + string[position:one.start()] + (repl(one) if callable(repl) else _expanded(repl, one))
            position = one.end()
            done = done + 1
        return result + string[position:], done


def _expanded(template, found):
    """A replacement text with its references to groups filled in."""
    result = ""
    i = 0
    while i < len(template):
        if template[i] != "\\" or i + 1 == len(template):
            result = result + template[i]
            i = i + 1
            continue
        mark = template[i + 1]
        i = i + 2
        if mark.isdigit():
            result = result + (found.group(int(mark)) or "")
        elif mark == "g":
            end = template.index(">", i)
            name = template[i + 1:end]
            result = result + (found.group(int(name) if name.isdigit() else name) or "")
            i = end + 1
        elif mark == "n":
            result = result + "\n"
        elif mark == "t":
            result = result + "\t"
        else:
            result = result + mark
    return result


def compile(pattern, flags=0):
    return pattern if isinstance(pattern, Pattern) else Pattern(pattern, flags)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def escape(pattern):
    return "".join([c if c.isalnum() or c == "_" else "\\" + c for c in pattern])


def purge():
    return None
