"""Names and places of the hub."""
from os import path as _path

HF_HOME = _path.expanduser("~/.cache/huggingface")
hf_cache_home = HF_HOME
HF_HUB_CACHE = HF_HOME + "/hub"
HUGGINGFACE_HUB_CACHE = HF_HUB_CACHE
HF_ASSETS_CACHE = HF_HOME + "/assets"
HF_TOKEN_PATH = HF_HOME + "/token"
HF_HUB_OFFLINE = False
HF_HUB_DISABLE_TELEMETRY = False
HF_HUB_DISABLE_PROGRESS_BARS = None
HF_HUB_ENABLE_HF_TRANSFER = False
ENDPOINT = "https://huggingface.co"
DEFAULT_REVISION = "main"
PYTORCH_WEIGHTS_NAME = "pytorch_model.bin"
TF2_WEIGHTS_NAME = "tf_model.h5"
TF_WEIGHTS_NAME = "model.ckpt"
FLAX_WEIGHTS_NAME = "flax_model.msgpack"
CONFIG_NAME = "config.json"
REPOCARD_NAME = "README.md"
SAFETENSORS_SINGLE_FILE = "model.safetensors"
SAFETENSORS_INDEX_FILE = "model.safetensors.index.json"
