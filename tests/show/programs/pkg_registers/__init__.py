"""Classes are registered with the package that they lie in."""
