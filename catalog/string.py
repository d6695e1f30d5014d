"""Sets of characters, and texts with places to fill."""
import re as _re

ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = "0123456789abcdefABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
whitespace = " \t\n\r\x0b\x0c"
printable = digits + ascii_letters + punctuation + whitespace


class Template:
    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _filled(self, values, is_safe):
        def fill(found):
            name = found.group(2) or found.group(3)
            if found.group(1):
                return self.delimiter
            if name is None:
                if is_safe:
                    return found.group()
                before = self.template[:found.start()]
                raise ValueError("Invalid placeholder in string: line " + str(before.count("\n") + 1) + ", col " + str(found.start() - before.rfind("\n")))
            return str(values[name]) if not is_safe or name in values else found.group()

        mark = _re.escape(self.delimiter)
        return _re.sub(mark + "(?:(" + mark + ")|([_a-zA-Z][_a-zA-Z0-9]*)|\\{([_a-zA-Z][_a-zA-Z0-9]*)\\}|)", fill, self.template)

    def substitute(self, mapping={}, /, **keywords):
        return self._filled({**mapping, **keywords}, False)

    def safe_substitute(self, mapping={}, /, **keywords):
        return self._filled({**mapping, **keywords}, True)


def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])
