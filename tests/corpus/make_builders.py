#!/usr/bin/env python3
"""Makes builders.tsv: the models that the corpus run reads, from the installed packages themselves and from by_hand.tsv.

usage: make_builders.py [--packages REGEX]

Packages with many builders are enumerated by importing them (an input is the size that the package itself states); rows
that do not run are dropped later by record.py. Run it again when a package's version in tests/corpora.txt changes.
"""
import argparse
import importlib
import inspect
import multiprocessing
import pathlib
import pkgutil
import re
import sys
import warnings

import record
from torchvision_on_cpu import define_missing_operators

HERE = pathlib.Path(__file__).resolve().parent
MAX_AREA = 400 * 400


def in_child(function, *arguments):
    """Runs in a child that may crash or take memory; None when it fails."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(False)

    def target():
        sys.stdout = sys.stderr = open("/dev/null", "w")
        try:
            theirs.send(function(*arguments))
        except BaseException:
            theirs.send(None)

    process = fork.Process(target=target)
    process.start()
    theirs.close()
    answer = ours.recv() if ours.poll(120) else None
    process.kill()
    process.join()
    return answer


def file_of(module):
    path = module.__name__.replace(".", "/")
    return path + ("/__init__.py" if hasattr(module, "__path__") else ".py")


def modules_of(package):
    module = importlib.import_module(package)
    for item in pkgutil.iter_modules(module.__path__, package + "."):
        try:
            yield importlib.import_module(item.name)
        except Exception as error:
            print("not imported:", item.name, error, file=sys.stderr)


def own_functions(module):
    names = getattr(module, "__all__", None) or sorted(vars(module))
    found = [getattr(module, n, None) for n in names]
    return [f for f in found if inspect.isfunction(f) and f.__module__ == module.__name__ and not f.__name__.startswith(("_", "get_"))]


def spread(items, count):
    """At most `count` of the items, the first and the last among them."""
    if len(items) <= count:
        return items
    return [items[round(i * (len(items) - 1) / (count - 1))] for i in range(count)]


def pytorchcv_row(module, name):
    build = getattr(module, name)
    net = build()
    size = getattr(net, "in_size", None)
    channels = next((m.in_channels for m in net.modules() if hasattr(m, "kernel_size") and hasattr(m, "in_channels")), None)
    if size is None or channels is None:
        return None
    entry = f"{name}()"
    if size[0] * size[1] > MAX_AREA:
        size = (128, 256)
        entry = f"{name}(in_size=(128, 256))"
        build(in_size=size)
    return "pytorchcv", file_of(module), entry, f"f32[1,{channels},{size[0]},{size[1]}]"


def pytorchcv_rows():
    for module in modules_of("pytorchcv.models"):
        for function in spread(own_functions(module), 3):
            row = in_child(pytorchcv_row, module, function.__name__)
            if row:
                yield row


def timm_size(name):
    import timm
    import torch
    with torch.device("meta"):
        model = timm.create_model(name)
    return sum(p.numel() for p in model.parameters()), model.pretrained_cfg.get("input_size")


def timm_rows():
    import timm
    for module in modules_of("timm.models"):
        names = timm.list_models(module=module.__name__.rpartition(".")[2])
        sized = [(size[0], name, size[1]) for name in spread(names, 14) if (size := in_child(timm_size, name)) and size[1]]
        for _, name, shape in spread(sorted(sized)[:5], 2):
            yield "timm", file_of(module), f"{name}()", "f32[1,%d,%d,%d]" % tuple(shape)


def torchvision_rows():
    from torchvision import models
    by_module = {}
    for name in models.list_models():
        function = models.get_model_builder(name)
        by_module.setdefault(function.__module__, []).append(name)
    for module, names in by_module.items():
        size = "1,3,8,64,64" if ".video" in module else "1,3,64,64" if ".segmentation" in module else "1,3,224,224"
        if "inception" in module:
            size = "1,3,299,299"
        if "video" in module and ("mvit" in module or "swin" in module):
            size = "1,3,16,224,224"
        inputs = f"f32[{size}]"
        if "optical_flow" in module:
            inputs = "f32[1,3,128,128] f32[1,3,128,128]"
        options = ", weights_backbone=None" if ".segmentation" in module or ".detection" in module else ""
        for name in spread(names, 3):
            yield "torchvision", module.replace(".", "/") + ".py", f"{name}(weights=None{options})", inputs


def segmentation_rows():
    decoders = ["Unet", "UnetPlusPlus", "MAnet", "Linknet", "FPN", "PSPNet", "PAN", "DeepLabV3", "DeepLabV3Plus", "UPerNet"]
    encoders = ["resnet18", "mobilenet_v2", "efficientnet-b0", "densenet121", "vgg11", "mit_b0", "timm-regnetx_002", "xception"]
    modules = {"Unet": "unet", "UnetPlusPlus": "unetplusplus", "DeepLabV3Plus": "deeplabv3"}
    for i, decoder in enumerate(decoders):
        folder = modules.get(decoder, decoder.lower())
        for encoder in spread(encoders[i % 3:], 4):
            yield ("segmentation_models_pytorch", f"segmentation_models_pytorch/decoders/{folder}/model.py",
                   f'{decoder}("{encoder}", encoder_weights=None, classes=3)', "f32[2,3,64,64]")


def geffnet_rows():
    for module in ("gen_efficientnet", "mobilenetv3"):
        names = [f.__name__ for f in own_functions(importlib.import_module("geffnet." + module))]
        names = [n for n in names if not re.search(r"_(b[5-8]|l2|ap|ns|xxl)", n)]
        for name in spread(names, 18 if module[0] == "g" else 8):
            yield "geffnet", f"geffnet/{module}.py", f"{name}(pretrained=False)", "f32[1,3,224,224]"


VIT_ARGUMENTS = {
    "image_size": "32", "patch_size": "8", "num_classes": "7", "dim": "32", "depth": "2", "heads": "2", "mlp_dim": "48",
    "dim_head": "16", "seq_len": "32", "image_patch_size": "8", "frames": "4", "frame_patch_size": "2", "cls_depth": "1",
    "spatial_depth": "1", "temporal_depth": "1", "freq_patch_size": "8", "num_residual_streams": "2", "ndim": "2", "input_shape": "32",
}


def vit_rows():
    for module in modules_of("vit_pytorch"):
        for name, kind in vars(module).items():
            if not (inspect.isclass(kind) and kind.__module__ == module.__name__):
                continue
            known = inspect.signature(kind.__init__).parameters
            needed = [n for n, p in known.items() if p.default is p.empty and n != "self" and p.kind is not p.VAR_KEYWORD]
            if "num_classes" not in needed or any(n not in VIT_ARGUMENTS for n in needed):
                continue
            names = needed + [n for n in ("dim_head",) if n in known and n not in needed]
            inputs = "f32[1,3,32]" if "seq_len" in known else "f32[1,3,4,32,32]" if "frames" in known else "f32[1,3,32,32]"
            yield "vit_pytorch", file_of(module), f"{name}({', '.join(f'{n}={VIT_ARGUMENTS[n]}' for n in names)})", inputs


def by_hand():
    for row in record.read(HERE / "by_hand.tsv"):
        yield tuple(row[c] for c in record.BUILDER_COLUMNS)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages", default="", help="make only these again, keep the others' rows")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    keep = define_missing_operators()
    sources = {"pytorchcv": pytorchcv_rows, "torchvision": torchvision_rows, "timm": timm_rows, "geffnet": geffnet_rows,
               "segmentation_models_pytorch": segmentation_rows, "vit_pytorch": vit_rows, "by_hand": by_hand}
    table = HERE / "builders.tsv"
    old = [tuple(r.values()) for r in record.read(table)] if table.exists() else []
    hand = {r[0] for r in by_hand()}
    rows = []
    for name, source in sources.items():
        if re.search(options.packages, name):
            made = list(source())
            print(name, len(made), file=sys.stderr, flush=True)
        else:
            made = [r for r in old if (r[0] in hand if name == "by_hand" else r[0] == name)]
        rows += made
    record.write(table, record.BUILDER_COLUMNS, [dict(zip(record.BUILDER_COLUMNS, r)) for r in rows])
    print(len(rows), "builders;", "operators defined:", keep.ns)


if __name__ == "__main__":
    sys.exit(main())
