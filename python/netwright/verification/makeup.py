"""Makes up small configurations and inputs for a class of PyTorch, by names, annotations, defaults, and what its layers take.

Everything made up is plain data (a recipe), so that it can be shown, overridden, and followed again in another process:
an argument is {"value": constant}, {"name": dotted name}, {"call": dotted name, "arguments": [...]}, {"config": class, "overrides": {...}},
{"probe": {...}} for an object that answers whatever is read from it, or {"class": a class of the module}.
"""

import copy
import importlib
import inspect
import itertools
import re

import torch

PROFILES = [
    {"size": 32, "heads": 4, "layers": 2},
    {"size": 64, "heads": 2, "layers": 2},
    {"size": 48, "heads": 3, "layers": 2},
    {"size": 16, "heads": 1, "layers": 1},
    {"size": 96, "heads": 4, "layers": 4},
]
# For a configuration within another one: sizes that three heads, doubled from stage to stage, divide.
THREES = {"size": 24, "heads": 3, "layers": 2}
# No layer's default, so that an eps which is not handed on is seen, and not so small that it vanishes beside any variance.
EPS = 3e-5
LENGTH, LONGER, SQUARE, CODES = 6, 32, 16, 8
LISTED, OBJECTS = 4, 3  # tensors in a list of them, and objects that are to be found
LARGEST = 256  # of the sizes that an error may ask for
CONTAINERS = ("list", "tuple", "sequence", "iterable")

# The first rule whose pattern is found in a name gives its value, or the function of a profile that does.
RULES = [
    (r"(layer|block)_?(idx|id|index|number|i)$|^idx$|^index$", 0),
    (r"^(device|dtype|generator|name|prefix|init_values|qk_scale|norm_cfg|conv_cfg)$", None),
    (r"dim_?head|head_?(dim|size)|d_(k|v|kv|head)$|key_dim|size_per_head|kv_channels", lambda profile: profile["size"] // profile["heads"]),
    (r"rotary|rope_dim|rot_dim", 4),
    (r"heads?$|nhead|n_head", lambda profile: profile["heads"]),
    (r"vocab|num_embeddings|num_tokens|ntokens?", 99),
    (r"pad(ding)?_(token_)?(id|idx)|(bos|eos|sep|cls|mask|unk)_token_id", 1),
    (r"ratio|expan|mult|factor|shrink", 2),
    (r"position|seq|length|context|block_size|max_len|n_ctx", 64),
    (r"eps(ilon)?$", EPS),
    (r"drop|prob$|^p$|momentum", 0.1),
    (r"layers?$|depths?$|num_blocks|n_layer|repeats?$|num_stages", lambda profile: profile["layers"]),
    (r"image|img|resolution|input_size", 32),
    (r"patch|window", 4),
    (r"kernel|^k$|^ks$", 3),
    (r"stride|dilation|groups?$|padding", 1),
    (r"class|label|^nc$", 5),
    (r"experts?$", 4),
    (r"top_?k$", 2),
    (r"reduction|squeeze|buckets|rank", 4),
    (r"init|std|sigma|alpha|beta|gamma|scale|slope|temperature|rate|lambda|decay", 0.5),
    (
        r"^(use|is|has|with|add|do|return|output|share|tie|pre|gradient|no)_(?!\w*(dim|size|features|channels|planes)$)"
        r"|shortcut|residual|causal|bias$|first$|last$|enabled|training|affine|downsample",
        lambda profile: "bias" in profile["name"],
    ),
    (r"inner|ff|mlp|intermediate|hidden_features|feed", lambda profile: 2 * profile["size"]),
    (
        r"dim|size|feat|hidden|embd|embed|model|unit|ch$|chan|planes|filters|width|^c\d?$|^d$|^d_|^n$|^(in|out)$|^(in|out)_|^[a-z]_?(in|out)$|inp|oup|emb",
        lambda profile: profile["size"],
    ),
    (r"num|^n_|count", 4),
]
MODULES = [
    (
        r"act(ivation)?(_(layer|fn|func|function|class))?$|nonlinearity|non_lin",
        [{"name": "torch.nn.GELU"}, {"value": "gelu"}, {"call": "torch.nn.GELU", "arguments": []}, {"name": "torch.nn.functional.gelu"}],
    ),
    (
        r"norm(_(layer|class|type))?$",
        [{"name": "torch.nn.LayerNorm"}, {"name": "torch.nn.BatchNorm2d"}, {"value": "layer"}, {"value": "batch"}],
    ),
    (r"conv(_layer)?$", [{"name": "torch.nn.Conv2d"}]),
]


def scalar(name, profile, note=""):
    """A value for a name; None and False when no rule knows it. A flag is none for what is said to be a number."""
    for pattern, value in RULES:
        if re.search(pattern, name.lower()):
            found = value({**profile, "name": name.lower()}) if callable(value) else value
            if not (isinstance(found, bool) and re.fullmatch(r"(optional\[)?(int|float)\]?", note)):
                return found, True
    return None, False


# ---- an object that answers


class Probe:
    """A configuration of a class that could not be found: small consistent values for the names that are read."""

    def __init__(self, profile, overrides, unknown):
        self.__dict__.update(overrides)
        self.__dict__["_profile"], self.__dict__["_unknown"] = profile, unknown

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if re.search(r"act|nonlinear", name):
            value = "gelu"
        else:
            value, known = scalar(name, self._profile)
            if not known:
                if self._unknown == "absent":
                    raise AttributeError(name)
                value = self._unknown
        return value

    def __getitem__(self, name):
        return getattr(self, name)

    def get(self, name, default=None):
        return getattr(self, name, default)


# ---- from recipes to objects


def resolve(dotted):
    place, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(place), name)


