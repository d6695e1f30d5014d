"""dotenv.main."""


def find_dotenv(filename=".env", raise_error_if_not_found=False, usecwd=False):
    return ""


def load_dotenv(dotenv_path=None, stream=None, verbose=False, override=False, interpolate=True, encoding="utf-8"):
    return False


def dotenv_values(dotenv_path=None, stream=None, verbose=False, interpolate=True, encoding="utf-8"):
    return {}


def _walk_to_root(path):
    return iter([])
