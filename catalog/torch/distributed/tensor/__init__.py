"""torch.distributed.tensor: not modelled."""


class DTensor:
    pass
