"""Decimal numbers, taken as floating-point ones."""
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_DOWN = "ROUND_DOWN"


def Decimal(value="0", context=None):
    return float(value)
