"""The part of the command that is written in Python: `python -m netwright VERB ...`, or this file run as a program.

The command starts it as a program by its path, so that the interpreter of the user's models runs it whether or not the package is
installed there, and nothing else of this folder comes into that interpreter's way.
"""

import importlib.util
import pathlib
import signal
import sys

# The modules of the verbs; `netwright.optimize` and `netwright.verify` are functions of the package.
VERBS = {"migrate": "migration", "optimize": "optimization", "rules": "rules", "verify": "verification", "weights": "weights", "worker": "verification.worker"}
# What they may ask for beside the standard library.
PACKAGES = ("numpy", "h5py")


def load_package():
    """`netwright` from the folder of this file, without putting the folder on the search path."""
    folder = pathlib.Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location("netwright", folder / "__init__.py", submodule_search_locations=[str(folder)])
    package = importlib.util.module_from_spec(spec)
    sys.modules["netwright"] = package
    spec.loader.exec_module(package)
    sys.path[:] = [entry for entry in sys.path if not entry or pathlib.Path(entry).resolve() != folder]


def missing(verb, package):
    print(f"netwright {verb}: {package} is not installed for this interpreter\n"
          f"Try `{sys.executable} -m pip install {package}`, or choose another one with --python.", file=sys.stderr)
    return 2


def stop(number, _):
    """Ends as an error does, so that children are ended and temporary folders removed."""
    raise SystemExit(128 + number)


def main(arguments):
    verb, *rest = arguments
    if verb != "worker":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, stop)
    if not __package__:
        load_package()
    try:
        return importlib.import_module(f"netwright.{VERBS[verb]}").main(rest)
    except ModuleNotFoundError as error:
        if error.name not in PACKAGES:
            raise
        return missing(verb, error.name)


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.exit(status)
