#!/usr/bin/env python3
"""Attention modules that `netwright optimize --select torch` rewrote, beside those that the library's own authors rewrote by hand.

usage: by_hand.py OLD NEW --old-python PYTHON --new-python PYTHON [--modules A,B] [--tokens N] [--runs N] [--results FILE] [--write]

OLD is the folder of transformers 4.35 (what holds models/), NEW that of a release whose attentions use PyTorch's fused operator (4.57);
each Python imports its own. One process for each side holds the module, with the same sizes and the same weights (those of the old one
are loaded strictly into the new one); they run by turns, in inference and in a training step without dropout, and what is compared is
the processor time of one thread, by the median of the ratios of neighbouring runs. Outputs must be the same, or the row says so.
Results are added to FILE as they come; --write puts the table into docs/figures-gains.md.
"""
import argparse
import importlib.util
import inspect
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from gains import BEGIN, PAGE, ROOT, machine, rewritten_text

BOUND = 1e-5
# module: (folder, class in the old release, class in the new one, configuration)
MODULES = {
    "bert": ("bert", "BertSelfAttention", "BertSdpaSelfAttention", "BertConfig"),
    "camembert": ("camembert", "CamembertSelfAttention", "CamembertSdpaSelfAttention", "CamembertConfig"),
    "roberta": ("roberta", "RobertaSelfAttention", "RobertaSdpaSelfAttention", "RobertaConfig"),
    "xlm_roberta": ("xlm_roberta", "XLMRobertaSelfAttention", "XLMRobertaSdpaSelfAttention", "XLMRobertaConfig"),
    "vit": ("vit", "ViTSelfAttention", "ViTSelfAttention", "ViTConfig"),
    "deit": ("deit", "DeiTSelfAttention", "DeiTSelfAttention", "DeiTConfig"),
    "beit": ("beit", "BeitSelfAttention", "BeitSdpaSelfAttention", "BeitConfig"),
    "dinov2": ("dinov2", "Dinov2SelfAttention", "Dinov2SelfAttention", "Dinov2Config"),
    "vit_msn": ("vit_msn", "ViTMSNSelfAttention", "ViTMSNSelfAttention", "ViTMSNConfig"),
    "vit_mae": ("vit_mae", "ViTMAESelfAttention", "ViTMAESelfAttention", "ViTMAEConfig"),
    "videomae": ("videomae", "VideoMAESelfAttention", "VideoMAESelfAttention", "VideoMAEConfig"),
    "ast": ("audio_spectrogram_transformer", "ASTSelfAttention", "ASTSelfAttention", "ASTConfig"),
    "yolos": ("yolos", "YolosSelfAttention", "YolosSelfAttention", "YolosConfig"),
    "vivit": ("vivit", "VivitSelfAttention", "VivitSelfAttention", "VivitConfig"),
    "bart": ("bart", "BartAttention", "BartAttention", "BartConfig"),
    "mbart": ("mbart", "MBartAttention", "MBartAttention", "MBartConfig"),
    "pegasus": ("pegasus", "PegasusAttention", "PegasusAttention", "PegasusConfig"),
    "marian": ("marian", "MarianAttention", "MarianAttention", "MarianConfig"),
    "plbart": ("plbart", "PLBartAttention", "PLBartAttention", "PLBartConfig"),
    "blenderbot": ("blenderbot", "BlenderbotAttention", "BlenderbotAttention", "BlenderbotConfig"),
    "m2m_100": ("m2m_100", "M2M100Attention", "M2M100Attention", "M2M100Config"),
    "musicgen": ("musicgen", "MusicgenAttention", "MusicgenAttention", "MusicgenDecoderConfig"),
    "biogpt": ("biogpt", "BioGptAttention", "BioGptAttention", "BioGptConfig"),
    "wav2vec2": ("wav2vec2", "Wav2Vec2Attention", "Wav2Vec2Attention", "Wav2Vec2Config"),
    "hubert": ("hubert", "HubertAttention", "HubertAttention", "HubertConfig"),
    "unispeech": ("unispeech", "UniSpeechAttention", "UniSpeechAttention", "UniSpeechConfig"),
    "clip": ("clip", "CLIPAttention", "CLIPAttention", "CLIPTextConfig"),
}


# ---- one side, in a process of its own ----

def source_of(models, folder, class_name):
    return next(path for path in sorted((models / folder).glob("modeling_*.py"))
                if f"class {class_name}(" in path.read_text(encoding="utf-8"))


def module_of(path, rewritten):
    """The module with the class, from the file or from its rewritten text."""
    name = f"transformers.models.{path.parent.name}.{path.stem}"
    if not rewritten:
        return importlib.import_module(name)
    text, found = rewritten_text(path)
    if not any(f["rule"] == "torch/sdpa" for f in found):
        raise SystemExit("nothing is rewritten")
    with tempfile.TemporaryDirectory() as place:
        target = pathlib.Path(place) / path.name
        target.write_bytes(text)
        spec = importlib.util.spec_from_file_location(name + "_rewritten", target)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    return module


def build(module, class_name, config):
    """An instance of the class, with what its constructor asks for taken from the configuration."""
    heads = next(getattr(config, n) for n in ("num_attention_heads", "encoder_attention_heads", "n_heads") if hasattr(config, n))
    known = {"config": config, "embed_dim": config.hidden_size, "num_heads": heads, "dropout": 0.0, "layer_idx": 0}
    cls = getattr(module, class_name)
    wanted = inspect.signature(cls.__init__).parameters
    return cls(**{name: value for name, value in known.items() if name in wanted})


