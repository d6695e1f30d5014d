"""The tower of numbers for `isinstance`."""


class _Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls._types)


class Number(metaclass=_Kind):
    _types = (int, float, complex)


class Complex(Number):
    _types = (int, float, complex)


class Real(Complex):
    _types = (int, float)


class Rational(Real):
    _types = (int,)


class Integral(Rational):
    _types = (int,)
