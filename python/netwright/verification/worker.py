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

from . import late

# Modules of a job's kind, imported in the child.
SIDES = {
    "torch": "netwright.verification.torch_side",
    "keras": "netwright.verification.keras_side",
    "units": "netwright.verification.units_side",
    "rules": "netwright.verification.rule_side",
}
# Of these, the ones that need nothing but PyTorch, which is loaded: imported here, before the first child of the kind.
EARLY = ("torch", "units", "rules")


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

    def write(self, path, imports):
        own = os.path.dirname(path)
        files = {source_of(file) for file in self.files if not file.startswith(("/proc/", "/dev/", "/sys/", own))}
        content = {"files": sorted(files), "folders": sorted(self.folders), "late": imports.names}
        content["importing"] = [imports.seconds, imports.processor]
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)


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


# Of prctl: be sent a signal when the parent ends; become the parent of descendants whose own parent has ended.
DEATH_SIGNAL, SUBREAPER = 1, 36


def ask_kernel(option, value):
    """Linux only; elsewhere the limits of time and the group of processes do."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(option, value)
    except (OSError, AttributeError):
        pass


def run_child(job, log):
    """In the child: never returns."""
    os.setsid()
    ask_kernel(DEATH_SIGNAL, signal.SIGKILL)
    limit = job["memory"]
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    null = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, null), (1, log), (2, log)):
        os.dup2(source, target)
    status = 0
    recorder, imports = Recorder(), late.Imports(job)
    try:
        importlib.import_module(SIDES[job["kind"]]).run(job)
    except BaseException:
        traceback.print_exc()
        status = 70
    finally:
        recorder.write(job["read"], imports)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def wait_for(child, deadline):
    """(the exit status of a child, negative for a signal, None when its time ran out; the seconds of a processor that it took)"""
    pause = 0.002
    while True:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
        if time.monotonic() > deadline:
            return None, 0.0
        time.sleep(pause)
        pause = min(pause * 1.5, 0.01)


def end_group(child):
    try:
        os.killpg(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def end_orphans():
    """Ends what a child has started in other groups and left behind: it is this process's now."""
    path = f"/proc/self/task/{os.getpid()}/children"
    while True:
        try:
            with open(path, encoding="ascii") as file:
                orphans = [int(number) for number in file.read().split()]
        except OSError:
            return
        if not orphans:
            return
        for orphan in orphans:
            os.kill(orphan, signal.SIGKILL)
            os.waitpid(orphan, 0)


def serve(job):
    """Runs a job in a child; how it ended, and the seconds that it took, and took of a processor, beyond the import of installed packages."""
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    if job["kind"] in EARLY and "torch" in sys.modules:
        import_all([SIDES[job["kind"]]])
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        run_child(job, log)
    os.close(log)
    status, processor = wait_for(child, started + job["time"])
    end_group(child)
    if status is None:
        os.waitpid(child, 0)
    end_orphans()
    took = time.monotonic() - started, processor
    names, importing = imported_late(job["read"])
    seconds, processor = [round(max(all_of_it - part, 0.0), 3) for all_of_it, part in zip(took, importing)]
    return {"status": status, "seconds": seconds, "processor": processor, "late": names}


def imported_late(path):
    """What the child whose record this is had to import, and the seconds that this took, and took of a processor."""
    try:
        with open(path, encoding="utf-8") as file:
            read = json.load(file)
        return [name for name in read["late"] if name not in sys.modules], read["importing"]
    except (OSError, ValueError):
        return [], [0.0, 0.0]


def import_all(names):
    """Imports those that are there."""
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:
            traceback.print_exc()


def main(arguments):
    """`PACKAGE...`: imported before the first job, those that are there."""
    ask_kernel(DEATH_SIGNAL, signal.SIGKILL)
    ask_kernel(SUBREAPER, 1)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    import_all(arguments)
    loaded = loaded_files()
    for line in sys.stdin:
        answer = serve(json.loads(line))
        late_names = answer.pop("late")
        if late_names:  # later children find it loaded
            import_all(late_names)
            loaded = loaded_files()
        if loaded:  # once, and when there is more
            answer["loaded"], loaded = loaded, None
        print(json.dumps(answer), file=answers, flush=True)
    return 0
