"""ml_dtypes: what it says of the limits of types; its own types are unknown."""
from numpy import finfo, iinfo
