"""Starts workers and gives them jobs; what went wrong there is an answer, never an error here."""

import json
import os
import pathlib
import subprocess
import sys

from . import scratch

PACKAGE = pathlib.Path(__file__).resolve().parent.parent


class Worker:
    """A process that runs jobs in forked children (worker.py)."""

    def __init__(self, limits, preload=(), environment=None):
        self.limits = limits
        self.folder = scratch.Folder()
        self.jobs = 0
        self.preload = list(preload)
        self.environment = {
            **os.environ,
            "CUDA_VISIBLE_DEVICES": "",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONDONTWRITEBYTECODE": "1",
            "TOKENIZERS_PARALLELISM": "false",
            "HF_HUB_OFFLINE": "1",
            **(environment or {}),
        }
        # Functions that are compiled from their source could not be watched.
        self.environment["PYTORCH_JIT"] = "0"
        # One thread: results do not depend on how work is split, and a fork takes no threads along.
        self.environment.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", TF_NUM_INTRAOP_THREADS="1", TF_NUM_INTEROP_THREADS="1")
        self.process = None
        # What the frameworks are that it has loaded, and what the jobs since the last `forget` have read.
        self.loaded = None
        self.forget()

    def forget(self):
        self.files_read, self.folders_read = set(), set()

    def start(self):
        command = [sys.executable, str(PACKAGE / "__main__.py"), "worker", *self.preload]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=self.environment,
            start_new_session=True,
        )

    def run(self, job):
        """The note that the job left, with `error` and `kind` (crash, time, memory, or what it says itself) when it did not end well."""
        if not self.process:
            self.start()
        self.jobs += 1
        base = os.path.join(self.folder.name, str(self.jobs))
        job = {**self.limits, **job, "log": base + ".log", "note": base + ".json", "arrays": base + ".npz", "read": base + ".read"}
        try:
            self.process.stdin.write(json.dumps(job) + "\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())
        except (OSError, ValueError):
            self.close_process()
            return {"error": "the process that starts children ended", "kind": "crash", "stage": "start", "arrays": job["arrays"]}
        self.loaded = answer.get("loaded") or self.loaded
        if os.path.exists(job["read"]):
            with open(job["read"], encoding="utf-8") as file:
                read = json.load(file)
            self.files_read.update(read["files"])
            self.folders_read.update(read["folders"])
        return read_note(job, answer)

    def close_process(self):
        if self.process:
            self.process.stdin.close()
            self.process.kill()
            self.process.wait()
            self.process = None

    def close(self):
        self.close_process()
        self.folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def read_note(job, answer):
    note = {"stage": "start", "error": None, "kind": None}
    if os.path.exists(job["note"]):
        with open(job["note"], encoding="utf-8") as file:
            note.update(json.load(file))
    note["arrays"], note["seconds"], note["processor"] = job["arrays"], answer["seconds"], answer["processor"]
    status = answer["status"]
    if status is None:
        note.update(error=f"it took longer than {job['time']:g} s", kind="time")
    elif status != 0 and not note["error"]:
        last = last_line(job["log"])
        if status == -9 or "alloc" in last.lower() or "MemoryError" in last:
            note.update(error=f"it ran out of the {job['memory'] >> 20} MB it may use", kind="memory")
        elif status < 0:
            note.update(error=f"it was ended by signal {-status}" + (f": {last}" if last else ""), kind="crash")
        else:
            note.update(error=f"it ended with status {status}: {last}", kind="crash")
    return note


def last_line(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file if line.strip()]
    except OSError:
        return ""
    return lines[-1][-300:] if lines else ""
