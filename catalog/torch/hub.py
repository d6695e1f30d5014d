"""Downloads: nobody knows what comes."""
import re
from urllib.parse import urlparse

import _nw

HASH_REGEX = re.compile(r"-([a-f0-9]*)\.")


def load_state_dict_from_url(url, model_dir=None, map_location=None, progress=True, check_hash=False, file_name=None, weights_only=False):
    return _nw.unknown("a downloaded checkpoint")


def load(repo_or_dir, model, *args, **kwargs):
    return _nw.unknown("a downloaded model")


def download_url_to_file(url, dst, hash_prefix=None, progress=True):
    return None


def get_dir():
    return _nw.unknown("a folder of this machine")


def set_dir(d):
    return None


def list(github, **options):
    return _nw.unknown("a downloaded list")


def help(github, model, **options):
    return _nw.unknown("a downloaded text")


def _get_torch_home():
    return _nw.unknown("a folder of this machine")
