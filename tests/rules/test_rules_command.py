"""netwright rules: list, explain, lint, test; what they print and the exit statuses."""

import json

GOOD = '''rule t/relu {
  summary "clamp by relu"
  requires torch { torch.relu }
  safety safe
  state same
  forward { torch.clamp($x, min=0) -> $y => torch.relu($x) -> $y }
  example "one" {
    before ```
      import torch
      y = torch.clamp(x, min=0)
    ```
    after ```
      import torch
      y = torch.relu(x)
    ```
  }
  nochange "another bound" ```
    import torch
    y = torch.clamp(x, min=1)
  ```
  numeric { $x : randn(3); rtol 1e-5 }
}
'''


def write(folder, text, name="t.rule"):
    path = folder / name
    path.write_text(text)
    return path


def test_list_has_every_rule_of_every_pack(netwright, root):
    done = netwright("rules", "list")
    assert (done.returncode, done.stderr) == (0, "")
    files = sorted(f"{path.parent.name}/{path.stem}" for path in (root / "rules").glob("*/*.rule"))
    assert [line.split()[0] for line in done.stdout.splitlines()] == files


def test_list_as_json(netwright):
    rules = {rule["id"]: rule for rule in json.loads(netwright("rules", "list", "--format", "json").stdout)["rules"]}
    softmax = rules["adopter/softmax"]
    assert (softmax["safety"], softmax["requires"]) == ("safe", ["xformers<0.0.27"])
    assert rules["adopter/qkv"]["safety"] == "unsafe" and "state names" in rules["adopter/qkv"]["reason"]


def test_explain_says_what_a_rule_needs_and_refuses(netwright):
    done = netwright("rules", "explain", "adopter/dropout-add-layernorm")
    assert (done.returncode, done.stderr) == (0, "")
    parts = ["unsafe: the state names change", "epoi >= 0.1", "the module `$dropout` is called only here", "one dropout for two places"]
    for part in parts:
        assert part in done.stdout, part


def test_explain_takes_packs(netwright):
    text = netwright("rules", "explain", "torch").stdout
    assert "torch/sdpa: " in text and "torch/dead-kernels: " in text and "adopter/" not in text


def test_explain_knows_no_such_rule(netwright):
    done = netwright("rules", "explain", "adopter/sofmax")
    assert (done.returncode, done.stdout) == (2, "")
    assert "adopter/sofmax" in done.stderr


def test_lint_is_silent_about_a_good_file(netwright, tmp_path):
    done = netwright("rules", "lint", write(tmp_path, GOOD))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_lint_names_place_fault_and_remedy(netwright, tmp_path):
    path = write(tmp_path, GOOD.replace("torch.relu($x) -> $y }", "torch.relu($z) -> $y }"))
    done = netwright("rules", "lint", path)
    assert done.returncode == 1
    assert done.stdout == (f"{path}:6:57: error NW0333: `$z` is used but nothing binds it\n"
                           "    Bind it on the left side, or correct the name.\n")


def test_lint_warns_of_a_name_that_the_catalog_does_not_have(netwright, tmp_path):
    done = netwright("rules", "lint", write(tmp_path, GOOD.replace("{ torch.clamp(", "{ torch.clmap(")))
    assert done.returncode == 1 and "NW0364" in done.stdout and "torch.clmap" in done.stdout


def test_lint_lists_what_is_unsound_in_legacy_rules(netwright, root):
    done = netwright("rules", "lint", root / "rules/adopter-legacy/linear-gelu.rule")
    assert done.returncode == 1
    for code in ("NW0370", "NW0371", "NW0372", "NW0373", "NW0375"):
        assert code in done.stdout, code


def test_the_packs_need_nothing_but_their_examples(netwright, root):
    for pack in ("adopter", "torch"):
        done = netwright("rules", "lint", *sorted((root / "rules" / pack).glob("*.rule")))
        assert done.returncode == 0, done.stdout


def test_a_missing_file_is_unreadable_input(netwright, tmp_path):
    done = netwright("rules", "lint", tmp_path / "no.rule")
    assert done.returncode == 2 and "no.rule" in done.stderr


def test_wrong_usage(netwright):
    for arguments in ((), ("frobnicate",), ("explain",), ("list", "--format", "xml"), ("lint", "adopter"), ("learn", "a", "b")):
        done = netwright("rules", *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert done.stderr


def test_examples_must_be_python(netwright, tmp_path):
    path = write(tmp_path, GOOD.replace("y = torch.relu(x)", "y = torch.relu(x"))
    done = netwright("rules", "test", path)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{path}:7:11: the example `one` of t/relu does not parse as Python\n")


def test_dump_is_the_compiled_form(netwright):
    text = netwright("rules", "explain", "adopter/softmax", "--dump", "rules").stdout
    assert "match operator torch.softmax($x, dim=$dim, dtype=$dtype) -> $p" in text
    assert "write <xformers.triton.softmax.softmax>`(`$x`)` -> $p" in text
