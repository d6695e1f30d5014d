"""Installed packages: unknown."""
import _nw


def distribution(*args, **kwargs):
    return _nw.outside("an installed package")


def metadata(*args, **kwargs):
    return _nw.outside("an installed package")


def entry_points(*args, **kwargs):
    return _nw.outside("an installed package")


def requires(*args, **kwargs):
    return _nw.outside("an installed package")


def files(*args, **kwargs):
    return _nw.outside("an installed package")


class _Distributions:
    """Which distributions a package comes from: a mapping whose contents are not known."""

    def __contains__(self, package):
        return _nw.outside("an installed package")

    def __getitem__(self, package):
        return _nw.outside("an installed package")

    def get(self, package, default=None):
        return _nw.outside("an installed package")


def packages_distributions():
    return _Distributions()


class PackageNotFoundError(ModuleNotFoundError):
    pass


def version(distribution_name):
    if distribution_name in ("torch", "tensorflow", "tensorflow-cpu", "keras") and _nw.known(_nw.installed(distribution_name)):
        if not _nw.installed(distribution_name.split("-")[0]):
            raise PackageNotFoundError(distribution_name)
    if distribution_name == "torch":
        return "2.13.0"
    if distribution_name in ("tensorflow", "tensorflow-cpu", "keras"):
        return "3.15.1" if distribution_name == "keras" else "2.21.0"
    found = _nw.installed_version(distribution_name)
    if not _nw.known(found):
        return _nw.outside("the version of an installed package")
    if found is None:
        raise PackageNotFoundError(distribution_name)
    return found
