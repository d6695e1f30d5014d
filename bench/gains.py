#!/usr/bin/env python3
"""Whole models of transformers before and after `netwright optimize --select torch --unsafe`: time and peak memory.

usage: gains.py TRANSFORMERS [--models A,B] [--long] [--repeat N] [--seconds S] [--results FILE] [--write]

TRANSFORMERS is the folder of an installed transformers package of release 4.35 (what holds models/); the Python that runs this script
has PyTorch and what that package needs. Each model is built from its default configuration, cut to two layers, once from the file as it is and
once from the rewritten one, with the same weights. Both sides run by turns in one process, original, rewritten, original, ..., in
inference, in a training step (forward, backward) and in one with all dropout at 0. What is measured is processor time of one thread, so that
other work on the machine says little; medians. Peak memory is that of a second process. Results are added to FILE (JSON, one object on
each line) as they come; what is there already is not measured again. --long takes the models that allow 2,048 tokens. --write makes
docs/figures-gains.md from FILE.
"""
import argparse
import importlib
import importlib.util
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build/netwright"))
PAGE = ROOT / "docs/figures-gains.md"
BEGIN = "<!-- by hand -->"  # on the page: from here on by_hand.py writes
LEFT_OUT = "torch/qkv,torch/conv-batchnorm-fold"  # other parameter names; inference alone
LAYERS = ("num_hidden_layers", "n_layer", "n_layers", "num_layers", "encoder_layers", "decoder_layers", "num_decoder_layers", "num_hidden_groups")
TOKENS, LONG = 512, 2048
PAYS_FROM = 256  # positions, as torch/sdpa says
TRAINED_BIAS = {"t5", "mt5"}  # PyTorch's fused path on a CPU has no gradient for an added mask

