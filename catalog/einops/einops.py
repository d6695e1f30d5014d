from einops import EinopsError, asnumpy, einsum, parse_shape, rearrange, reduce, repeat
