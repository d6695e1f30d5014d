"""Sets of characters."""
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
    def __init__(self, template):
        self.template = template

    def substitute(self, mapping={}, /, **keywords):
        text = self.template
        for key, value in {**mapping, **keywords}.items():
            text = text.replace("${" + key + "}", str(value)).replace("$" + key, str(value))
        return text

    safe_substitute = substitute


def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])
