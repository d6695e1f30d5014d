from __future__ import annotations
import a.b, c.d as e
from . import f
from ..g.h import (i as j, k)
from l import *

x = y = z, *w = 1, 2
x.a[0], (b) = [c, d] = e
x: int = 3
(x.y): List[int] | None | Dict[str, int]
x @= y
del a, (b, c), d[0]
type(x).y = 1
print(x) if y else None
assert a, b
raise A from b
global g1, g2
if a: pass; b
elif c:
    d
elif e:
    f
else:
    g
for i, in *a, b:
    continue
else:
    pass
while a:
    break
with a as b, (c) as (d, e), f:
    pass
with (g if h else i as j, k):
    pass
try:
    pass
except (A, B) as error:
    raise
except C:
    pass
else:
    pass
finally:
    pass
try:
    pass
except* D:
    pass
match a, b:
    case 1 | -2.5 | 1+2j | "s" | None:
        pass
    case [x, *rest, _] if x:
        pass
    case {"k": v, -1: (w), **others}:
        pass
    case A.B(c, d=e as f) | A():
        pass
    case (x,), *_:
        pass
match = case = type = 1
match[case] = type(match)
