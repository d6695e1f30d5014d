"""The process that runs the user's code: imports the frameworks once, then forks a child for each job.

A child leads a process group of its own with limits on memory and time, so that it is ended with all that it started. Jobs come as lines of
JSON on standard input; for each, one line on standard output says how it ended. Results lie in files that the job names.
"""

import importlib
import importlib.util
import json
import os
import resource
import signal
import sys
import time
import traceback

# Modules of a job's kind, imported in the child.
SIDES = {
    "torch": "netwright.verification.torch_side",
    "keras": "netwright.verification.keras_side",
    "units": "netwright.verification.units_side",
    "rules": "netwright.verification.rule_side",
}


# Parts of frameworks that some programs import when they are called, and that take seconds: once a child has, all later ones find them loaded.
LATE = ("torch._dynamo",)


class Recorder:
    """What a process reads: files, and folders that are searched for modules."""

    def __init__(self):
        self.files, self.folders = set(), set()
        sys.addaudithook(self.hear)

    def hear(self, event, arguments):
        if event == "open" and isinstance(arguments[0], str) and not (isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")):
            self.files.add(os.path.abspath(arguments[0]))
        elif event == "os.listdir" and isinstance(arguments[0], str):
            self.folders.add(os.path.abspath(arguments[0]))

    def write(self, path):
        own = os.path.dirname(path)
        files = {source_of(file) for file in self.files if not file.startswith(("/proc/", "/dev/", "/sys/", own))}
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"files": sorted(files), "folders": sorted(self.folders), "late": [name for name in LATE if name in sys.modules]}, file)


def source_of(path):
    """The source of a compiled module, which counts: its time is compared with it."""
    if path.endswith(".pyc"):
        try:
            return importlib.util.source_from_cache(path)
        except ValueError:
            pass
    return path


def loaded_files():
    """{path: [time, size]} of the modules that are loaded."""
    found = {}
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and not path.startswith(OWN) and os.path.exists(path):
            about = os.stat(path)
            found[path] = [about.st_mtime_ns, about.st_size]
    return found


OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def die_with_parent():
    """Asks the kernel to end this process when its parent ends; Linux only, elsewhere the limits of time do."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (OSError, AttributeError):
        pass


def run_child(job, log):
    """In the child: never returns."""
    os.setsid()
    die_with_parent()
    limit = job["memory"]
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    null = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, null), (1, log), (2, log)):
        os.dup2(source, target)
    status = 0
    recorder = Recorder()
    try:
        importlib.import_module(SIDES[job["kind"]]).run(job)
    except BaseException:
        traceback.print_exc()
        status = 70
    finally:
        recorder.write(job["read"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def wait_for(child, deadline):
    """The exit status of a child, negative for a signal; None when its time ran out."""
    pause = 0.002
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            return None
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def end_group(child):
    try:
        os.killpg(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def serve(job):
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        run_child(job, log)
    os.close(log)
    status = wait_for(child, started + job["time"])
    end_group(child)
    if status is None:
        os.waitpid(child, 0)
    load_late(job["read"])
    return {"status": status, "seconds": round(time.monotonic() - started, 3)}


def load_late(path):
    """Imports what the child whose record this is had to import late."""
    try:
        with open(path, encoding="utf-8") as file:
            names = json.load(file)["late"]
    except (OSError, ValueError):
        return
    import_all(name for name in names if name not in sys.modules)


def import_all(names):
    """Imports those that are there."""
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:
            traceback.print_exc()


def main(arguments):
    """`PACKAGE...`: imported before the first job, those that are there."""
    die_with_parent()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    import_all(arguments)
    loaded = loaded_files()
    for line in sys.stdin:
        answer = serve(json.loads(line))
        if loaded:  # once
            answer["loaded"], loaded = loaded, None
        print(json.dumps(answer), file=answers, flush=True)
    return 0
