"""numpy.polynomial.hermite_e."""
import numpy


def hermegauss(deg):
    return numpy.empty(deg), numpy.empty(deg)