def materialise(module, argument):
    if "value" in argument:
        return argument["value"]
    if "name" in argument:
        return resolve(argument["name"])
    if "call" in argument:
        return resolve(argument["call"])(*argument["arguments"])
    if "class" in argument:
        return getattr(module, argument["class"])
    if "config" in argument:
        return getattr(module, argument["config"])(**copy.deepcopy(argument["overrides"]))  # some take their arguments apart
    return Probe(**argument["probe"])


def construct(module, cls, recipe):
    return cls(**{name: materialise(module, argument) for name, argument in recipe["arguments"].items()})


# ---- constructors


def signature_of(function):
    try:
        return [p for name, p in inspect.signature(function).parameters.items() if name != "self"]
    except (TypeError, ValueError):
        return []


def required(parameters):
    return [p for p in parameters if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]


def note_of(parameter):
    """The annotation of a parameter as text."""
    if parameter.annotation is parameter.empty:
        return ""
    return (
        parameter.annotation
        if isinstance(parameter.annotation, str)
        else getattr(parameter.annotation, "__name__", str(parameter.annotation))
        if isinstance(parameter.annotation, type)
        else str(parameter.annotation)
    )


def config_classes(module, cls, parameter):
    """Names of configuration classes for a parameter, likeliest first: the annotation's, then the module's by the class's own name."""
    names = [name for name in re.findall(r"\w*Config\w*", note_of(parameter)) if isinstance(getattr(module, name, None), type)]

    def shared(name):
        return next((number for number, (a, b) in enumerate(zip(name, cls.__name__)) if a != b), min(len(name), len(cls.__name__)))

    others = [
        name
        for name, value in vars(module).items()
        if name.endswith("Config") and isinstance(value, type) and name != "PretrainedConfig" and not name.startswith("Onnx")
    ]
    names += sorted(set(others) - set(names), key=lambda name: (-shared(name), name))
    return [name for name in names if name != "PretrainedConfig"]


def small_overrides(config, profile):
    """Smaller values for the sizes that a configuration object has."""
    found = {}
    for name, value in vars(config).items():
        if (
            isinstance(value, bool)
            or not isinstance(value, int)
            or name.startswith("_")
            or name.endswith("_id")
            or name == "chunk_size_feed_forward"
        ):
            continue
        small, known = scalar(name, profile)
        keep = re.search(
            r"layer_?norm|conv|channels|stride|patch|image|bucket|kernel|type_vocab|group|num_labels|rank", name
        ) and not re.search(r"hidden_channels", name)
        keep = keep or "window" in name and value <= 64
        if known and isinstance(small, int) and not isinstance(small, bool) and value > small and not keep and value > 3:
            found[name] = small
    for name, value in vars(config).items():
        many = type(value) in (list, tuple) and all(type(item) is int for item in value) and re.search(r"depths|layers|blocks|block_sizes", name)
        if many and max(value, default=0) > 2:
            found[name] = [min(item, 2) for item in value]
    for name, value in vars(config).items():  # dropout that is never on would hide what is done with it
        if is_dropout_off(name, value):
            found[name] = 0.1
        if type(value) is float and 0 < value <= 1e-5 and re.search(r"eps(ilon)?$", name):
            found[name] = EPS
    if type(getattr(config, "block_size", None)) is int and hasattr(config, "max_position_embeddings"):
        found["block_size"] = 2  # of sparse attention: the length of sequences has its own name
    for name, value in vars(config).items():
        if name.endswith("token_id") and isinstance(value, int) and not isinstance(value, bool) and value >= 99:
            found[name] = 2
    return found


