"""Iterators. Finite results are worked out at once; `count`, `cycle` and `repeat` without a number go on."""


class chain:
    def __init__(self, *iterables):
        self.sources = iter(iterables)
        self.items = iter(())

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made.sources = iter(iterables)
        return made

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            try:
                return next(self.items)
            except StopIteration:
                self.items = iter(next(self.sources))


class count:
    def __init__(self, start=0, step=1):
        self.value = start
        self.step = step

    def __iter__(self):
        return self

    def __next__(self):
        value = self.value
        self.value = value + self.step
        return value


class cycle:
    def __init__(self, iterable):
        self.items = list(iterable)
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        if not self.items:
            raise StopIteration
        item = self.items[self.position % len(self.items)]
        self.position = self.position + 1
        return item


class _Forever:
    def __init__(self, value):
        self.value = value

    def __iter__(self):
        return self

    def __next__(self):
        return self.value


def repeat(object, times=None):
    return _Forever(object) if times is None else iter([object] * times)


def product(*iterables, repeat=1):
    rows = [()]
    for pool in [tuple(iterable) for iterable in iterables] * repeat:
        rows = [row + (item,) for row in rows for item in pool]
    return iter(rows)


def islice(iterable, *bounds):
    bounds = slice(*bounds)
    start = 0 if bounds.start is None else bounds.start
    step = 1 if bounds.step is None else bounds.step
    result = []
    position = 0
    source = iter(iterable)
    while bounds.stop is None or position < bounds.stop:
        try:
            item = next(source)
        except StopIteration:
            break
        if position >= start and (position - start) % step == 0:
            result.append(item)
        position = position + 1
    return iter(result)


def zip_longest(*iterables, fillvalue=None):
    pools = [list(iterable) for iterable in iterables]
    longest = max([len(pool) for pool in pools] + [0])
    return iter([tuple([pool[i] if i < len(pool) else fillvalue for pool in pools]) for i in range(longest)])


def _added(a, b):
    return a + b


def accumulate(iterable, func=_added, *, initial=None):
    items = list(iterable)
    if func is None:
        func = _added
    if initial is not None:
        items = [initial] + items
    result = []
    for item in items:
        result.append(item if not result else func(result[-1], item))
    return iter(result)


def groupby(iterable, key=None):
    groups = []
    for item in iterable:
        value = item if key is None else key(item)
        if groups and groups[-1][0] == value:
            groups[-1][1].append(item)
        else:
            groups.append((value, [item]))
    return iter([(value, iter(items)) for value, items in groups])


def starmap(function, iterable):
    return iter([function(*arguments) for arguments in iterable])


def combinations(iterable, r):
    pool = tuple(iterable)
    rows = [()] if r == 0 else [(i,) for i in range(len(pool))]
    for step in range(r - 1):
        rows = [row + (i,) for row in rows for i in range(row[-1] + 1, len(pool))]
    return iter([tuple([pool[i] for i in row]) for row in rows])


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    rows = [()] if r == 0 else [(i,) for i in range(len(pool))]
    for step in range(r - 1):
        rows = [row + (i,) for row in rows for i in range(row[-1], len(pool))]
    return iter([tuple([pool[i] for i in row]) for row in rows])


def permutations(iterable, r=None):
    pool = tuple(iterable)
    rows = [()]
    for step in range(len(pool) if r is None else r):
        rows = [row + (i,) for row in rows for i in range(len(pool)) if i not in row]
    return iter([tuple([pool[i] for i in row]) for row in rows])


def tee(iterable, n=2):
    items = list(iterable)
    return tuple([iter(items) for i in range(n)])


def takewhile(predicate, iterable):
    result = []
    for item in iterable:
        if not predicate(item):
            break
        result.append(item)
    return iter(result)


def dropwhile(predicate, iterable):
    items = list(iterable)
    start = 0
    while start < len(items) and predicate(items[start]):
        start = start + 1
    return iter(items[start:])


def filterfalse(predicate, iterable):
    return iter([item for item in iterable if not (item if predicate is None else predicate(item))])


def compress(data, selectors):
    return iter([item for item, flag in zip(data, selectors) if flag])


def pairwise(iterable):
    items = list(iterable)
    return iter([(items[i], items[i + 1]) for i in range(len(items) - 1)])


def batched(iterable, n):
    items = list(iterable)
    return iter([tuple(items[i:i + n]) for i in range(0, len(items), n)])
