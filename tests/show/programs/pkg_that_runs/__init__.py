# It looks like a package that puts an object in its place, and runs as any other: it binds a name twice, and does not replace itself.
import sys

FAST = False
if FAST:
    from .first import Block
else:
    from .second import Block


class Lazy(type(sys)):
    pass


if FAST:
    sys.modules[__name__] = Lazy(__name__)
