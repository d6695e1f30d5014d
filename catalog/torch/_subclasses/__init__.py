"""torch._subclasses."""
