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


def module_from_spec(spec):
    return _nw.outside("a module")


def spec_from_file_location(name, location=None, **options):
    return _nw.outside("a module")
