__all__ = ["_KIND"]
_KIND = "large"
