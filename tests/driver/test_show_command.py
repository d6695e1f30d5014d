"""`netwright show` as a command: exit statuses, formats, roots, files that cannot be read, statistics."""

import json
import xml.etree.ElementTree

import pytest

NET = """\
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.first = nn.Linear(4, width)
        self.second = nn.Linear(width, 2)

    def forward(self, x, flag: bool = False):
        h = self.first(x).relu()
        if flag:
            h = h * 2
        return self.second(h)

    @classmethod
    def small(cls):
        return cls(width=3)


model = Net(5)
"""


@pytest.fixture
def net(tmp_path):
    path = tmp_path / "net.py"
    path.write_text(NET)
    return path


def shown(netwright, *arguments):
    done = netwright("show", "--format", "json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("entry, parameters", [("Net()", 58), ("Net(width=3)", 23), ("Net.small()", 23), ("model", 37), ("net.py:Net(1)", 9),
                                               ("net:Net(1)", 9), ("Net", 58)])
def test_entries(netwright, net, entry, parameters):
    status, said = shown(netwright, "--entry", entry, "--input", "f32[7,4]", net)
    assert (status, said["parameters"], said["outputs"][0]["shape"]) == (0, parameters, [7, 2])
    assert [row["path"] for row in said["layers"] if row["path"]] == ["first", "second"]
    assert said["layers"][0] == {"path": "first", "class": "torch.nn.Linear", "arguments": said["layers"][0]["arguments"],
                                 "output": [7, said["state"][0]["shape"][0]], "parameters": 5 * said["state"][0]["shape"][0],
                                 "file": str(net), "line": 7}


def test_constructor_arguments_have_names(netwright, net):
    _, said = shown(netwright, "--entry", "Net(6)", "--input", "f32[1,4]", net)
    assert said["layers"][0]["arguments"] == {"in_features": 4, "out_features": 6}


def test_names_in_an_entry_may_be_absolute(netwright, tmp_path):
    (tmp_path / "net.py").write_text("class Pair:\n    pass\n")
    status, said = shown(netwright, "--entry", "net.py:torch.nn.Sequential(torch.nn.Linear(2, 3))", "--input", "f32[1,2]", "--root", tmp_path,
                         tmp_path / "net.py")
    assert (status, said["parameters"]) == (0, 9)


def test_an_unknown_size_is_null(netwright, net):
    _, said = shown(netwright, "--entry", "Net()", "--input", "x=f32[?,4]", net)
    assert said["outputs"] == [{"name": "0", "dtype": "f32", "shape": [None, 2]}]
    assert said["unknown"] == []


def test_what_the_program_raises_is_said_with_its_line(netwright, net):
    status, said = shown(netwright, "--entry", "Net()", "--input", "f32[7,5]", net)
    assert status == 1
    assert [(row["reason"], row["line"]) for row in said["unknown"]] == [("NW0209", 11)]
    assert "RuntimeError" in said["unknown"][0]["message"]


@pytest.mark.parametrize("arguments", [["--entry", "Nothing()"], ["--entry", "Net("], ["--entry", "nowhere:Net()"], ["--format", "yaml"],
                                       ["--entry", "Net()", "--input", "q32[1]"], ["--entry", "Net()", "--input", "f32[1,a]"],
                                       ["--input", "f32[1]"], ["--dump", "everything"], ["--max-file-size", "much"]])
def test_wrong_usage_is_2_with_a_message(netwright, net, arguments):
    done = netwright("show", *arguments, net)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()


@pytest.mark.parametrize("form", ["buml", "nn"])
def test_formats_of_later_versions_say_so(netwright, net, form):
    done = netwright("show", "--format", form, net)
    assert done.returncode == 2
    assert "not yet" in done.stderr


def test_open_mode_gives_each_class_with_guards(netwright, net):
    _, said = shown(netwright, net)
    [one] = said["classes"]
    assert one["class"].endswith("Net") and one["line"] == 4
    guards = [row.get("guard") for row in one["layers"]]
    assert guards.count("flag") == 1 and guards.count(None) == 3
    assert [row["shape"] for row in one["state"]] == [["width", 4], ["width"], [2, "width"], [2]]