def narrow_overrides(config):
    """An eighth of the widths that a configuration lists, stage by stage, and smaller images."""
    found = {}
    for name, value in vars(config).items():
        many = type(value) in (list, tuple) and len(value) > 1 and all(type(item) is int for item in value)
        if many and re.search(r"(sizes|dims?|widths?|channels)$", name) and all(item >= 32 and item % 8 == 0 for item in value):
            found[name] = [item // 8 for item in value]
    if found and type(getattr(config, "image_size", None)) is int and config.image_size > 128:
        found["image_size"] = 64
    return found


def nested_overrides(config, profile):
    """The same for the configurations within a configuration, each with the name of its kind."""
    found = {}
    for name, value in vars(config).items():
        values = small_overrides(value, profile) if hasattr(value, "to_dict") else {}
        if values:
            found[name] = {**values, **({"model_type": value.model_type} if getattr(value, "model_type", "") else {})}
    return found


def config_arguments(module, cls, parameter, settings):
    """Arguments for a configuration: small, as it is by default, then a probe."""
    found = []
    for name in config_classes(module, cls, parameter)[:3]:
        kind = getattr(module, name)
        try:
            plain = kind()
        except Exception:
            continue
        own = {key: value for key, value in settings.items() if hasattr(plain, key)}
        pairs = [(profile, profile) for profile in (*PROFILES[:3], PROFILES[-1])]
        pairs.insert(1, (PROFILES[0], THREES))
        inner = [(profile, nested_overrides(plain, within)) for profile, within in pairs]
        small = [
            {**small_overrides(plain, profile), **more}
            for profile, more in [*[item for item in inner if item[1]], *[(profile, {}) for profile in PROFILES[:3]]]
        ]
        narrow = narrow_overrides(plain)
        small[1:1] = [{**small[0], **narrow}] if narrow else []
        found += [{"config": name, "overrides": {**overrides, **own}} for overrides in small]
        layers = {key: 2 for key, value in vars(plain).items() if re.search(r"layers$|n_layer$", key) and type(value) is int and value > 2}
        found.append({"config": name, "overrides": {**layers, **own}})
        found.append({"config": name, "overrides": own})
    for profile in PROFILES[:3]:
        for unknown in ("absent", False, 2):
            found.append({"probe": {"profile": profile, "overrides": settings, "unknown": unknown}})
    return found


def is_config(parameter):
    return bool(re.fullmatch(r"config|cfg|conf|args|opt|hparams|configuration|model_args|.*_config|params", parameter.name)) or bool(
        re.search(r"Config\b", note_of(parameter))
    )


def choices(module, cls, parameter, profile, settings):
    """The values to try for a constructor's parameter, likeliest first."""
    name, note = parameter.name, note_of(parameter).lower()
    if name in settings:
        return [{"value": settings[name]}]
    if is_config(parameter):
        return config_arguments(module, cls, parameter, settings)
    literal = re.search(r"literal\[['\"]([^'\"]+)", note)
    if literal:
        return [{"value": re.search(r"Literal\[['\"]([^'\"]+)", note_of(parameter))[1]}]
    classes = [
        other
        for other, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, torch.nn.Module) and value.__module__ == module.__name__ and value is not cls
    ]
    if re.search(r"^(block|block_cls|block_class|unit|basic_block|layer_cls)$", name):
        return [{"class": other} for other in classes if re.search(r"block|bottleneck|unit", other.lower())][:4] or [
            {"name": "torch.nn.Identity"}
        ]
    for pattern, values in MODULES:
        if re.search(pattern, name) and not re.search(r"int|float|bool", note):
            return [value for value in values if "str" not in note or "value" in value]
    if re.search(r"^(fn|module|layer|net|backbone|encoder|decoder|body|func|sublayer|attn|mlp|model)$", name) or note in (
        "nn.module",
        "module",
        "torch.nn.module",
    ):
        size = profile["size"]
        return [{"call": "torch.nn.Linear", "arguments": [size, size]}, {"call": "torch.nn.Identity", "arguments": []}]
    value, known = scalar(name, profile, note)
    if any(word in note for word in CONTAINERS) or re.search(r"^(depths|dims|widths|sizes|blocks|channels_list|layers)$", name):
        base = value if isinstance(value, int) and not isinstance(value, bool) else 2
        return [{"value": [base, base]}, {"value": [base] * 3}, {"value": [base] * 4}, {"value": base}]
    if "bool" in note:
        return [{"value": bool(value)}]
    if note == "str":
        return [{"value": "gelu"}]
    if "float" in note and not isinstance(value, (int, float)):
        return [{"value": 0.5}]
    if known:
        return [{"value": value}]
    if "int" in note:
        return [{"value": 4}]
    return [{"value": item} for item in (profile["size"], 4, 2, 1, None, False, [2, 2])]


