# Precedence, chains, and what the grammar groups differently from Python.
a + b * c ** -d // e
not a < b <= c is not d not in e
a and b and c or d and (e and f)
a ^ b & c ^ d
a if b else c if d else lambda x, *, y=1: x
(total := first if first else second)
f(a, *b, key=c, **d)(e for e in g if h if i)[1:2, ::3, ...].attribute
x[a], x[a,], x[*a], x[()]
[*a, b], (*a.shape, c), {*a}, {1: a, **b}, (), (a,), ((a))
[x for x in y for z in x if z], {x for x in y}, {k: v for k, v in y}
1_000, 0xFF, 0o17, 0b11, 1e3, 1_0.5e-3, 2j, 99999999999999999999, True, None
async def waits():
    await a ** 2
    return [x async for x in y]
