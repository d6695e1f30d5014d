from .layers import norm

EPS = 1e-3
SMALL, MEDIUM, LARGE = (norm.UNIT * k for k in (1, 2, 3))