def is_dropout(name):
    """Whether a setting of that name is a rate with which single values, and not layers or whole samples, are dropped."""
    return bool(re.search(r"dropout|drop(_?p|_rate|_prob)?$", name)) and not re.search(r"layer_?drop|path", name)


def is_dropout_off(name, value):
    """Whether a setting is a rate of dropout that is zero: what is done with it would not be seen."""
    return type(value) in (int, float) and value == 0 and is_dropout(name)


def constructions(module, cls, settings):
    """Recipes for the constructor: for each profile of sizes the likeliest value of each parameter, then the others."""
    parameters = signature_of(cls.__init__)
    needed = required(parameters)
    chosen = [p for p in parameters if (p.name in settings or is_dropout_off(p.name, p.default)) and p not in needed and not is_config(p)]
    seen = []
    for profile in PROFILES:
        lists = [choices(module, cls, p, profile, settings) for p in [*needed, *chosen]]
        for values in itertools.islice(by_distance(lists), 24):
            recipe = {"arguments": {p.name: value for p, value in zip([*needed, *chosen], values)}, "profile": profile}
            if recipe["arguments"] not in seen:
                seen.append(recipe["arguments"])
                yield recipe


def by_distance(lists):
    """Products of lists in the order of the sum of positions."""
    top = sum(len(items) - 1 for items in lists)
    for total in range(top + 1):
        for places in placed(lists, total):
            yield [items[place] for items, place in zip(lists, places)]


def placed(lists, total):
    if not lists:
        if total == 0:
            yield []
        return
    for place in range(min(len(lists[0]) - 1, total) + 1):
        for rest in placed(lists[1:], total - place):
            yield [place, *rest]


# ---- inputs

IDS = r"(^|_)ids?$|tokens?$|^idx$|indices|^index|^labels?$|^target"
MASK = r"mask"
FLOAT_FIRST = r"hidden|state|^x$|input|feature|query|key|value|src|tgt|memory|embed|tensor|residual|pixel|image|img"


def floats(shape):
    return {"dtype": "float32", "shape": list(shape), "low": 0, "high": 1}


def integers(shape, high, low=0):
    return {"dtype": "int64", "shape": list(shape), "low": low, "high": high}


def widths(model, recipe):
    """[(kind, width)] of what the first layers of a model take."""
    found = []
    for module in itertools.islice(model.modules(), 200):
        if isinstance(module, torch.nn.Linear) or hasattr(module, "in_features") and isinstance(module.in_features, int):
            item = "linear", module.in_features
        elif isinstance(module, (torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d, torch.nn.modules.conv._ConvTransposeNd)):
            item = f"conv{len(module.kernel_size)}", module.in_channels
        elif isinstance(module, (torch.nn.BatchNorm2d, torch.nn.GroupNorm, torch.nn.InstanceNorm2d)):
            item = "conv2", getattr(module, "num_features", None) or module.num_channels
        elif isinstance(module, torch.nn.BatchNorm1d):
            item = "conv1", module.num_features
        elif isinstance(module, torch.nn.LayerNorm):
            item = "linear", module.normalized_shape[-1]
        elif isinstance(module, torch.nn.Embedding):
            item = "embedding", module.num_embeddings
        elif isinstance(module, (torch.nn.LSTM, torch.nn.GRU, torch.nn.RNN)):
            item = "linear", module.input_size
        elif type(module).__name__ == "Conv1D" and hasattr(module, "weight"):  # GPT-2's
            item = "linear", module.weight.shape[0]
        else:
            weight = getattr(module, "weight", None)
            if not isinstance(weight, torch.nn.Parameter) or weight.dim() != 1:
                continue
            item = "linear", weight.shape[0]
        if item not in found:
            found.append(item)
    config = getattr(model, "config", None)
    for name in ("hidden_size", "d_model", "n_embd", "embed_dim", "dim"):
        value = getattr(config, name, None)
        if isinstance(value, int) and ("linear", value) not in found:
            found.append(("linear", value))
    return found or [("linear", recipe["profile"]["size"]), ("conv2", recipe["profile"]["size"])]


