"""Command lines: unknown."""
import _nw

SUPPRESS = "==SUPPRESS=="
REMAINDER = "..."


class Namespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __contains__(self, key):
        return key in self.__dict__


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class Action:
    pass


class HelpFormatter:
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(HelpFormatter):
    pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class ArgumentParser:
    def __init__(self, *args, **kwargs):
        self.description = kwargs.get("description")

    def add_argument(self, *args, **kwargs):
        return None

    def add_argument_group(self, *args, **kwargs):
        return self

    def add_mutually_exclusive_group(self, **kwargs):
        return self

    def add_subparsers(self, **kwargs):
        return self

    def add_parser(self, name, **kwargs):
        return self

    def set_defaults(self, **kwargs):
        return None

    def parse_args(self, args=None, namespace=None):
        return _nw.outside("the command line")

    def parse_known_args(self, args=None, namespace=None):
        return _nw.outside("the command line"), []

    def print_help(self, file=None):
        return None

    def error(self, message):
        raise SystemExit(2)
