"""Logging changes nothing."""
from logging import handlers

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
raiseExceptions = True


class Filter:
    def __init__(self, name=""):
        self.name = name


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        self.fmt = fmt


class Handler:
    def __init__(self, *args, **kwargs):
        self.level = NOTSET
        self.name = None

    def set_name(self, name):
        self.name = name

    def get_name(self):
        return self.name

    def setLevel(self, level):
        self.level = level

    def setFormatter(self, fmt):
        self.formatter = fmt

    def addFilter(self, filter):
        return None

    def flush(self):
        return None

    def close(self):
        return None


class StreamHandler(Handler):
    pass


class FileHandler(Handler):
    pass


class NullHandler(Handler):
    pass


class Logger:
    def __init__(self, name, level=NOTSET):
        self.name = name
        self.level = level
        self.handlers = []
        self.filters = []
        self.propagate = True
        self.disabled = False
        self.parent = None

    def debug(self, msg, *args, **kwargs):
        return None

    def info(self, msg, *args, **kwargs):
        return None

    def warning(self, msg, *args, **kwargs):
        return None

    def warn(self, msg, *args, **kwargs):
        return None

    def error(self, msg, *args, **kwargs):
        return None

    def exception(self, msg, *args, **kwargs):
        return None

    def critical(self, msg, *args, **kwargs):
        return None

    def fatal(self, msg, *args, **kwargs):
        return None

    def log(self, level, msg, *args, **kwargs):
        return None

    def setLevel(self, level):
        self.level = level

    def isEnabledFor(self, level):
        return False

    def getEffectiveLevel(self):
        return WARNING

    def addHandler(self, hdlr):
        self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        return None

    def addFilter(self, filter):
        return None

    def hasHandlers(self):
        return len(self.handlers) > 0

    def getChild(self, suffix):
        return Logger(self.name + "." + suffix)


class LoggerAdapter(Logger):
    """What a program derives from it computes messages, and asks whether there are any."""

    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra

    def process(self, msg, kwargs):
        return msg, kwargs

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def exception(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)

    def isEnabledFor(self, level):
        return True


class Manager:
    def __init__(self, rootnode):
        self.root = rootnode
        self.disable = 0
        self.loggerDict = {}


root = Logger("root", WARNING)
root.manager = Logger.manager = Manager(root)


def getLogger(name=None):
    return root if name is None else Logger(name)


def basicConfig(**kwargs):
    return None


def disable(level=CRITICAL):
    return None


def captureWarnings(capture):
    return None


def getLevelName(level):
    return {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}.get(level, "Level " + str(level))


def getLoggerClass():
    return Logger


def setLoggerClass(klass):
    return None


def addLevelName(level, levelName):
    return None


def debug(msg, *args, **kwargs):
    return None


info = warning = warn = error = exception = critical = debug


def log(level, msg, *args, **kwargs):
    return None


def shutdown():
    return None