def one_side(options):
    import torch
    import transformers

    torch.set_num_threads(1)
    folder, old_class, new_class, config_name = MODULES[options.one]
    class_name = old_class if options.side == "rewritten" else new_class
    config = getattr(transformers, config_name)()
    config._attn_implementation = "sdpa"
    module = module_of(source_of(options.models, folder, class_name), options.side == "rewritten")
    torch.manual_seed(0)
    model = build(module, class_name, config)
    if options.side == "rewritten":
        torch.save(model.state_dict(), options.state)
    else:
        model.load_state_dict(torch.load(options.state), strict=True)
    for part in model.modules():
        for name, value in list(vars(part).items()):
            if isinstance(value, float) and ("drop" in name or (name == "p" and "Dropout" in type(part).__name__)):
                setattr(part, name, 0.0)
    given = torch.randn(1, options.tokens, config.hidden_size, generator=torch.Generator().manual_seed(1))
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(model, given, line.strip())), flush=True)


def answer(model, given, order):
    """The seconds of one run, or the outputs' sums for the comparison."""
    import torch

    model.train(order == "training")
    if order == "outputs":
        with torch.no_grad():
            return model(hidden_states=given)[0].flatten().tolist()
    began = time.process_time()
    if order == "inference":
        with torch.no_grad():
            model(hidden_states=given)
    else:
        model(hidden_states=given)[0].square().mean().backward()
        for parameter in model.parameters():
            parameter.grad = None
    return time.process_time() - began


# ---- both sides, by turns ----

class Side:
    def __init__(self, options, name, side, state):
        python, models = (options.old_python, options.old) if side == "rewritten" else (options.new_python, options.new)
        command = [python, __file__, str(options.old), str(options.new), "--one", name, "--side", side, "--state", state, "--models", str(models / "models"),
                   "--tokens", str(options.tokens)]
        variables = {**os.environ, "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TRANSFORMERS_VERBOSITY": "error",
                     "PYTHONWARNINGS": "ignore", "PYTHONPATH": str(models.parent)}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=variables)
        self.hear()

    def hear(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("a side ended")
        return line

    def ask(self, order):
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return json.loads(self.hear())

    def close(self):
        self.process.kill()
        self.process.wait()


def compare(options, name, sides):
    import numpy as np

    outputs = [np.array(side.ask("outputs")) for side in sides]
    result = {"module": name, "tokens": options.tokens, "machine": machine(), "difference": float(abs(outputs[0] - outputs[1]).max() / abs(outputs[0]).max())}
    for mode in ("inference", "training"):
        times = ([], [])
        for turn in range(options.runs + 2):
            for side in (0, 1) if turn % 2 else (1, 0):
                seconds = sides[side].ask(mode)
                if turn >= 2:  # the first ones warm up
                    times[side].append(seconds)
        result[mode] = {"ratio": statistics.median(a / b for a, b in zip(*times)), "seconds": [statistics.median(t) for t in times]}
    return result


def measure(options):
    have = [json.loads(line)["module"] for line in options.results.read_text(encoding="utf-8").splitlines()] if options.results.exists() else []
    for name in options.modules.split(",") if options.modules else MODULES:
        if name in have:
            continue
        sides = []
        with tempfile.TemporaryDirectory() as place:
            try:
                sides.append(Side(options, name, "rewritten", os.path.join(place, "state.pt")))
                sides.append(Side(options, name, "hand", os.path.join(place, "state.pt")))
                result = compare(options, name, sides)
            except RuntimeError as error:
                print(f"{name}: {error}", file=sys.stderr)
                continue
            finally:
                for side in sides:
                    side.close()
        with options.results.open("a", encoding="utf-8") as out:
            out.write(json.dumps(result) + "\n")
        print(name, {key: result[key] for key in ("difference", "inference", "training")}, flush=True)


def section(results):
    """The part of the page behind its mark."""
    lines = [BEGIN, "## Beside hand work", "",
             "Written by `bench/by_hand.py`: attention modules of transformers 4.35.0 rewritten by `torch/sdpa`, beside the fused form that the library's authors wrote",
             f"by hand for 4.57, with the same weights and sizes, {results[0]['tokens']} positions, fp32, no mask, no dropout. The ratio is our processor time over theirs (one thread,",
             "median of the ratios of neighbouring runs): 1.00 is the same, below 1 is faster than by hand.", "",
             "| class | inference | training | largest difference of outputs |", "|---|---:|---:|---:|"]
    for r in sorted(results, key=lambda r: r["inference"]["ratio"]):
        difference = f"{r['difference']:.0e}" if r["difference"] else "none"
        lines.append(f"| {MODULES[r['module']][1]} | {r['inference']['ratio']:.2f} | {r['training']['ratio']:.2f} | {difference} |")
    means = [statistics.geometric_mean(r[mode]["ratio"] for r in results) for mode in ("inference", "training")]
    return "\n".join([*lines, f"| **geometric mean** | **{means[0]:.2f}** | **{means[1]:.2f}** |  |", "", f"Machine: {results[0]['machine']}."])


def write(options):
    results = [json.loads(line) for line in options.results.read_text(encoding="utf-8").splitlines()]
    page = PAGE.read_text(encoding="utf-8").partition(BEGIN)[0].rstrip()
    PAGE.write_text(page + "\n\n" + section([r for r in results if r["difference"] <= BOUND]) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=pathlib.Path)
    parser.add_argument("new", type=pathlib.Path)
    parser.add_argument("--old-python", default=sys.executable)
    parser.add_argument("--new-python", default=sys.executable)
    parser.add_argument("--modules")
    parser.add_argument("--tokens", type=int, default=512)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "build/by_hand.jsonl")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--state", help=argparse.SUPPRESS)
    parser.add_argument("--models", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.old, options.new = options.old.resolve(), options.new.resolve()
    if options.one:
        one_side(options)
    elif options.write:
        write(options)
    else:
        measure(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
