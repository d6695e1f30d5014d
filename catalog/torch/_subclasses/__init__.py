"""torch._subclasses."""
from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode
