def f(a, b):
    host, *rest = a, *[b]
    if a and (b or not
a.b):
        return a, *([None] * 4), *{}
    for x in *(1, 2), 3:
        yield *[1], 2
    with open(a) if a else open(b) as c:
        pass