def image_size(model):
    config = getattr(model, "config", None)
    size = getattr(config, "image_size", None)
    if size is None:
        size = next((module.img_size for module in model.modules() if hasattr(module, "img_size")), None)
    if isinstance(size, (tuple, list)):
        return tuple(size)[:2]
    return (size, size) if isinstance(size, int) else None


def fixed_lengths(model):
    """Lengths of sequences that parts of a model were made for."""
    found = []
    for module in itertools.islice(model.modules(), 100):
        found += [value for name, value in vars(module).items() if re.search(r"seq_?len", name) and type(value) is int and 1 < value <= 128]
    return list(dict.fromkeys(found))[:2]


def shapes_for(kind, width, square, model, inside=False):
    """Shapes that a layer of this kind and width takes; `inside` says that the input is no image, but what earlier layers made of one."""
    if kind == "linear":
        lengths = [SQUARE, 49, LENGTH] if square else [LENGTH, SQUARE, 49]
        lengths[1:1] = fixed_lengths(model)
        return [
            (2, lengths[0], width),
            (2, width),
            *[(2, length, width) for length in lengths[1:]],
            (2, 4, 4, width),
            (2, 7, 7, width),
            (2, width, 8, 8),
            (2, width, LENGTH),
            (2, 4, LENGTH, width),
            (LENGTH, width),
        ]
    if kind == "conv1":
        return [(2, width, 16), (2, 16, width), (2, width), (2, width, 64), (2, 16), (2, 4000)]
    if kind == "conv3":
        return [(2, width, 4, 8, 8), (2, width, 8, 16, 16), (2, 8, width, 16, 16)]
    given = image_size(model)
    sizes = [(8, 8), (16, 16), (32, 32), (64, 64), (7, 7), (224, 224)]
    sizes = [*sizes, given] if given and inside else [given, *sizes] if given else sizes
    return [(2, width, *size) for size in sizes] + [
        (2, 8, 8, width),
        (2, 16, width),
    ]


def main_shapes(model, recipe, parameters):
    """Shapes to try for the first input, of the widths of the first layers in turn."""
    square = any(
        re.search(r"^(h|w|hw|height|width|input_dimensions|spatial|.*_resolution|.*_shapes?)$", p.name.lower()) for p in parameters
    )
    inside = bool(parameters) and bool(re.search(r"hidden|feature|state", parameters[0].name))
    lists = [shapes_for(kind, width, square, model, inside) for kind, width in widths(model, recipe)[:6] if kind != "embedding"]
    heads = [(2, 4, LENGTH, 8), (2, LENGTH, 4, 8), (2, LENGTH, recipe["profile"]["size"]), (2, recipe["profile"]["size"], 8, 8)]
    order = [shape for row in itertools.zip_longest(*lists) for shape in row if shape is not None]
    return list(dict.fromkeys([*order, *heads]))


def highest_id(model):
    sizes = [module.num_embeddings for module in model.modules() if isinstance(module, torch.nn.Embedding) and module.num_embeddings > 4]
    return max(min([*sizes, 99]) - 1, 1)


def heads_of(model):
    names = ("num_heads", "num_attention_heads", "n_head", "n_heads", "num_attn_heads", "heads", "num_head")
    for holder in [*itertools.islice(model.modules(), 100), getattr(model, "config", None)]:
        for name in names:
            if type(getattr(holder, name, None)) is int:
                return getattr(holder, name)
    return 4


def length_of(shape):
    return shape[1] if len(shape) == 3 else shape[2] if len(shape) == 4 else LENGTH


def listed(parameter, specs):
    """The same, as lists of tensors where a parameter's annotation asks for one: as many as a tuple's names, otherwise a few."""
    note = note_of(parameter).lower().replace("typing.", "")
    found = re.match(r"(?:optional\[)?(list|sequence|tuple)\[[\w.]*tensor", note)
    count = note.count("tensor") if found and found[1] == "tuple" else LISTED
    if not found or count < 2:
        return specs
    return [{"list": [spec] * count} if "dtype" in spec else spec for spec in specs]


