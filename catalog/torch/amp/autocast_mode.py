from torch import autocast
from torch.amp import custom_bwd, custom_fwd, is_autocast_available
