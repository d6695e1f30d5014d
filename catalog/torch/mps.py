def is_available() -> bool:
    return False


def empty_cache():
    return None


def synchronize():
    return None


def manual_seed(seed):
    return None
