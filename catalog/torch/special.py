"""Special functions: most are the functions of `torch` under another name."""
from __future__ import annotations

from _nw import op
from torch import _rules as rules
from torch import (
    digamma, digamma as psi, erf, erfc, erfinv, exp2, expm1, i0, lgamma as gammaln, log1p, log_softmax, logit, logsumexp, mvlgamma as multigammaln,
    polygamma, round, sigmoid as expit, sinc, softmax, xlogy)


@op()
def entr(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def erfcx(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def i0e(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def i1(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def i1e(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def ndtr(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def ndtri(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def log_ndtr(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def bessel_j0(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def bessel_j1(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def gammainc(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op()
def gammaincc(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op()
def xlog1py(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op()
def zeta(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)
