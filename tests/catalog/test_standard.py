"""The models of Python's own library, run in CPython beside the real modules."""
import importlib
import importlib.util
import os
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
CATALOG = os.path.join(os.path.dirname(os.path.dirname(HERE)), "catalog")

import _nw


def load(name):
    path = os.path.join(CATALOG, *name.split("."))
    path = os.path.join(path, "__init__.py") if os.path.isdir(path) else path + ".py"
    spec = importlib.util.spec_from_file_location("catalog_" + name.replace(".", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(text, **names):
    *head, last = text.replace("\\n", "\n").split("\n")
    try:
        exec("\n".join(head), names)
        return plain(eval(last, names))
    except Exception as error:
        return type(error).__name__


def plain(value):
    if hasattr(value, "__next__"):
        return ["iterator"] + [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [plain(item) for item in value]
    return value


CASES = {
    "math": """
m.sqrt(2) ; m.ceil(2.1) ; m.log(8, 2) ; m.log2(8) ; m.log(2.5) ; m.gcd(12, 18) ; m.lcm(4, 6) ; m.prod([1, 2, 3]) ; m.floor(-0.5) ; m.pi ; m.isclose(1, 1 + 1e-12) ; m.hypot(3, 4) ; m.comb(5, 2) ; m.perm(5) ; m.factorial(5)
m.atan2(1, 2) ; m.frexp(8.0) ; m.frexp(0.3) ; m.modf(2.5) ; m.isinf(m.inf) ; m.exp(1) ; m.trunc(-1.5) ; m.fsum([.5, .25]) ; m.sqrt(-1) ; m.radians(180) ; m.dist((0, 0), (3, 4)) ; m.copysign(1, -2)""",
    "functools": """
m.reduce(lambda a, b: a * b, [1, 2, 3, 4]) ; m.reduce(lambda a, b: a + b, [], 5) ; m.reduce(lambda a, b: a, []) ; m.partial(int, base=2)('101')
@m.lru_cache(None)\\ndef f(x):\\n    return x + 1\\nf(2) ; @m.lru_cache\\ndef f(x):\\n    return x + 1\\nf(2) ; @m.cache\\ndef f(x):\\n    return x\\nf(3)
def g(): pass\\n@m.wraps(g)\\ndef f(): return 1\\n(f.__name__, f(), f.__wrapped__ is g) ; class A:\\n    n = 0\\n    @m.cached_property\\n    def p(self):\\n        A.n += 1\\n        return 5\\na = A()\\n(a.p, a.p, A.n)
@m.total_ordering\\nclass A:\\n    def __init__(self, v): self.v = v\\n    def __lt__(self, o): return self.v < o.v\\n    def __eq__(self, o): return self.v == o.v\\n(A(1) <= A(1), A(2) > A(1), A(1) >= A(2))
@m.singledispatch\\ndef f(x): return 'any'\\n@f.register(int)\\ndef g(x): return 'int'\\n(f(1), f(True), f('a')) ; sorted([3, 1, 2], key=m.cmp_to_key(lambda a, b: b - a)) ; class A:\\n    def f(self, a, b): return (a, b)\\n    g = m.partialmethod(f, 1)\\nA().g(2)""",
    "itertools": """
m.chain([1], (2, 3)) ; m.chain.from_iterable([[1], [2]]) ; m.repeat(1, 3) ; m.product([1, 2], 'ab') ; m.product([0, 1], repeat=2) ; m.product() ; m.islice([1, 2, 3, 4], 2) ; m.islice([1, 2, 3, 4], 1, None, 2) ; m.islice(m.count(), 3) ; m.islice(m.cycle([1, 2]), 5)
m.zip_longest([1], [2, 3], fillvalue=0) ; m.accumulate([1, 2, 3]) ; m.accumulate([1, 2, 3], lambda a, b: a * b) ; m.accumulate([1], initial=5) ; [(k, list(g)) for k, g in m.groupby([1, 1, 2, 1])] ; [(k, list(g)) for k, g in m.groupby('aAb', key=str.lower)] ; m.starmap(pow, [(2, 3), (3, 2)])
m.combinations([1, 2, 3], 2) ; m.combinations([1], 2) ; m.combinations([1, 2], 0) ; m.permutations([1, 2, 3], 2) ; m.permutations([1, 2, 3]) ; m.combinations_with_replacement([1, 2], 2) ; [list(x) for x in m.tee([1, 2])] ; m.takewhile(lambda x: x < 3, [1, 2, 3, 1]) ; m.dropwhile(lambda x: x < 3, [1, 2, 3, 1]) ; m.pairwise([1, 2, 3]) ; m.compress('abc', [1, 0, 1]) ; m.filterfalse(None, [0, 1]) ; list(zip(m.count(1), 'ab')) ; list(zip(m.repeat(0), 'ab'))""",
    "collections": """
list(m.OrderedDict([('a', 1), ('b', 2)]).items()) ; m.defaultdict(list)['x'] ; m.namedtuple('P', 'x y')(1, 2) ; m.namedtuple('P', ['x', 'y'], defaults=[5])(1).y ; d = m.deque([1, 2, 3], maxlen=3)\\nd.append(4)\\nlist(d) ; d = m.deque([1, 2, 3], maxlen=3)\\nd.appendleft(0)\\nlist(d) ; d = m.deque([1, 2, 3])\\n(d.popleft(), d.pop(), len(d)) ; d = m.deque([1, 2, 3])\\nd.rotate(1)\\nlist(d)
dict(m.Counter('aab')) ; m.Counter('aab').most_common(1) ; m.Counter('aab')['z'] ; sorted(m.Counter('aab').elements()) ; m.ChainMap({'a': 1}, {'a': 2, 'b': 3})['b'] ; dict(m.ChainMap({'a': 1}, {'a': 2, 'b': 3})) ; m.UserDict({'a': 1})['a'] ; m.deque([]).popleft() ; c = m.Counter()\\nc.update([1, 1])\\nc[1]""",
    "collections.abc": """
isinstance([], m.Iterable) ; isinstance(3, m.Iterable) ; isinstance('a', m.Sequence) ; isinstance({}, m.Mapping) ; isinstance({}, m.Sequence) ; isinstance(len, m.Callable) ; isinstance(int, m.Callable) ; isinstance(3, m.Callable) ; isinstance(iter([]), m.Iterator) ; isinstance([], m.Iterator) ; isinstance((1,), m.Sized) ; isinstance({1}, m.Set) ; isinstance([], m.MutableSequence) ; isinstance((), m.MutableSequence)
class A:\\n    def __iter__(self): return iter([])\\nisinstance(A(), m.Iterable) ; class A:\\n    def __call__(self): pass\\nisinstance(A(), m.Callable) ; class A(m.Mapping):\\n    def __getitem__(self, k): return {1: 2}[k]\\n    def __iter__(self): return iter([1])\\n    def __len__(self): return 1\\n(A().get(1), A().get(2), 1 in A(), isinstance(A(), m.Mapping)) ; isinstance({}.keys(), m.KeysView) ; isinstance(1, m.Hashable) ; isinstance([], m.Hashable) if False else None""",
    "enum": """
class C(m.Enum):\\n    A = 1\\n    B = 'x'\\n(C.A.name, C.B.value, C('x') is C.B, C['A'] is C.A, [c.name for c in C], len(C), C.A == C.A, C.A == 1, str(C.A), repr(C.B)) ; class C(m.Enum):\\n    A = m.auto()\\n    B = m.auto()\\n(C.A.value, C.B.value) ; class C(m.IntEnum):\\n    A = 1\\n    B = 2\\n(C.A == 1, C.B + 1, C.A < C.B, [10, 20, 30][C.B], int(C.B))
class C(str, m.Enum):\\n    A = 'a'\\n(C.A == 'a', C.A.value, C('a') is C.A, {'a': 1}[C.A], C.A.upper()) ; class C(m.Enum):\\n    A = 1\\n    B = 1\\n(C.B is C.A, len(C), list(C.__members__)) ; class C(m.Enum):\\n    A = 1\\nC(5) ; class C(m.Enum):\\n    A = (1, 2)\\n    def __init__(self, x, y):\\n        self.x = x\\n        self.y = y\\n(C.A.y, C.A.value) ; class C(m.StrEnum):\\n    A = m.auto()\\nC.A == 'a'
class C(m.Flag):\\n    A = m.auto()\\n    B = m.auto()\\n((C.A | C.B).value, bool(C.A & C.B), C.A in (C.A | C.B)) ; class C(m.Enum):\\n    A = 1\\n    @property\\n    def twice(self):\\n        return self.value * 2\\n    @classmethod\\n    def get(cls, n):\\n        return cls[n]\\n    def method(self):\\n        return self.name\\n(C.A.twice, C.get('A') is C.A, C.A.method()) ; m.Enum('C', 'A B').B.value ; class C(m.Enum):\\n    A = 1\\nisinstance(C.A, C) ; class C(m.Enum):\\n    A = 1\\n{C.A: 2}[C.A] ; class C(m.Enum):\\n    A = 1\\n(C.A in C, hasattr(C, 'B')) ; class C(m.Enum):\\n    A = staticmethod(len)\\nlen(C) ; class B(m.Enum):\\n    def f(self): return self.value\\nclass C(B):\\n    A = 3\\nC.A.f()""",
    "dataclasses": """
@m.dataclass\\nclass A:\\n    x: int\\n    y: float = 2.0\\n(A(1).y, A(1, 3).y, A(x=1, y=4).x, A(1) == A(1), repr(A(1)).split('.')[-1]) ; @m.dataclass\\nclass A:\\n    x: list = m.field(default_factory=list)\\nA().x is A().x ; @m.dataclass\\nclass A:\\n    x: int\\nA() ; @m.dataclass\\nclass A:\\n    x: int\\nA(1, 2) ; @m.dataclass\\nclass A:\\n    x: int = 1\\n@m.dataclass\\nclass B(A):\\n    y: int = 2\\n(B(5, 6).x, B(5, 6).y, [f.name for f in m.fields(B)])
@m.dataclass\\nclass A:\\n    x: int = 1\\n    def __post_init__(self):\\n        self.z = self.x * 2\\nA(4).z ; @m.dataclass(frozen=True)\\nclass A:\\n    x: int = 1\\na = A()\\na.x = 3\\na ; @m.dataclass(frozen=True)\\nclass A:\\n    x: int = 1\\n(hash(A()) == hash(A()), {A(): 1}[A(1)]) ; @m.dataclass\\nclass A:\\n    x: int = 1\\n    y: dict = m.field(default_factory=dict)\\nm.asdict(A()) ; @m.dataclass\\nclass A:\\n    x: int = 1\\nm.replace(A(), x=3).x ; @m.dataclass\\nclass A:\\n    x: int = 1\\n(m.is_dataclass(A), m.is_dataclass(3), A.x, m.astuple(A()))
@m.dataclass(order=True)\\nclass A:\\n    x: int\\nA(1) < A(2) ; @m.dataclass(kw_only=True)\\nclass A:\\n    x: int\\nA(1) ; @m.dataclass\\nclass A:\\n    x: int = m.field(init=False, default=3)\\nA().x ; from typing import ClassVar\\n@m.dataclass\\nclass A:\\n    c: ClassVar[int] = 3\\n    x: int = 1\\n(len(m.fields(A)), A(2).x) ; @m.dataclass\\nclass A:\\n    x: int\\n    v: m.InitVar[int] = 2\\n    def __post_init__(self, v):\\n        self.w = v\\n(A(1, 5).w, len(m.fields(A))) ; @m.dataclass\\nclass A:\\n    x: int = m.field(default=3, metadata={'a': 1})\\n(A().x, m.fields(A)[0].metadata['a'], A.__match_args__) ; m.make_dataclass('A', [('x', int), ('y', int, 5)])(1).y""",
    "contextlib": """
@m.contextmanager\\ndef f(x):\\n    log.append(x)\\n    yield x + 1\\n    log.append(-1)\\nlog = []\\nwith f(1) as v:\\n    log.append(v)\\nlog ; with m.nullcontext(3) as x:\\n    y = x\\ny ; with m.suppress(KeyError):\\n    {}[1]\\nlist('a') ; class A:\\n    @m.contextmanager\\n    def f(self):\\n        yield self\\na = A()\\nwith a.f() as b:\\n    pass\\na is b ; with m.ExitStack() as s:\\n    x = s.enter_context(m.nullcontext(4))\\nx""",
    "operator": """
m.add(1, 2) ; m.itemgetter(1)([1, 2]) ; m.itemgetter(0, 2)('abc') ; m.attrgetter('real')(3) ; m.methodcaller('upper')('a') ; m.mul(2, 3) ; m.not_(1) ; m.contains([1], 1) ; m.truediv(1, 2) ; m.iadd([1], [2]) ; m.neg(3) ; m.getitem([1, 2], 0) ; m.indexOf([1, 2], 2) ; m.abs(-3) ; m.floordiv(7, 2)""",
    "re": r"""
m.match(r'(\\d+)-(?P<n>\\w+)', '12-ab').groups() ; m.match(r'(?P<n>\\w+)', 'ab').groupdict() ; m.search('b+', 'abbc').span() ; m.search('z', 'abc') ; m.findall(r'\\d', 'a1b2') ; m.findall(r'(\\w)(\\d)', 'a1b2') ; m.split(r'[,;]', 'a,b;c') ; m.split(r'(,)', 'a,b') ; m.sub(r'(a)(b)', r'\\2\\1', 'abab') ; m.sub('a', lambda x: x.group() * 2, 'aba') ; m.sub(r'(?P<x>a)', r'\\g<x>\\g<x>', 'a') ; m.compile('A', m.I).match('a') is not None ; m.fullmatch('a', 'ab') ; m.sub('', '-', 'ab') ; m.escape('a.b') ; [x.start() for x in m.finditer('a', 'aba')] ; m.split('a', 'banana', 1) ; m.sub('a', 'b', 'aaa', count=2) ; m.match('(a)|(b)', 'b').groups()""",
    "os.path": """
m.join('a', 'b', 'c') ; m.join('a/', '/b') ; m.dirname('/a/b.c') ; m.basename('/a/b.c') ; m.splitext('a/b.tar.gz') ; m.splitext('.bashrc') ; m.split('/a') ; m.normpath('a/../b//c/.') ; m.isabs('/a') ; m.commonprefix(['abc', 'abd']) ; m.join('', 'a') ; m.normpath('')""",
    "heapq": """h = [3, 1, 2]\\nm.heapify(h)\\nm.heappop(h) ; m.nlargest(2, [1, 3, 2]) ; m.nsmallest(1, [3, 1]) ; m.merge([1, 3], [2])""",
    "bisect": """m.bisect([1, 2, 2, 3], 2) ; m.bisect_left([1, 2, 2, 3], 2) ; x = [1, 3]\\nm.insort(x, 2)\\nx""",
    "fractions": """m.Fraction(6, -4).numerator ; float(m.Fraction(1, 3) + 1) ; (m.Fraction(1, 2) * m.Fraction(2, 3)).denominator ; int(m.Fraction(7, 2)) ; m.Fraction(1, 2) == m.Fraction(2, 4)""",
    "statistics": """m.mean([1, 2, 3]) ; m.median([3, 1, 2, 4]) ; round(m.stdev([1.0, 2.0, 4.0]), 9) ; m.fmean([1, 2])""",
    "inspect": """list(m.signature(lambda a, b=2, *c, d, **e: 0).parameters) ; m.signature(lambda a, b=2: 0).parameters['b'].default ; m.signature(lambda a: 0).parameters['a'].default is m.Parameter.empty ; m.signature(lambda a, *b: 0).parameters['b'].kind is m.Parameter.VAR_POSITIONAL ; m.getfullargspec(lambda a, b=2, *c, d=1, **e: 0)[:6] ; m.isclass(int) ; m.isfunction(len) ; m.isfunction(lambda: 0) ; m.signature(lambda a, b=1: 0).bind(5).arguments ; m.signature(lambda a: 0).bind() ; m.signature(lambda a, *b, **k: 0).bind(1, 2, z=3).arguments ; m.ismethod([].append)""",
    "numbers": """isinstance(3, m.Number) ; isinstance(3.5, m.Integral) ; isinstance(True, m.Integral) ; isinstance('a', m.Number) ; isinstance(2.5, m.Real)""",
    "types": """isinstance(lambda: 0, m.FunctionType) ; m.SimpleNamespace(a=1).a ; m.MappingProxyType({1: 2})[1] ; class A:\\n    def f(self): return 1\\nisinstance(A().f, m.MethodType) ; m.MethodType(lambda self: self, 3)() ; isinstance((i for i in []), m.GeneratorType) ; isinstance(None, m.NoneType)""",
    "typing": """m.cast(int, 'a') ; m.TYPE_CHECKING ; m.List[int] and True ; m.Optional[int] and True ; isinstance([], m.List) ; class P(m.NamedTuple):\\n    x: int\\n    y: int = 2\\n(P(1).y, P(1)) ; class A(m.Generic[m.TypeVar('T')]):\\n    pass\\nA[int]() and True ; class T(m.TypedDict):\\n    a: int\\nT(a=1)['a'] ; m.NewType('A', int)(3) ; class P(m.Protocol):\\n    pass\\nTrue ; m.Callable[[int], str] and True ; (m.Union[int, m.Tuple[int, ...]] or True) and True ; isinstance([], m.Iterable) ; m.Literal['a', 'b'] and True""",
    "string": """m.ascii_letters ; m.punctuation ; m.printable == m.digits + m.ascii_letters + m.punctuation + m.whitespace ; m.Template('a $b').substitute(b=1)""",
    "copy": """m.copy([1]) ; x = [[1]]\\ny = m.deepcopy(x)\\n(y, y[0] is x[0])""",
    "pathlib": """str(m.Path('a') / 'b.c') ; m.Path('a/b.tar').suffix ; m.Path('a/b.tar').stem ; str(m.Path('a/b').parent) ; m.Path('/a/b').parts ; m.Path('a') == m.Path('a') ; m.Path('a.b').with_suffix('.c').name ; str(m.Path())""",
    "urllib.parse": """m.urlparse('https://a.b/c/d.pth?x=1#e').path ; m.urlparse('https://a.b/c/d.pth?x=1').netloc ; m.urlparse('/a').scheme ; m.urlparse('https://a.b/c#e').fragment""",
    "logging": """m.getLogger('a').name ; m.getLogger().info('x') ; m.INFO ; m.getLevelName(20)""",
    "warnings": """m.warn('x') if False else None ; with m.catch_warnings():\\n    m.simplefilter('ignore')\\nlist('a')""",
    "importlib": """m.import_module('math').sqrt(4)""",
}


@pytest.mark.parametrize("name, case", [(name.strip(), case.strip()) for name, text in CASES.items() for line in text.strip().split("\n")
                                        for case in line.split(" ; ") if case.strip()])
def test_agrees(name, case):
    assert outcome(case.replace("\\\\", "\\"), m=load(name)) == outcome(case.replace("\\\\", "\\"), m=importlib.import_module(name))


@pytest.mark.parametrize("name", "os sys time random json pickle tempfile hashlib argparse subprocess platform shutil datetime io threading".split())
def test_host_names_exist(name):
    """What depends on the machine is unknown: each public name is one that the real module has."""
    ours, real = load(name), importlib.import_module(name)
    strange = [n for n in vars(ours) if not n.startswith("_") and not hasattr(real, n)]
    assert not strange


def test_the_package_regex_is_re_but_for_what_it_has_of_its_own():
    regex = load("regex")
    assert regex.escape("a.b c-d\n]}\x1c/") == "a\\.b\\ c\\-d\\\n\\]\\}\\\x1c/", "as regex 2026.11.15 gives it"
    assert regex.escape("a b", literal_spaces=True) == "a b"
    assert not _nw.known(regex.escape("a b", special_only=False))
    assert regex.compile("(a)(?P<n>b)").match("ab").groupdict() == {"n": "b"}


def test_the_machine_is_unknown():
    assert load("os").environ.get("NETWRIGHT_UNSET", "x") == "x", "variables are read as not set"
    assert not _nw.known(load("os").getcwd())
    assert not _nw.known(load("random").random())


def test_versions():
    version = load("packaging.version")
    assert version.parse("2.13.0+cpu") >= version.parse("2.0") > version.parse("1.13.1") > version.parse("1.13.0rc1")
    assert version.Version("1.13.0rc1") < version.parse("1.13") == version.parse("1.13.0")
    assert version.parse("2.0.0.dev1").is_prerelease and version.parse("1.2.3").minor == 2
