"""Command lines: what stands on the real one is unknown, one that the program writes down itself is read."""
import _nw

SUPPRESS = "==SUPPRESS=="
REMAINDER = "..."


class Namespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __eq__(self, other):
        return isinstance(other, Namespace) and self.__dict__ == other.__dict__

    def __contains__(self, key):
        return key in self.__dict__

    def __repr__(self):
        named = [name + "=" + repr(self.__dict__[name]) for name in self.__dict__ if name.isidentifier()]
        others = {name: self.__dict__[name] for name in self.__dict__ if not name.isidentifier()}
        return type(self).__name__ + "(" + ", ".join(named + (["**" + repr(others)] if others else [])) + ")"


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


class BooleanOptionalAction(Action):
    pass


class _Argument:
    """One call of add_argument."""

    def __init__(self, flags, options):
        long = [flag for flag in flags if flag.startswith("--")]
        self.flags = [flag for flag in flags if flag.startswith("-")]
        name = (long or flags or [None])[0]
        self.dest = options.get("dest", name.lstrip("-").replace("-", "_") if self.flags else name)
        self.action = options.get("action", "store")
        self.nargs = options.get("nargs")
        self.type = options.get("type")
        self.const = options.get("const")
        self.choices = options.get("choices")
        self.required = options.get("required", False) if self.flags else self.nargs not in ("?", "*")
        self.default = options.get("default", {"store_true": False, "store_false": True}.get(self.action) if isinstance(self.action, str) else None)

    def is_read(self):
        """Whether what it does to a command line is described here."""
        if self.nargs in (REMAINDER, "A..."):
            return False
        if isinstance(self.action, str):
            return self.action in ("store", "store_true", "store_false", "store_const", "append", "count", "help", "version")
        return self.action is BooleanOptionalAction

    def convert(self, text):
        value = self.type(text) if self.type else text
        if self.choices is not None and value not in self.choices:
            raise SystemExit(2)
        return value

    def start(self, default):
        """The value where the command line says nothing: texts are converted, as they would be there."""
        if self.nargs == "*" and not self.flags and default is None:
            return []
        return self.type(default) if isinstance(default, str) and self.type else default

    def take(self, flag, old, words):
        """The value behind `flag`; what it takes of the words that follow goes."""
        if self.action is BooleanOptionalAction:
            return not flag.startswith("--no-")
        if self.action in ("store_true", "store_false"):
            return self.action == "store_true"
        if self.action == "store_const":
            return self.const
        if self.action == "count":
            return (old or 0) + 1
        if self.nargs is None:
            if not words:
                raise SystemExit(2)
            value = self.convert(words.pop(0))
        elif self.nargs == "?":
            value = self.convert(words.pop(0)) if words else self.const
        else:
            if self.nargs == "+" and not words or isinstance(self.nargs, int) and len(words) < self.nargs:
                raise SystemExit(2)
            count = self.nargs if isinstance(self.nargs, int) else len(words)
            value = [self.convert(words.pop(0)) for _ in range(count)]
        return [*(old or []), value] if self.action == "append" else value


class ArgumentParser:
    def __init__(self, *args, **kwargs):
        self.description = kwargs.get("description")
        self._arguments = []
        self._defaults = {}
        self._is_read = not kwargs.get("parents") and not kwargs.get("argument_default") and not kwargs.get("fromfile_prefix_chars") and kwargs.get("prefix_chars", "-") == "-"

    def add_argument(self, *args, **kwargs):
        argument = _Argument(args, kwargs)
        self._is_read = self._is_read and argument.is_read()
        if argument.action not in ("help", "version"):
            self._arguments.append(argument)
        return argument

    def add_argument_group(self, *args, **kwargs):
        return self

    def add_mutually_exclusive_group(self, **kwargs):
        self._is_read = self._is_read and not kwargs.get("required")
        return self

    def add_subparsers(self, **kwargs):
        self._is_read = False
        return self

    def add_parser(self, name, **kwargs):
        return self

    def set_defaults(self, **kwargs):
        for name in kwargs:
            self._defaults[name] = kwargs[name]

    def get_default(self, dest):
        if dest in self._defaults:
            return self._defaults[dest]
        for argument in self._arguments:
            if argument.dest == dest:
                return argument.default
        return None

    def _find(self, word):
        for argument in self._arguments:
            if word in argument.flags or argument.action is BooleanOptionalAction and word.startswith("--no-") and "--" + word[5:] in argument.flags:
                return argument
        return None

    def _is_known(self, args):
        """Whether each word that begins with a dash is an option in full; words that stand alone could be of several arguments."""
        if not self._is_read or not isinstance(args, (list, tuple)) or not all(isinstance(arg, str) for arg in args):
            return False
        return all(self._find(arg) for arg in args if arg.startswith("-")) and (not args or args[0].startswith("-"))

    def _parse(self, args, namespace):
        for argument in self._arguments:
            default = self._defaults.get(argument.dest, argument.default)
            if default != SUPPRESS and not hasattr(namespace, argument.dest):
                setattr(namespace, argument.dest, argument.start(default))
        for name in self._defaults:
            if not hasattr(namespace, name):
                setattr(namespace, name, self._defaults[name])
        seen = []
        words = list(args)
        while words:
            flag = words.pop(0)
            argument = self._find(flag)
            own = []
            while words and not words[0].startswith("-"):
                own.append(words.pop(0))
            setattr(namespace, argument.dest, argument.take(flag, getattr(namespace, argument.dest, None), own))
            seen.append(argument)
            if own:
                return None
        if any(argument.required and argument not in seen for argument in self._arguments):
            raise SystemExit(2)
        return namespace

    def parse_args(self, args=None, namespace=None):
        read = self._parse(args, Namespace() if namespace is None else namespace) if args is not None and self._is_known(args) else None
        if read is not None:
            return read
        for argument in self._arguments if namespace is not None else []:
            setattr(namespace, argument.dest, _nw.outside("the command line"))
        return _nw.outside("the command line")

    def parse_known_args(self, args=None, namespace=None):
        return self.parse_args(args, namespace), []

    def print_help(self, file=None):
        return None

    def error(self, message):
        raise SystemExit(2)
