"""Numbers of errors."""
ENOENT = 2
EACCES = 13
EEXIST = 17
EINVAL = 22
