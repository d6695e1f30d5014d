"""Logging changes nothing."""


class _Logger:
    def debug(self, message, *args, **kwargs):
        return None

    def _returned(self, *args, **kwargs):
        return self

    def _passed(self, function=None, *args, **kwargs):
        return function if callable(function) else _unchanged


def _unchanged(function):
    return function


_Logger.trace = _Logger.info = _Logger.success = _Logger.warning = _Logger.error = _Logger.critical = _Logger.exception = _Logger.log = _Logger.debug
_Logger.add = _Logger.remove = _Logger.configure = _Logger.enable = _Logger.disable = _Logger.level = _Logger.complete = _Logger.debug
_Logger.bind = _Logger.opt = _Logger.patch = _Logger.contextualize = _Logger._returned
_Logger.catch = _Logger._passed

logger = _Logger()
