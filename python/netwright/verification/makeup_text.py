"""What was made up, in words."""


def shown(recipe):
    """{name: text} of what was made up."""
    found = {}
    for name, argument in recipe["arguments"].items():
        if "config" in argument:
            inner = ", ".join(f"{key}={value!r}" for key, value in sorted(argument["overrides"].items()))
            found[name] = f"{argument['config']}({inner})"
        elif "probe" in argument:
            inner = ", ".join(f"{key}={value!r}" for key, value in sorted(argument["probe"]["overrides"].items()))
            found[name] = f"an object with values by name (size {argument['probe']['profile']['size']}){' and ' + inner if inner else ''}"
        elif "value" in argument:
            found[name] = repr(argument["value"])
        else:
            found[name] = (
                argument.get("name") or argument.get("class") or f"{argument['call']}({', '.join(map(str, argument['arguments']))})"
            )
    for number, spec in enumerate(recipe["inputs"]):
        found[spec["name"] or f"input {number}"] = input_text(spec)
    return found


def input_text(spec):
    if "value" in spec:
        return repr(spec["value"])
    if "list" in spec:
        return f"[{', '.join(map(input_text, spec['list']))}]"
    limits = f"{{{spec['low']}..{spec['high']}}}" if spec["dtype"].startswith("int") else ""
    return f"{spec['dtype']}{spec['shape']}{limits}".replace(" ", "")