def test_one_class_alone(netwright, tmp_path):
    (tmp_path / "two.py").write_text(NET + "\n\nclass Other(Net):\n    pass\n")
    _, said = shown(netwright, f"{tmp_path / 'two.py'}:Other")
    assert [one["class"].split(".")[-1] for one in said["classes"]] == ["Other"]


def test_the_same_output_for_any_number_of_threads(netwright, tmp_path):
    for i in range(6):
        (tmp_path / f"m{i}.py").write_text(NET.replace("Net", f"Net{i}"))
    outputs = {netwright("show", "--format", "json", "-j", str(n), tmp_path).stdout for n in (1, 2, 6)}
    assert len(outputs) == 1
    assert len(json.loads(outputs.pop())["classes"]) == 6


def test_a_broken_file_stops_no_other(netwright, tmp_path):
    (tmp_path / "a.py").write_bytes(b"x = 1\0\n")
    (tmp_path / "b.py").write_text(NET)
    done = netwright("show", "--format", "json", tmp_path)
    assert done.returncode == 2
    assert "NW0103" in done.stderr
    assert len(json.loads(done.stdout)["classes"]) == 1


def test_ignored_files_are_left_out_unless_named(netwright, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("gen_*.py\n!gen_kept.py\n")
    (tmp_path / "pyproject.toml").write_text("[tool.netwright]\nexclude = [\n  'old/',  # history\n]\n")
    (tmp_path / "old").mkdir()
    for name in ("gen_a.py", "gen_kept.py", "old/net.py", "net.py"):
        (tmp_path / name).write_text(NET)
    _, said = shown(netwright, tmp_path)
    assert sorted(one["file"].split("/")[-1] for one in said["classes"]) == ["gen_kept.py", "net.py"]
    _, said = shown(netwright, tmp_path / "gen_a.py")
    assert len(said["classes"]) == 1


def test_statistics(netwright, net, tmp_path):
    stats = tmp_path / "stats.json"
    netwright("show", "--stats", stats, net)
    said = json.loads(stats.read_text())
    assert (said["files"], said["models"], said["bytes"]) == (1, 1, len(NET))
    assert said["calls"]["resolved"] >= 6 and said["calls"]["unresolved"] == 0


def test_pictures_and_the_papers_language(netwright, net):
    arguments = ["--entry", "Net()", "--input", "f32[7,4]", net]
    picture = xml.etree.ElementTree.fromstring(netwright("show", "--format", "svg", *arguments).stdout)
    assert picture.tag.endswith("svg") and "first" in "".join(picture.itertext())
    assert "step0 -> step1;" in netwright("show", "--format", "dot", *arguments).stdout
    dsl = netwright("show", "--format", "dsl", *arguments).stdout
    assert "torch.nn.Linear(in_features=4, out_features=8) -> first;" in dsl
    assert "torch.nn.Linear(x) -> temp_1;" in dsl
    text = netwright("show", *arguments).stdout
    assert "parameters: 58" in text and "net.py:7" in text


def test_paths_for_people(netwright, net):
    lines = netwright("show", "--paths", net).stdout.splitlines()
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["flag", "not flag"]


def test_every_verb_has_help(netwright):
    usage = netwright("--help").stdout
    for verb in ("show", "rules", "migrate"):
        assert verb in usage
        done = netwright("help", verb)
        assert (done.returncode, done.stderr) == (0, "") and f"usage: netwright {verb}" in done.stdout
        assert netwright(verb, "--help").stdout == done.stdout


@pytest.mark.parametrize("verb", ["lsp"])
def test_verbs_of_later_versions_say_so(netwright, verb):
    done = netwright(verb, "x")
    assert done.returncode == 2
    assert "not yet" in done.stderr


@pytest.mark.parametrize("verb", [["show"], ["migrate", "--to", "keras"]], ids=["show", "migrate"])
@pytest.mark.parametrize("entry", ["Net()", "net:Net()"])
def test_an_entry_in_a_file_that_cannot_be_read(netwright, tmp_path, verb, entry):
    """The file is named, not a name that would be missing."""
    (tmp_path / "net.py").write_text("import torch\n\n\nclass Net(torch.nn.Module):\n    def forward(self, x):\n        return x\n# \0\n")
    done = netwright(*verb, "--entry", entry, "--input", "f32[2]", "--root", ".", "net.py", cwd=tmp_path)
    assert done.returncode == 2 and "its file net.py cannot be read: has NUL bytes" in done.stderr, done.stderr