# model: (file's folder, model class, configuration class, kind of input, more of the configuration)
TEXT, PAIR, IMAGE, AUDIO = "text", "pair", "image", "audio"
MODES = ("inference", "training", "training without dropout")
MODELS = {
    "bert": ("bert", "BertModel", "BertConfig", TEXT, {}),
    "roberta": ("roberta", "RobertaModel", "RobertaConfig", TEXT, {"max_position_embeddings": 514}),
    "electra": ("electra", "ElectraModel", "ElectraConfig", TEXT, {}),
    "camembert": ("camembert", "CamembertModel", "CamembertConfig", TEXT, {"max_position_embeddings": 514}),
    "distilbert": ("distilbert", "DistilBertModel", "DistilBertConfig", TEXT, {}),
    "albert": ("albert", "AlbertModel", "AlbertConfig", TEXT, {"hidden_size": 768, "num_attention_heads": 12, "intermediate_size": 3072}),
    "mobilebert": ("mobilebert", "MobileBertModel", "MobileBertConfig", TEXT, {}),
    "megatron_bert": ("megatron_bert", "MegatronBertModel", "MegatronBertConfig", TEXT, {}),
    "mpnet": ("mpnet", "MPNetModel", "MPNetConfig", TEXT, {"max_position_embeddings": 514}),
    "ernie": ("ernie", "ErnieModel", "ErnieConfig", TEXT, {}),
    "layoutlm": ("layoutlm", "LayoutLMModel", "LayoutLMConfig", TEXT, {}),
    "splinter": ("splinter", "SplinterModel", "SplinterConfig", TEXT, {}),
    "nystromformer": ("nystromformer", "NystromformerModel", "NystromformerConfig", TEXT, {}),
    "data2vec_text": ("data2vec", "Data2VecTextModel", "Data2VecTextConfig", TEXT, {"max_position_embeddings": 514}),
    "xlm": ("xlm", "XLMModel", "XLMConfig", TEXT, {"emb_dim": 1024, "n_heads": 8}),
    "flaubert": ("flaubert", "FlaubertModel", "FlaubertConfig", TEXT, {"emb_dim": 1024, "n_heads": 8}),
    "gpt2": ("gpt2", "GPT2Model", "GPT2Config", TEXT, {}),
    "openai": ("openai", "OpenAIGPTModel", "OpenAIGPTConfig", TEXT, {}),
    "gpt_neo": ("gpt_neo", "GPTNeoModel", "GPTNeoConfig", TEXT, {"attention_types": [[["global", "local"], 1]]}),
    "gpt_neox": ("gpt_neox", "GPTNeoXModel", "GPTNeoXConfig", TEXT, {"hidden_size": 1024, "num_attention_heads": 16, "intermediate_size": 4096}),
    "bloom": ("bloom", "BloomModel", "BloomConfig", TEXT, {"hidden_size": 1024, "n_head": 16}),
    "opt": ("opt", "OPTModel", "OPTConfig", TEXT, {}),
    "llama": ("llama", "LlamaModel", "LlamaConfig", TEXT, {"num_hidden_layers": 1}),
    "codegen": ("codegen", "CodeGenModel", "CodeGenConfig", TEXT, {"n_embd": 1024, "n_head": 16, "rotary_dim": 32}),
    "biogpt": ("biogpt", "BioGptModel", "BioGptConfig", TEXT, {}),
    "xglm": ("xglm", "XGLMModel", "XGLMConfig", TEXT, {}),
    "t5": ("t5", "T5Model", "T5Config", PAIR, {}),
    "mt5": ("mt5", "MT5Model", "MT5Config", PAIR, {}),
    "bart": ("bart", "BartModel", "BartConfig", PAIR, {}),
    "mbart": ("mbart", "MBartModel", "MBartConfig", PAIR, {}),
    "pegasus": ("pegasus", "PegasusModel", "PegasusConfig", PAIR, {}),
    "marian": ("marian", "MarianModel", "MarianConfig", PAIR, {}),
    "blenderbot_small": ("blenderbot_small", "BlenderbotSmallModel", "BlenderbotSmallConfig", PAIR, {}),
    "plbart": ("plbart", "PLBartModel", "PLBartConfig", PAIR, {}),
    "vit": ("vit", "ViTModel", "ViTConfig", IMAGE, {}),
    "deit": ("deit", "DeiTModel", "DeiTConfig", IMAGE, {}),
    "beit": ("beit", "BeitModel", "BeitConfig", IMAGE, {}),
    "vit_mae": ("vit_mae", "ViTMAEModel", "ViTMAEConfig", IMAGE, {}),
    "vit_msn": ("vit_msn", "ViTMSNModel", "ViTMSNConfig", IMAGE, {}),
    "dinov2": ("dinov2", "Dinov2Model", "Dinov2Config", IMAGE, {}),
    "yolos": ("yolos", "YolosModel", "YolosConfig", IMAGE, {}),
    "clip_vision": ("clip", "CLIPVisionModel", "CLIPVisionConfig", IMAGE, {}),
    "blip_vision": ("blip", "BlipVisionModel", "BlipVisionConfig", IMAGE, {}),
    "wav2vec2": ("wav2vec2", "Wav2Vec2Model", "Wav2Vec2Config", AUDIO, {}),
    "hubert": ("hubert", "HubertModel", "HubertConfig", AUDIO, {}),
    "unispeech": ("unispeech", "UniSpeechModel", "UniSpeechConfig", AUDIO, {}),
}
LONG_MODELS = {
    "llama": {}, "gpt_neox": {}, "bloom": {}, "opt": {}, "xglm": {}, "codegen": {}, "gpt_neo": {}, "t5": {}, "mt5": {}, "mpt": {},
    "bert": {"max_position_embeddings": LONG}, "roberta": {"max_position_embeddings": LONG + 2}, "gpt2": {"n_positions": LONG},
    "bart": {"max_position_embeddings": LONG}, "biogpt": {"max_position_embeddings": LONG},
}


