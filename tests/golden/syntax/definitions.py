"""The module's own words."""
@decorator(1)
# between
@other.one
class A(B, *bases, metaclass=M, **keywords):
    "Of the class."
    __private = 1

    @property
    def method(self, a, /, b: int = 2, *args: float, c, d=__private, **kwargs) -> "A":
        'Of the method.'
        self.__private = yield a
        return __private

    async def waits(self): return lambda: (yield)

    class _Inner:
        def __hidden(self, __secret): return self.__hidden(__secret)


def outer(a):
    x = 1
    def inner(y=x):
        nonlocal x
        global z
        x = y
        z = [x + y + w for y in range(a) if (found := y)]
        return found
    class Local(a):
        x = x
        y = [x for _ in x]
        def method(self): return x, Local
    for a[0] in x:
        import p.q, r as s
    return inner
