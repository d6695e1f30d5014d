"""Settings from variables of the environment: nobody set any but the program itself."""
import os


class EnvError(ValueError):
    pass


class EnvValidationError(EnvError):
    pass


class Env:
    def __init__(self, *, eager=True, expand_vars=False, prefix=None):
        self._prefix = prefix or ""

    def read_env(self, path=None, recurse=True, verbose=False, override=False, return_path=False):
        return None if return_path else False

    def _text(self, name, default):
        text = os.environ.get(self._prefix + name)
        if text is None and default is ...:
            raise EnvError("Environment variable \"" + self._prefix + name + "\" not set")
        return text

    def str(self, name, default=..., **options):
        text = self._text(name, default)
        return default if text is None else text

    def __call__(self, name, default=..., **options):
        return self.str(name, default)

    def bool(self, name, default=..., **options):
        text = self._text(name, default)
        return default if text is None else text.lower() in ("t", "true", "y", "yes", "on", "1")

    def int(self, name, default=..., **options):
        text = self._text(name, default)
        return default if text is None else int(text)

    def float(self, name, default=..., **options):
        text = self._text(name, default)
        return default if text is None else float(text)

    def list(self, name, default=..., subcast=None, **options):
        text = self._text(name, default)
        return default if text is None else [subcast(part) if subcast else part for part in text.split(",")]


env = Env()
