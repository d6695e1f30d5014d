from .sizes import SIZE

SIZE[0] = 32
_KIND = "small"
