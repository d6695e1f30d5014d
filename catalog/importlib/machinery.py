class ModuleSpec:
    def __init__(self, name, loader, **options):
        self.name = name
