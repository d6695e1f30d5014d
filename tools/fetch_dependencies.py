#!/usr/bin/env python3
"""Fetch the C sources that the build needs, check their hashes and unpack them.

usage: fetch_dependencies.py FOLDER

tools/dependencies.txt names each source package with its version and hash. They are downloaded by pip, so that the index,
proxy and certificates that are configured for pip on this machine are the ones used. When FOLDER already holds what the
list asks for, nothing is done.
"""

import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

LIST = pathlib.Path(__file__).resolve().parent / "dependencies.txt"
LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+) --hash=sha256:(?P<hash>[0-9a-f]{64})")


def fail(message):
    sys.exit(f"fetch_dependencies: {message}")


def read_list():
    rows = []
    for line in LIST.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            match = LINE.fullmatch(line.strip())
            if not match:
                fail(f"{LIST.name}: not understood: {line}")
            rows.append(match)
    return rows


def find_pip():
    """A command that runs pip: that of this interpreter, else the one on PATH.

    -I keeps an isolated build environment, in which pip is not importable, out of the way.
    """
    for command in ([sys.executable, "-I", "-m", "pip"], ["pip3"], ["pip"], ["python3", "-I", "-m", "pip"]):
        try:
            if subprocess.run([*command, "--version"], capture_output=True).returncode == 0:
                return command
        except OSError:
            continue
    fail("pip is needed to download the sources and was not found (Debian: apt-get install python3-pip)")


def download(folder):
    # pip checks the hashes as well; reading a source package's metadata is a step that it does not let us leave out.
    command = [*find_pip(), "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:",
               "--require-hashes", "--requirement", str(LIST), "--dest", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        fail(f"pip could not download the sources listed in {LIST}:\n{done.stdout}")


def unpack(row, downloads, folder):
    """Unpack one archive as FOLDER/NAME, without the version, so that the build needs to know it nowhere else."""
    stem = re.sub(r"[-_.]+", "[-_.]", row["name"])
    archives = [p for p in downloads.glob("*.tar.gz") if re.fullmatch(f"{stem}-{re.escape(row['version'])}\\.tar\\.gz", p.name)]
    if len(archives) != 1:
        fail(f"no source archive of {row['name']} {row['version']} was downloaded")
    found = hashlib.sha256(archives[0].read_bytes()).hexdigest()
    if found != row["hash"]:
        fail(f"{archives[0].name} has sha256 {found}, expected {row['hash']}; it was not unpacked")
    with tarfile.open(archives[0]) as archive:
        root = archive.getnames()[0].split("/")[0]
        for member in archive.getmembers():
            parts = pathlib.PurePosixPath(member.name).parts
            if not (member.isfile() or member.isdir()) or parts[0] != root or ".." in parts:
                fail(f"{archives[0].name} has an unexpected member {member.name}")
        archive.extractall(folder)
    (folder / root).rename(folder / row["name"])


def main():
    if len(sys.argv) != 2:
        fail("usage: fetch_dependencies.py FOLDER")
    target = pathlib.Path(sys.argv[1]).resolve()
    stamp = target / "dependencies.txt"
    if stamp.exists() and stamp.read_bytes() == LIST.read_bytes():
        return
    rows = read_list()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetch-") as name:
        downloads, unpacked = pathlib.Path(name, "downloads"), pathlib.Path(name, "unpacked")
        downloads.mkdir()
        unpacked.mkdir()
        download(downloads)
        for row in rows:
            unpack(row, downloads, unpacked)
        shutil.copy(LIST, unpacked / stamp.name)
        # Two builds may fetch at the same time; the one that comes second finds the work done.
        if target.exists() and not (stamp.exists() and stamp.read_bytes() == LIST.read_bytes()):
            shutil.rmtree(target)
        if not target.exists():
            unpacked.rename(target)


if __name__ == "__main__":
    main()