def guesses(parameter, shape, model, others):
    """Values for one parameter of forward, when the first input has this shape."""
    name, note = parameter.name.lower(), note_of(parameter).lower()
    length = length_of(shape)
    square = int(length**0.5) if int(length**0.5) ** 2 == length else 4
    if "head_mask" in name:
        heads = heads_of(model)
        return [{"value": None}, floats((heads,)), floats((1, heads, 1, 1))]
    if re.search(r"^(h|w|height|width)$", name):
        return [{"value": square}]
    if re.search(r"input_dimensions|^hw$|spatial_size|_resolution|^resolution|output_size|image_size", name):
        return [{"value": (square, square)}]
    if "bool" in note or re.search(r"^(output|return|use|is|do|need)_", name):
        return [{"value": False}]
    if "tuple[int" in note or "list[int" in note or "torch.size" in note:
        return [{"value": (2, length)}, {"value": (square, square)}]
    if note in ("int", "<class 'int'>") or re.search(r"length|_len$|offset|size$|^num_|_idx$|^layer|_step", name):
        return [{"value": length}, {"value": 0}, {"value": 2}]
    if re.search(r"token_type|segment", name):
        return [integers((2, LENGTH), 1)]
    if re.search(r"position_ids|positions?$", name):
        return [integers((2, LENGTH), LENGTH - 1), integers((LENGTH,), LENGTH - 1), floats((2, length, shape[-1]))]
    if re.search(r"^rel_|(position|pos)_bias$", name):
        heads = heads_of(model)
        return [floats((shape[0], heads, length, length)), floats((1, heads, length, length))]
    if re.search(r"class\w*_logits$", name):  # of as many queries as the first input has; targets of a few objects each
        return [floats((*shape[:2], CODES))]
    if re.search(r"class_labels?$", name):
        return [integers((shape[0], OBJECTS), CODES - 1), integers((shape[0],), 1)]
    if re.search(r"mask_labels?$", name):
        return [{**floats((shape[0], OBJECTS, *(shape[2:] if len(shape) == 4 else (8, 8)))), "some_zero": True}]
    if re.search(MASK, name) and not re.search("head|logits", name):
        shapes = [(2, 1, length, length), (2, 1, 1, length), (length, length)]
        additive = [{**floats(size), "some_zero": True} for size in shapes]  # some models ask of it where it is zero
        flags = [integers((2, length), 1), {"dtype": "bool", "shape": [2, length], "low": 0, "high": 1}]
        has_ids = any(re.search(IDS, p.name) for p in others)
        return [*flags, *additive] if has_ids else [*additive, *flags]
    if re.search(r"bbox|boxes", name):
        return [integers((2, LENGTH, 4), 20)]
    if re.search(IDS, name) or "longtensor" in note:
        return [integers((2, LENGTH), highest_id(model)), integers((2,), 1), floats(shape), integers((2, LENGTH, CODES), highest_id(model))]
    if re.search(r"past|cache|None", name):
        return [{"value": None}]
    same = [floats(shape)]
    for kind, width in widths(model, {"profile": PROFILES[0]})[:6]:
        other = (*shape[:-1], width) if kind == "linear" else (shape[0], width, *shape[2:])
        if kind != "embedding" and floats(other) not in same:
            same.append(floats(other))
    return [*same, {"value": None}, integers((2, LENGTH), highest_id(model))]


def first_parameters(model, parameters):
    """The parameters of forward that get a value: those without a default, otherwise the main input."""
    needed = required(parameters)
    main = getattr(type(model), "main_input_name", None)
    if needed:
        numbers = all(re.search(r"_idx$|^index$|^layer", p.name) for p in needed)
        firsts = [p for p in parameters if p.name == main] or parameters
        others = [p for p in firsts if p not in needed] or [p for p in parameters if p not in needed]
        return [*needed, *(others[:1] if numbers else [])]
    chosen = [p for p in parameters if p.name == main] or [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)][:1]
    more = [
        p
        for p in parameters
        if p.name in ("decoder_input_ids", "bbox", "pixel_values", "input_ids")
        and p not in chosen
        and (p.name == "decoder_input_ids" or main not in ("input_ids", None))
    ]
    return [*chosen, *[p for p in more if p.name != "input_ids"]]


