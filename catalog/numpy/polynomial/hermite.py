"""numpy.polynomial.hermite."""
import numpy


def hermgauss(deg):
    return numpy.empty(deg), numpy.empty(deg)
