enabled = True
strategy = "auto"


def is_available() -> bool:
    return True
