"""xformers, of which only what was deleted is described: the rule torch/dead-kernels names it."""
