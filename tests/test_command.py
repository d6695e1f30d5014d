"""The command as a whole: version and usage."""

import re


def test_version_is_that_of_the_project(netwright, root):
    version = re.search(r"version: '([^']+)'", (root / "meson.build").read_text())[1]
    done = netwright("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"netwright {version}\n", "")


def test_unknown_option_is_wrong_usage(netwright):
    done = netwright("--no-such-option")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage" in done.stderr.lower() or "no-such-option" in done.stderr