# ---- one model, in a process of its own ----

def rewritten_text(file):
    """The file's text with the edits of all applicable findings, and which rules these are of."""
    command = [NETWRIGHT, "optimize", "--select", "torch", "--ignore", LEFT_OUT, "--unsafe", "--format", "json", "--no-cache", str(file)]
    found = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["findings"]
    found = [f for f in found if f["status"] == "applicable"]
    text = file.read_bytes()
    for start, end, new in sorted({(e["start"], e["end"], e["text"]) for f in found for e in f["edits"]}, reverse=True):
        text = text[:start] + new.encode() + text[end:]
    return text, found


def build_two(options, folder, class_name, config_name, extra):
    """The model from the file and from the rewritten one, with one set of weights."""
    import torch
    import transformers

    file = options.transformers / "models" / folder / f"modeling_{folder}.py"
    file = file if file.exists() else next(p for p in file.parent.glob("modeling_*.py") if f"class {class_name}(" in p.read_text(encoding="utf-8"))
    folder_name = file.stem.removeprefix("modeling_")
    text, found = rewritten_text(file)
    config_class = getattr(transformers, config_name)
    base = config_class()
    depth = {n: 2 for n in LAYERS if isinstance(getattr(base, n, None), int) and getattr(base, n) > 2 and n not in getattr(base, "attribute_map", {})
             and not isinstance(getattr(config_class, n, None), property)}
    config = config_class(**{**depth, **extra})
    original = importlib.import_module(f"transformers.models.{folder}.modeling_{folder_name}")
    with tempfile.TemporaryDirectory() as place:
        name = f"transformers.models.{folder}.modeling_{folder_name}_rewritten"
        target = pathlib.Path(place) / f"{folder_name}.py"
        target.write_bytes(text)
        spec = importlib.util.spec_from_file_location(name, target)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    torch.manual_seed(0)
    models = [getattr(original, class_name)(config)]
    models.append(getattr(module, class_name)(config))
    models[1].load_state_dict(models[0].state_dict(), strict=True, assign=True)
    for own, other in zip(models[0].parameters(), models[1].parameters()):
        other.requires_grad_(own.requires_grad)
    return config, models, found


def inputs_of(kind, config, tokens):
    import torch

    torch.manual_seed(1)
    if kind in (TEXT, PAIR):
        ids = torch.randint(10, 1000, (1, tokens))
        given = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        return {**given, "decoder_input_ids": ids.clone()} if kind == PAIR else given
    if kind == AUDIO:
        return {"input_values": torch.randn(1, 163840)}
    size = config.image_size if isinstance(config.image_size, (tuple, list)) else (config.image_size, config.image_size)
    return {"pixel_values": torch.randn(1 if size[0] > 300 else 4, 3, *size)}


def one_run(model, given, training):
    import torch

    torch.manual_seed(2)
    if not training:
        with torch.no_grad():
            return model(**given)[0]
    out = model(**given)[0]
    out.square().mean().backward()
    for parameter in model.parameters():
        parameter.grad = None
    return out.detach()


def prepare(model, mode):
    model.train(mode != "inference")
    if mode != "training without dropout":
        return
    for module in model.modules():
        for name, value in list(vars(module).items()):
            if isinstance(value, float) and ("drop" in name or (name == "p" and "Dropout" in type(module).__name__)):
                setattr(module, name, 0.0)


def measure_time(models, given, mode, repeat, seconds):
    """Medians of runs by turns, and the median of the ratios of neighbours."""
    for model in models:
        prepare(model, mode)
        one_run(model, given, model.training)
    times, began = ([], []), time.monotonic()
    for turn in range(repeat):
        for side in (0, 1) if turn % 2 == 0 else (1, 0):
            started = time.process_time()
            one_run(models[side], given, models[side].training)
            times[side].append(time.process_time() - started)
        if turn >= 4 and time.monotonic() - began > seconds:
            break
    ratios = [a / b for a, b in zip(*times)]
    return {"seconds": [statistics.median(t) for t in times], "ratio": statistics.median(ratios), "runs": len(ratios)}


