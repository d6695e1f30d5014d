"""torch.distributions.transforms."""
from torch.distributions import AffineTransform
