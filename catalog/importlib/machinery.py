class ModuleSpec:
    def __init__(self, name, loader, **options):
        self.name = name


EXTENSION_SUFFIXES = [".so"]


class ExtensionFileLoader:
    def __init__(self, name, path):
        self.name = name
        self.path = path


class FileFinder:
    """Looks for compiled extensions: none is ever loaded, so none is found."""

    def __init__(self, path, *loader_details):
        self.path = path

    def find_spec(self, fullname, target=None):
        return None
