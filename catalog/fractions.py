"""Fractions of known integers."""
import _nw


class Fraction:
    def __init__(self, numerator=0, denominator=1):
        if isinstance(numerator, Fraction):
            denominator = denominator * numerator.denominator
            numerator = numerator.numerator
        divisor = _nw.math("gcd", numerator, denominator)
        sign = -1 if denominator < 0 else 1
        self.numerator = sign * numerator // divisor
        self.denominator = sign * denominator // divisor

    def __add__(self, other):
        other = Fraction(other)
        return Fraction(self.numerator * other.denominator + other.numerator * self.denominator, self.denominator * other.denominator)

    __radd__ = __add__

    def __sub__(self, other):
        return self + Fraction(other) * -1

    def __mul__(self, other):
        other = Fraction(other)
        return Fraction(self.numerator * other.numerator, self.denominator * other.denominator)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Fraction(other)
        return Fraction(self.numerator * other.denominator, self.denominator * other.numerator)

    def __eq__(self, other):
        other = Fraction(other)
        return self.numerator == other.numerator and self.denominator == other.denominator

    def __lt__(self, other):
        other = Fraction(other)
        return self.numerator * other.denominator < other.numerator * self.denominator

    def __float__(self):
        return self.numerator / self.denominator

    def __int__(self):
        return self.numerator // self.denominator if self.numerator >= 0 else -(-self.numerator // self.denominator)
