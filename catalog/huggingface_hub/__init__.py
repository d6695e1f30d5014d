"""Downloads: unknown."""
import _nw


def hf_hub_download(*args, **kwargs):
    return _nw.unknown("a download")


def snapshot_download(*args, **kwargs):
    return _nw.unknown("a download")


def cached_download(*args, **kwargs):
    return _nw.unknown("a download")


def hf_hub_url(*args, **kwargs):
    return _nw.unknown("a download")


def upload_file(*args, **kwargs):
    return _nw.unknown("a download")


def HfApi(*args, **kwargs):
    return _nw.unknown("a download")


def create_repo(*args, **kwargs):
    return _nw.unknown("a download")


def list_repo_files(*args, **kwargs):
    return _nw.unknown("a download")


def model_info(*args, **kwargs):
    return _nw.unknown("a download")


def login(*args, **kwargs):
    return None


class PyTorchModelHubMixin:
    def __init_subclass__(cls, **options):
        return None


class ModelHubMixin:
    def __init_subclass__(cls, **options):
        return None
