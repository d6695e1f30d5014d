"""Versions, compared by their numbers."""


class InvalidVersion(ValueError):
    pass


def _release(text):
    """The leading numbers of a version, and whether it comes before the release (a, b, rc, dev)."""
    text = text.strip().lstrip("v").split("+")[0]
    numbers = []
    early = False
    for part in text.split("."):
        digits = ""
        for c in part:
            if not c.isdigit():
                break
            digits = digits + c
        if digits:
            numbers.append(int(digits))
        if digits != part:
            early = not part[len(digits):].startswith("post")
            break
    return numbers, early


class Version:
    def __init__(self, version):
        self._text = version
        numbers, early = _release(version)
        if not numbers:
            raise InvalidVersion("Invalid version: " + repr(version))
        self.release = tuple(numbers)
        self.is_prerelease = early
        while len(numbers) > 1 and numbers[-1] == 0:
            numbers.pop()
        self._key = (tuple(numbers), 0 if early else 1)

    @property
    def major(self):
        return self.release[0]

    @property
    def minor(self):
        return self.release[1] if len(self.release) > 1 else 0

    @property
    def micro(self):
        return self.release[2] if len(self.release) > 2 else 0

    @property
    def base_version(self):
        return ".".join([str(n) for n in self.release])

    def __str__(self):
        return self._text

    def __eq__(self, other):
        return self._key == other._key

    def __lt__(self, other):
        return self._key < other._key

    def __le__(self, other):
        return self._key <= other._key

    def __gt__(self, other):
        return self._key > other._key

    def __ge__(self, other):
        return self._key >= other._key

    def __hash__(self):
        return hash(self._key)


LegacyVersion = Version


def parse(version):
    return Version(version)
