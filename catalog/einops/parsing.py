from einops import EinopsError, _pattern


class ParsedExpression:
    def __init__(self, expression, *, allow_underscore=False, allow_duplicates=False):
        self.composition = _pattern.parse(expression, "left", allow_underscore, allow_duplicates)
        self.identifiers = set(_pattern.names_of(self.composition))
        self.has_ellipsis = "..." in self.identifiers