def inputs(model, recipe, settings):
    """Lists of input specifications to try for a model."""
    from . import entry

    parameters = signature_of(model.forward)
    chosen = first_parameters(model, parameters)
    stars = [p for p in parameters if p.kind == p.VAR_POSITIONAL]
    given = {name: entry.parse_spec(f"{name}={value}") for name, value in settings.items() if name in {p.name for p in parameters}}
    if not chosen and stars:
        for shape in main_shapes(model, recipe, parameters):
            yield [{"name": None, **floats(shape)}]
        return
    if not chosen:
        yield []
        return
    takes_ids = any(isinstance(module, torch.nn.Embedding) for module in model.modules()) and bool(re.search(IDS, chosen[0].name))
    shapes = main_shapes(model, recipe, chosen)
    if takes_ids or re.search(IDS, chosen[0].name):
        shapes = [(2, LENGTH, recipe["profile"]["size"]), *shapes]
    embeddings_first = widths(model, recipe)[0][0] == "embedding" and not re.search(
        FLOAT_FIRST + "|" + MASK, chosen[0].name.replace("input_ids", "")
    )
    for shape in shapes:
        lists = []
        for number, parameter in enumerate(chosen):
            values = guesses(parameter, shape, model, chosen)
            if number == 0 and not re.search(IDS + "|" + MASK, parameter.name) and "dtype" in values[0]:
                values = [integers((2, LENGTH), highest_id(model)), floats(shape)] if embeddings_first else [floats(shape)]
            values = listed(parameter, values)
            lists.append([given[parameter.name]] if parameter.name in given else [{"name": parameter.name, **value} for value in values])
        for values in itertools.islice(by_distance(lists), 12):
            yield [*values, *[spec for name, spec in given.items() if name not in {value["name"] for value in values}]]


def hopeless(error):
    """Whether other inputs would not help."""
    return isinstance(error, (NotImplementedError, NameError, ImportError))


def has_forward(cls):
    """Whether a class can be called at all."""
    return cls.forward is not torch.nn.Module.forward


def resized(recipe, error):
    """Recipes whose inputs have a size that an error asks for in place of one that it complains about."""
    numbers = {int(number) for number in re.findall(r"(?<![\w.])\d{1,3}(?![\w.]\d)", str(error))}
    sizes = {size for spec in recipe["inputs"] for size in spec.get("shape", ())[1:]}
    for old, new in itertools.product(sorted(sizes & numbers), sorted(numbers - sizes)):
        if 1 < new <= LARGEST:
            yield with_sizes(recipe, {old: new})


def with_sizes(recipe, sizes):
    """A recipe whose inputs have other sizes, {old: new}, but for the first axis."""
    return {**recipe, "inputs": [resized_spec(spec, sizes) for spec in recipe["inputs"]]}


def resized_spec(spec, sizes):
    if "list" in spec:
        return {**spec, "list": [resized_spec(part, sizes) for part in spec["list"]]}
    if not spec.get("shape"):
        return spec
    return {**spec, "shape": [spec["shape"][0], *[sizes.get(size, size) for size in spec["shape"][1:]]]}


# ---- more runs, for lines that the first does not reach


def read_names(cls):
    """Names of configuration attributes and flags that the text of a class mentions."""
    try:
        text = inspect.getsource(cls)
    except (OSError, TypeError):
        return set()
    return set(re.findall(r"(?:config|cfg|args|self)\.(\w+)", text))


def read_from(module, name):
    """The attributes that the text of a module reads from what has this name."""
    try:
        text = inspect.getsource(module)
    except (OSError, TypeError):
        return set()
    found = re.findall(rf"\b{name}\.(\w+)|\b{name}\[['\"](\w+)|getattr\({name},\s*['\"](\w+)", text)
    return {word for words in found for word in words if word}


def variations(module, cls, model, recipe):
    """Recipes like one that runs, each with one thing changed: longer sequences, an optional input given, a flag turned."""
    yield longer(recipe)
    extra = optional_values(model, recipe)
    for name, values in extra.items():
        for value in values:
            yield {**recipe, "inputs": [*recipe["inputs"], {"name": name, **value}]}
    for changed in other_configurations(module, cls, model, recipe):
        yield changed
        for name in ("encoder_hidden_states", "attention_mask", "mask", "past_key_value"):
            for value in extra.get(name, [])[:2]:
                yield {**changed, "inputs": [*recipe["inputs"], {"name": name, **value}]}


def enlarged(recipe):
    """The same with longer sequences, and with larger images, which layers with strides make small."""
    yield longer(recipe)
    yield with_sizes(recipe, {LENGTH: 2 * LONGER, 8: 64, SQUARE: 64, 32: 64})


def longer(recipe):
    """The same with longer sequences: some models take another path for these."""
    return with_sizes(recipe, {LENGTH: LONGER})


