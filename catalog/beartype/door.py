import _nw


def is_bearable(obj, hint, *, conf=None):
    return _nw.unknown("whether a value has the annotated type")


def die_if_unbearable(obj, hint, *, conf=None):
    return None


class TypeHint:
    def __init__(self, hint):
        self.hint = hint
