"""Iterators. What they are made of is asked for an item when they are; only what Python, too, takes in at once is worked out at once."""


class _Iterator:
    def __iter__(self):
        return self


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


class cycle(_Iterator):
    def __init__(self, iterable):
        self.source = iter(iterable)
        self.items = []
        self.position = 0

    def __next__(self):
        try:
            item = next(self.source)
            self.items.append(item)
            return item
        except StopIteration:
            if not self.items:
                raise
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


class islice(_Iterator):
    def __init__(self, iterable, *bounds):
        bounds = slice(*bounds)
        self.source = iter(iterable)
        self.following = 0 if bounds.start is None else bounds.start
        self.stop = bounds.stop
        self.step = 1 if bounds.step is None else bounds.step
        self.position = 0

    def __next__(self):
        end = self.following if self.stop is None or self.following < self.stop else self.stop
        while self.position < end:
            next(self.source)
            self.position = self.position + 1
        if self.stop is not None and self.position >= self.stop:
            raise StopIteration
        item = next(self.source)
        self.position = self.position + 1
        self.following = self.following + self.step
        return item


class zip_longest(_Iterator):
    def __init__(self, *iterables, fillvalue=None):
        self.sources = [iter(iterable) for iterable in iterables]
        self.going = len(iterables)
        self.fill = fillvalue

    def __next__(self):
        items = []
        for i in range(len(self.sources)):
            item = self.fill
            if self.sources[i] is not None:
                try:
                    item = next(self.sources[i])
                except StopIteration:
                    self.sources[i] = None
                    self.going = self.going - 1
            items.append(item)
        if self.going == 0:
            raise StopIteration
        return tuple(items)


def _added(a, b):
    return a + b


class accumulate(_Iterator):
    def __init__(self, iterable, func=None, *, initial=None):
        self.source = iter(iterable)
        self.function = _added if func is None else func
        self.began = False
        self.total = initial

    def __next__(self):
        if self.began or self.total is None:
            item = next(self.source)
            self.total = self.function(self.total, item) if self.began else item
        self.began = True
        return self.total


class _Group(_Iterator):
    def __init__(self, groups, key):
        self.groups = groups
        self.key = key

    def __next__(self):
        groups = self.groups
        if groups.group is not self or not (groups.waits or groups.ask()) or groups.key != self.key:
            raise StopIteration
        groups.waits = False
        return groups.item


class groupby(_Iterator):
    def __init__(self, iterable, key=None):
        self.source = iter(iterable)
        self.function = key
        self.group = self.key = self.item = None
        self.waits = False

    def ask(self):
        try:
            self.item = next(self.source)
        except StopIteration:
            return False
        self.key = self.item if self.function is None else self.function(self.item)
        self.waits = True
        return True

    def __next__(self):
        before = self.group
        self.group = None
        while before is not None and self.key == before.key:
            if not self.ask():
                raise StopIteration
        if not self.waits and not self.ask():
            raise StopIteration
        self.group = _Group(self, self.key)
        return self.key, self.group


class starmap(_Iterator):
    def __init__(self, function, iterable):
        self.function = function
        self.source = iter(iterable)

    def __next__(self):
        return self.function(*next(self.source))


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


class _Tee(_Iterator):
    def __init__(self, source, items):
        self.source = source
        self.items = items
        self.position = 0

    def __next__(self):
        if self.position == len(self.items):
            self.items.append(next(self.source))
        self.position = self.position + 1
        return self.items[self.position - 1]


def tee(iterable, n=2):
    source = iter(iterable)
    items = []
    return tuple([_Tee(source, items) for i in range(n)])


class takewhile(_Iterator):
    def __init__(self, predicate, iterable):
        self.predicate = predicate
        self.source = iter(iterable)

    def __next__(self):
        item = next(self.source)
        if not self.predicate(item):
            self.source = iter(())
            raise StopIteration
        return item


class dropwhile(_Iterator):
    def __init__(self, predicate, iterable):
        self.predicate = predicate
        self.source = iter(iterable)

    def __next__(self):
        item = next(self.source)
        while self.predicate is not None and self.predicate(item):
            item = next(self.source)
        self.predicate = None
        return item


class filterfalse(_Iterator):
    def __init__(self, predicate, iterable):
        self.predicate = predicate
        self.source = iter(iterable)

    def __next__(self):
        item = next(self.source)
        while item if self.predicate is None else self.predicate(item):
            item = next(self.source)
        return item


class compress(_Iterator):
    def __init__(self, data, selectors):
        self.source = zip(data, selectors)

    def __next__(self):
        item, flag = next(self.source)
        while not flag:
            item, flag = next(self.source)
        return item


class pairwise(_Iterator):
    def __init__(self, iterable):
        self.source = iter(iterable)
        self.earlier = ()

    def __next__(self):
        if not self.earlier:
            self.earlier = (next(self.source),)
        pair = (self.earlier[0], next(self.source))
        self.earlier = pair[1:]
        return pair


class batched(_Iterator):
    def __init__(self, iterable, n):
        self.source = iter(iterable)
        self.count = n

    def __next__(self):
        items = tuple(islice(self.source, self.count))
        if not items:
            raise StopIteration
        return items
