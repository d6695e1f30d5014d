"""Places in sorted lists."""


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    place = lo
    while place < (len(a) if hi is None else hi) and not x < (a[place] if key is None else key(a[place])):
        place = place + 1
    return place


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    place = lo
    while place < (len(a) if hi is None else hi) and (a[place] if key is None else key(a[place])) < x:
        place = place + 1
    return place


def insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)


bisect = bisect_right
insort = insort_right
