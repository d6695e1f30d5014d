"""Helpers of the hub."""
import _nw


def validate_hf_hub_args(fn):
    return fn


class HfHubHTTPError(Exception):
    pass


class RepositoryNotFoundError(HfHubHTTPError):
    pass


class GatedRepoError(RepositoryNotFoundError):
    pass


class DisabledRepoError(HfHubHTTPError):
    pass


class RevisionNotFoundError(HfHubHTTPError):
    pass


class EntryNotFoundError(HfHubHTTPError):
    pass


class LocalEntryNotFoundError(EntryNotFoundError, FileNotFoundError, ValueError):
    pass


class BadRequestError(HfHubHTTPError, ValueError):
    pass


class HFValidationError(ValueError):
    pass


class OfflineModeIsEnabled(ConnectionError):
    pass


def hf_raise_for_status(response, endpoint_name=None):
    return None


def is_jinja_available():
    return _nw.installed("jinja2")


def is_torch_available():
    return True


def build_hf_headers(**kwargs):
    return _nw.outside("a download")


def get_session():
    return _nw.outside("a download")


def get_token():
    return None
