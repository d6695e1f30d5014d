# JSON is read and written as Python's library does it, wrong texts included.
# entry: Net()
# input: f32[1,1]
import json

import torch.nn as nn


class Encoder(json.JSONEncoder):
    def default(self, o):
        return sorted(o) if isinstance(o, set) else super().default(o)


def refuses(text):
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return f"{error.msg} {error.lineno} {error.colno} {error.pos}"


SEEN = [json.loads('{"a": [1, -2.5e1, true, null], "b": {"c": "\\u00e9\\n\\/\\ud83d\\ude00"}}'), json.loads(" [ ] "), json.loads('"x"'), json.loads("[{}, {}]")]
SEEN += [refuses(text) for text in ("{bad", "", "{'a': 1}", "[1,]", "[1 2]", '{"a": 1,}', '{"a" 1}', "{1: 2}", "(1, 2)", "1 2", "[1", "\n01", '"a\nb"', "True", "[1][0]", '"\\x"')]
SEEN += [json.dumps({"b": [1, 2.0, None, True], "a": {"x": "é\"\t"}}, sort_keys=True), json.dumps([1, [2, {"k": []}], {}], indent=2), json.dumps((1, 2), separators=(",", ":"))]
SEEN += [json.dumps({1: "a", None: "b", True: "c", 2.5: "d"}), json.dumps({"s": {2, 1}}, cls=Encoder), json.dumps("é", ensure_ascii=False), json.dumps(float("inf"))]
SEEN += [json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)), json.loads('{"b": 1, "a": 2}', object_pairs_hook=list), json.loads("[1, 1.5]", parse_int=str, parse_float=str)]
try:
    json.dumps({"a": object})
except TypeError as error:
    SEEN.append(str(error))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i, seen in enumerate(SEEN):
            self.add_module(f"{i}_{seen!r}".replace(".", "_"), nn.Linear(1, i + 1))

    def forward(self, x):
        return x
