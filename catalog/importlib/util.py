import _nw


class _Spec:
    def __init__(self, name):
        self.name = name
        self.loader = None
        self.origin = _nw.outside("the file of a module")
        self.submodule_search_locations = _nw.outside("the folders of a package")


def find_spec(name, package=None):
    if _nw.modules().get(name) is not None:
        return _Spec(name)
    installed = _nw.installed(name)
    if not _nw.known(installed):
        return _nw.outside("whether the package " + name + " is installed")
    return _Spec(name) if installed else None


class _FileLoader:
    """Runs a file. One that runs as the module of that name already is taken to do what it has done."""

    def __init__(self, spec):
        self._spec = spec

    def __getattr__(self, name):
        loaded = _nw.modules().get(self._spec.name)
        if name == "exec_module" and loaded is not None and _nw.known(self._spec.origin) and getattr(loaded, "__file__", None) == self._spec.origin:
            return lambda module: None
        return _nw.outside("what running a file does")


def module_from_spec(spec):
    return _nw.outside("a module")


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    spec = _Spec(name)
    spec.origin = str(location)
    spec.loader = _FileLoader(spec) if loader is None else loader
    return spec
