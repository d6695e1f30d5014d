"""Downloads: unknown."""
import _nw


def hf_hub_download(*args, **kwargs):
    return _nw.outside("a download")


def snapshot_download(*args, **kwargs):
    return _nw.outside("a download")


def cached_download(*args, **kwargs):
    return _nw.outside("a download")


def hf_hub_url(*args, **kwargs):
    return _nw.outside("a download")


def upload_file(*args, **kwargs):
    return _nw.outside("a download")


def HfApi(*args, **kwargs):
    return _nw.outside("a download")


def create_repo(*args, **kwargs):
    return _nw.outside("a download")


def list_repo_files(*args, **kwargs):
    return _nw.outside("a download")


def model_info(*args, **kwargs):
    return _nw.outside("a download")


def login(*args, **kwargs):
    return None


class ModelHubMixin:
    _hub_mixin_config = None

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)

    def __init_subclass__(cls, **options):
        return None

    def save_pretrained(self, save_directory, **kwargs):
        return None

    def push_to_hub(self, repo_id, **kwargs):
        return None

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, **kwargs):
        return _nw.outside("a downloaded model")


class PyTorchModelHubMixin(ModelHubMixin):
    pass


class ModelCard:
    def __init__(self, content):
        self.content = content

    @classmethod
    def from_template(cls, card_data, template_path=None, template_str=None, **template_kwargs):
        return cls(_nw.outside("the text of a model card"))


class ModelCardData:
    def __init__(self, **kwargs):
        self.__dict__.update(kwargs)