def peak(name):
    for line in pathlib.Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def measure_memory(models, given, mode):
    """MB above what the process held before, at the peak, of each side."""
    found = []
    for model in models:
        prepare(model, mode)
        one_run(model, given, model.training)  # what is allocated once
        pathlib.Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before = peak("VmRSS")
        one_run(model, given, model.training)
        found.append(peak("VmHWM") - before)
    return found


def measure_one(options):
    import torch

    sys.path.insert(0, str(options.transformers.parent))
    torch.set_num_threads(1)
    folder, class_name, config_name, kind, extra = MODELS[options.one]
    extra = {**extra, **(LONG_MODELS.get(options.one, {}) if options.long else {})}
    config, models, found = build_two(options, folder, class_name, config_name, extra)
    given = inputs_of(kind, config, LONG if options.long else TOKENS)
    result = {"model": options.one, "class": class_name, "kind": kind, "tokens": LONG if options.long else TOKENS if kind in (TEXT, PAIR) else 0,
              "rules": sorted({f["rule"] for f in found})}
    if options.memory:
        result["memory"] = {mode: measure_memory(models, given, mode) for mode in MODES}
    else:
        for model in models:
            model.eval()
        first, second = (one_run(model, given, False) for model in models)
        result["difference"] = float((first - second).abs().max() / first.abs().max())
        result["drops"] = any(getattr(config, name, 0) for name in ("attention_probs_dropout_prob", "attn_pdrop", "attention_dropout", "dropout_rate"))
        result["positions"] = int(first.shape[1]) if first.dim() == 3 else 0
        result["time"] = {mode: measure_time(models, given, mode, options.repeat, options.seconds) for mode in MODES}
    print(json.dumps(result))


# ---- all of them ----

