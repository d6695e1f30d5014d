"""The kernels in Triton, deleted in June 2024 (release 0.0.27)."""
from xformers.triton.softmax import log_softmax, softmax
