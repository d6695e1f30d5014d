def dictConfig(config):
    return None


def fileConfig(fname, **options):
    return None
