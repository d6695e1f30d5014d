"""torch.utils.data._utils."""
from torch.utils.data._utils import collate
