from einops import pack, unpack
