"""include/netwright.h alone compiles as C and as C++, with warnings as errors."""

import shutil
import subprocess

import pytest


@pytest.mark.parametrize("compiler, language, standard", [("cc", "c", "c17"), ("c++", "c++", "c++11")])
def test_header_stands_alone(root, tmp_path, compiler, language, standard):
    if not shutil.which(compiler):
        pytest.skip(f"no {compiler}")
    source = tmp_path / f"alone.{language.replace('+', 'p')}"
    source.write_text("#include <netwright.h>\nnw_session_options options = NW_SESSION_OPTIONS_INIT;\n"
                      "nw_show_options show = NW_SHOW_OPTIONS_INIT;\nint main() { return nw_version() == 0; }\n")
    done = subprocess.run([compiler, "-x", language, f"-std={standard}", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                           f"-I{root / 'include'}", str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
