"""Statistics of known numbers."""
import _nw


def mean(data):
    items = list(data)
    return sum(items) / len(items)


def fmean(data, weights=None):
    items = list(data)
    return float(sum(items)) / len(items)


def median(data):
    items = sorted(data)
    middle = len(items) // 2
    return items[middle] if len(items) % 2 else (items[middle - 1] + items[middle]) / 2


def variance(data, xbar=None):
    items = list(data)
    centre = mean(items) if xbar is None else xbar
    return sum([(x - centre) * (x - centre) for x in items]) / (len(items) - 1)


def pvariance(data, mu=None):
    items = list(data)
    centre = mean(items) if mu is None else mu
    return sum([(x - centre) * (x - centre) for x in items]) / len(items)


def stdev(data, xbar=None):
    return _nw.math("sqrt", variance(data, xbar))


def pstdev(data, mu=None):
    return _nw.math("sqrt", pvariance(data, mu))
