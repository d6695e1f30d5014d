from . import blocks as _blocks

for _name in _blocks.__all__:
    globals()[_name] = getattr(_blocks, _name)