def optional_values(model, recipe):
    """{name: values} for the inputs that a recipe leaves at their defaults."""
    parameters = signature_of(model.forward)
    given = {spec["name"] for spec in recipe["inputs"]}
    shape = next(
        (tuple(spec["shape"]) for spec in recipe["inputs"] if spec.get("dtype") == "float32"), (2, LENGTH, recipe["profile"]["size"])
    )
    extra = {}
    for parameter in parameters:
        if (
            parameter.name in given
            or parameter.default is parameter.empty
            or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        ):
            continue
        if isinstance(parameter.default, bool):
            extra[parameter.name] = [{"value": not parameter.default}]
        elif parameter.default is None and re.search(r"^(output_|use_cache|return_attn)", parameter.name):
            extra[parameter.name] = [{"value": True}]
        elif parameter.default is None:
            values = listed(parameter, guesses(parameter, shape, model, parameters))
            extra[parameter.name] = [value for value in values if value != {"value": None}][:4]
    return extra


def optional_inputs(model, recipe):
    """Optional inputs to give besides, one at a time."""
    for name, values in optional_values(model, recipe).items():
        for value in values[:2]:
            if "dtype" in value:
                yield {"name": name, **value}


def other_configurations(module, cls, model, recipe):
    names = read_names(cls)
    for key, argument in recipe["arguments"].items():
        if "config" in argument:
            config = materialise(module, argument)
            flags = {name: not value for name, value in vars(config).items() if isinstance(value, bool) and name in names}
            for name, value in flags.items():
                yield with_override(recipe, key, {name: value})
            if "position_embedding_type" in names:
                yield with_override(recipe, key, {"position_embedding_type": "relative_key_query"})
                yield with_override(recipe, key, {"position_embedding_type": "relative_key"})
            if hasattr(config, "is_decoder"):
                yield with_override(recipe, key, {"is_decoder": True, "add_cross_attention": True})
        elif isinstance(argument.get("value"), bool):
            yield {**recipe, "arguments": {**recipe["arguments"], key: {"value": not argument["value"]}}}
    for parameter in signature_of(cls.__init__):
        if isinstance(parameter.default, bool):
            yield {**recipe, "arguments": {**recipe["arguments"], parameter.name: {"value": not parameter.default}}}


def with_override(recipe, key, more):
    """A recipe with other attributes of the configuration that is its argument `key`."""
    argument = recipe["arguments"][key]
    if "probe" in argument:
        changed = {"probe": {**argument["probe"], "overrides": {**argument["probe"]["overrides"], **more}}}
    else:
        changed = {**argument, "overrides": {**argument["overrides"], **more}}
    return {**recipe, "arguments": {**recipe["arguments"], key: changed}}


def other_value(name, value, number):
    """Another value for a setting; None where there is none. No two rates of dropout get the same."""
    if isinstance(value, bool):
        return not value
    if value == 1 and re.fullmatch(r"(num_)?groups?|strides?|dilation", name):
        return 2
    if isinstance(value, str) and re.search(r"act|nonlinear", name):
        return "relu" if value != "relu" else "gelu"
    if not isinstance(value, float) or re.search(r"init|range|layer_?drop|path|jitter|noise|mask", name):
        return None
    if is_dropout(name):
        return round(0.2 + 0.05 * (number % 8), 2)
    if re.search(r"eps(ilon)?$", name):
        return 0.1
    return 1.25 * value or None


def other_values(module, cls, recipe, words):
    """[(argument, other value)], for configurations [(argument, {attribute: other value})], of the settings among some words."""
    changes = []
    for key, argument in recipe["arguments"].items():
        if "config" in argument or "probe" in argument:
            config = materialise(module, argument)
            asked = read_from(module, key) if "probe" in argument else set()
            names = sorted(name for name in words if name in vars(config) or name in asked and scalar(name, recipe["profile"])[1])
            others = [(name, other_value(name, getattr(config, name), number)) for number, name in enumerate(names)]
            changes += [(key, {name: value}) for name, value in others if value is not None]
    for number, parameter in enumerate(signature_of(cls.__init__)):
        argument = recipe["arguments"].get(parameter.name, {"value": parameter.default})
        value = other_value(parameter.name, argument["value"], number) if parameter.name in words and "value" in argument else None
        if value is not None:
            changes.append((parameter.name, value))
    return changes


def with_all(recipe, changes):
    """A recipe with other arguments: (name, value), or (name, {attribute: value}) of one that is a configuration."""
    for key, value in changes:
        if isinstance(value, dict):
            recipe = with_override(recipe, key, value)
        else:
            recipe = {**recipe, "arguments": {**recipe["arguments"], key: {"value": value}}}
    return recipe
