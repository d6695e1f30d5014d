# Generators that wait at their yields: shared iterators, state read and written between two items, send, throw, close. A layer's width tells what was found.
# entry: Net()
# input: f32[1,2]
import contextlib
import itertools

from torch import nn

FOUND = {}


def doubled(source):
    for item in source:
        yield item * 2


def pairs(source):
    for item in source:
        yield item, next(source, None)


def logged(log):
    log.append("start")
    try:
        yield 1
        log.append("between")
        yield 2
    finally:
        log.append("closed")


def counting(state, step):
    for _ in range(3):
        state["value"] += step
        yield state["value"]


def patient():
    while True:
        try:
            yield 1
        except ValueError as error:
            yield str(error)


def inner():
    first = yield 1
    second = yield first
    return first, second


def outer():
    result = yield from inner()
    yield result


def flat(tree):
    for item in tree:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


@contextlib.contextmanager
def entered(log, name):
    log.append("in " + name)
    yield name * 2
    log.append("out " + name)


source = iter(range(7))
FOUND["shared"] = [next(doubled(source)), len(list(source))]
source = iter([1, 2, 3, 4, 5, 6])
FOUND["pairs"] = [next(pairs(source)), list(source)]
source = iter(range(10))
expression = (item + 1 for item in source)
FOUND["expression"] = [next(expression), next(expression), next(source), next(expression), list(source), list(expression)]
source = iter(range(10))
FOUND["contained"] = [3 in source, list(source)]
seen = []


def see(item):
    seen.append(item)
    return item > 2


FOUND["any"] = [any(see(item) for item in range(10)), len(seen), all(see(item) for item in [5, 1, 7]), seen]
log = []
generator = logged(log)
FOUND["lazy"] = [len(log), next(generator), list(log), next(generator), list(log), list(generator), log]
log = []
generator = logged(log)
next(generator)
generator.close()
FOUND["closed"] = [list(generator), log]
state = {"value": 0}
first, second = counting(state, 1), counting(state, 10)
FOUND["interleaved"] = [next(first), next(second), next(first), next(second), list(first), list(second)]
generator = patient()
FOUND["thrown"] = [next(generator), generator.throw(ValueError("abc")), next(generator)]
generator = outer()
FOUND["sent"] = [next(generator), generator.send(5), generator.send(6)]
factor = 1
late = (item * factor for item in range(3))
FOUND["late"] = [next(late)]
factor = 10
FOUND["late"] += late
FOUND["flat"] = [list(flat([1, [2, [3, [4]]]])), next(flat([[[7]], 8]))]
generator = inner()
try:
    next(generator), generator.send(3), generator.send(4)
except StopIteration as stop:
    FOUND["returned"] = stop.value
log = []
with contextlib.ExitStack() as stack:
    log.append(stack.enter_context(entered(log, "a")))
    log.append(stack.enter_context(entered(log, "b")))
FOUND["stacked"] = log


def itself():
    try:
        yield next(FOUND["itself"])
    except ValueError as error:
        yield str(error)


FOUND["itself"] = itself()
FOUND["itself"] = list(FOUND["itself"])


def through(generator):
    returned = yield from generator
    yield returned


def collecting(log):
    while len(log) < 3:
        try:
            log.append((yield len(log)))
        except KeyError as error:
            log.append(str(error))
    return log


generator = iter(doubled(range(4)))
both = through(generator)
FOUND["delegated"] = [next(both), next(generator), next(both), list(generator), list(both)]
both = through(collecting([]))
FOUND["passed"] = [next(both), both.send("a"), both.throw(KeyError("k")), both.send("c")]
log = []
both = through(logged(log))
next(both)
both.close()
FOUND["passed closing"] = log
generator = inner()
try:
    generator.throw(KeyError("early"))
except KeyError:
    FOUND["thrown early"] = list(generator)


def exhausted():
    yield next(iter([]))


FOUND["exhausted"] = []
for empty in (list, lambda generator: [item for item in generator], lambda generator: next(generator)):
    try:
        empty(exhausted())
    except RuntimeError as error:
        FOUND["exhausted"].append([str(error), type(error.__cause__).__name__])


source = iter(range(12))
FOUND["sliced"] = [list(itertools.islice(source, 2)), list(itertools.takewhile(lambda item: item < 4, source)), next(itertools.dropwhile(lambda item: item < 7, source)),
                   next(itertools.starmap(pow, zip(source, source))), list(source)]
source = iter("aabbc")
FOUND["paired"] = [next(itertools.pairwise(source)), len(list(source))]
FOUND["groups"] = [[list(group) for _, group in list(itertools.groupby("aabb"))], [(key, list(group)) for key, group in itertools.groupby([1, 3, 2, 4, 5], key=lambda item: item % 2)]]
left, right = itertools.tee(iter(range(5)))
FOUND["tee"] = [next(left), next(left), list(right), list(left)]
FOUND["longest"] = [list(itertools.zip_longest("ab", "c", fillvalue="-")), list(itertools.accumulate([1, 2], initial=10)), list(itertools.accumulate([3, 1, 2], max)),
                    list(itertools.islice(itertools.cycle("ab"), 5)), list(itertools.filterfalse(lambda item: item % 2, range(5))), list(itertools.compress("abc", [1, 0, 1]))]


def size(value):
    return sum((i + 1) * ord(c) for i, c in enumerate(repr(value))) % 89 + 1


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for name, value in FOUND.items():
            self.add_module(name, nn.Linear(2, size(value)))

    def forward(self, x):
        return [layer(x) for layer in self.children()]