def child(options, model, memory):
    command = [sys.executable, __file__, str(options.transformers), "--one", model, "--repeat", str(options.repeat), "--seconds", str(options.seconds),
               *(["--long"] if options.long else []), *(["--memory"] if memory else [])]
    variables = {**os.environ, "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
                 "TRANSFORMERS_VERBOSITY": "error", "PYTHONWARNINGS": "ignore"}
    if memory:
        variables["MALLOC_MMAP_THRESHOLD_"] = "65536"  # what is freed goes back at once
    done = subprocess.run(command, capture_output=True, env=variables, check=False, text=True)
    if done.returncode:
        print(f"{model}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def machine():
    import torch

    name = platform.processor() or platform.machine()
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            name = line.split(":")[1].strip()
            break
    return f"{name}, {os.cpu_count()} cores (one thread used), torch {torch.__version__}, fp32"


def known(options):
    if not options.results.exists():
        return []
    return [json.loads(line) for line in options.results.read_text(encoding="utf-8").splitlines()]


def measure_all(options):
    tokens = LONG if options.long else TOKENS
    have = {(r["model"], r["long"]) for r in known(options)}
    names = options.models.split(",") if options.models else [m for m in MODELS if not options.long or m in LONG_MODELS]
    for model in names:
        if (model, options.long) in have:
            continue
        result = child(options, model, memory=False)
        if not result or not result["rules"]:
            print(f"{model}: {'nothing is rewritten' if result else 'failed'}", file=sys.stderr)
            continue
        memory = child(options, model, memory=True)
        result.update(memory=memory["memory"] if memory else None, long=options.long, machine=machine())
        with options.results.open("a", encoding="utf-8") as out:
            out.write(json.dumps(result) + "\n")
        shown = {mode: round(result["time"][mode]["ratio"], 3) for mode in result["time"]}
        print(f"{model} at {tokens}: {shown} {result['rules']}", flush=True)


# ---- the page ----

def pays(result, mode):
    """Where torch/sdpa says that it pays: from so many positions on, and on a CPU neither with dropout on the weights nor with a trained bias."""
    if "torch/sdpa" not in result["rules"]:
        return True
    trains = mode != "inference"
    return result["positions"] >= PAYS_FROM and not (mode == "training" and result["drops"]) and not (trains and result["model"] in TRAINED_BIAS)


def ratio_cell(result, mode):
    ratio = result["time"][mode]["ratio"]
    return f"{ratio:.2f}" if pays(result, mode) else f"({ratio:.2f})"


def memory_cell(result, mode):
    if not result["memory"]:
        return ""
    before, after = result["memory"][mode]
    return f"{before:.0f} → {after:.0f}"


def means(results, gate):
    """Geometric means; with the gate, what it leaves alone counts as 1."""
    return [statistics.geometric_mean([r["time"][mode]["ratio"] if not gate or pays(r, mode) else 1.0 for r in results]) for mode in MODES]


def table(results):
    lines = ["| model | positions | rules | inference | training | training without dropout | MB, inference | MB, training without dropout |",
             "|---|---:|---|---:|---:|---:|---:|---:|"]
    for r in sorted(results, key=lambda r: -r["time"]["inference"]["ratio"]):
        cells = [r["class"], r["positions"], ", ".join(r["rules"]), *(ratio_cell(r, m) for m in MODES), memory_cell(r, "inference"), memory_cell(r, MODES[2])]
        lines.append("| " + " | ".join(str(c) for c in cells) + " |")
    for name, gate in (("geometric mean", False), ("geometric mean, what the rules leave alone as 1", True)):
        lines.append(f"| **{name}** |  |  | " + " | ".join(f"**{m:.2f}**" for m in means(results, gate)) + " |  |  |")
    return lines


def page(results):
    short, long = ([r for r in results if r["long"] == flag] for flag in (False, True))
    lines = ["# What the rewrites gain", "",
             "Written by `bench/gains.py TRANSFORMERS --write` (`make gains`): whole models of transformers 4.35.0, default configurations cut to two layers (Llama: one; the",
             "largest ones also in width, see the script), before and after `netwright optimize --select torch --unsafe` without `torch/qkv` and `torch/conv-batchnorm-fold`.",
             "Both sides share their weights and run by turns in one process; what is compared is the processor time of one thread, in inference, in a training step (forward and",
             "backward) and in one with all dropout at 0. Numbers above 1 are gains: the time before over the time after, the median of the ratios of neighbouring runs.",
             "In parentheses: what the rule itself says does not pay (fewer positions than it asks for; on a CPU also training with dropout on the weights or with a trained",
             "bias, for which PyTorch has no fused path). Memory is the peak above what the process held before, before → after, in MB.",
             "Without `--unsafe` the old code stays under a test where the new one would differ: training with dropout on the weights is then as before, and so is attention",
             "whose mask may hide whole rows by minus infinity, or whose softmax was taken in float32 on purpose, in half precision.", "",
             f"Machine: {results[0]['machine']}. Other work ran on it at the same time.", "",
             f"## {TOKENS} tokens, images at their native size, ten seconds of sound", "", *table(short)]
    if long:
        lines += ["", f"## {LONG:,} tokens", "", *table(long)]
    worst = max(r["difference"] for r in results)
    lines += ["", f"The largest difference of any output, against the largest of its values: {worst:.1e}."]
    return "\n".join(lines) + "\n"


def part_by_hand():
    """What by_hand.py wrote into the page, which stays."""
    _, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return "\n" + begin + rest if begin else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transformers", type=pathlib.Path)
    parser.add_argument("--models")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--repeat", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "build/gains.jsonl")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.transformers = options.transformers.resolve()
    if options.one:
        measure_one(options)
    elif options.write:
        PAGE.write_text(page(known(options)) + part_by_hand(), encoding="utf-8")
    else:
        measure_all(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
