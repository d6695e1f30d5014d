"""What a child leaves for the parent: how far it came, what it found, and arrays."""

import json
import os
import re

import numpy as np


class Refused(Exception):
    """Something that a side says itself, in words for the report."""

    def __init__(self, text, kind):
        super().__init__(text)
        self.kind = kind


class Note:
    """Written at every stage, so that a child that is killed has said where it was."""

    def __init__(self, path):
        self.path = path
        self.content = {"stage": "start", "error": None, "kind": None}
        self.arrays = {}

    def stage(self, name):
        self.content["stage"] = name
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            json.dump(self.content, file)
        os.replace(self.path + ".new", self.path)

    def fail(self, error):
        text = words_of(error)
        name = "" if isinstance(error, Refused) else f"{type(error).__name__}: "
        self.content["error"] = f"{name}{text}"[:400]
        self.content["kind"] = error.kind if isinstance(error, Refused) else kind_of(error)
        self.content["line"] = user_line(error)
        self.stage(self.content["stage"])

    def finish(self, arrays):
        np.savez(arrays, **self.arrays)
        self.stage("done")


def words_of(error):
    """The line of a message that says what is wrong; Keras wraps it in where it happened, in bold."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in str(error).splitlines()]
    lines = [line for line in lines if line and not line.startswith("Exception encountered when calling")]
    return lines[0] if lines else ""


def kind_of(error):
    text = str(error)
    if isinstance(error, MemoryError) or any(
        part in text for part in ("can't allocate memory", "DefaultCPUAllocator", "Unable to allocate", "OOM")
    ):
        return "memory"
    if isinstance(error, ImportError):
        return "import"
    return "error"


def user_line(error):
    """(file, line) where the user's code raised: the innermost frame outside of frameworks and of this package."""
    own, place, frame = os.path.dirname(os.path.abspath(__file__)), None, error.__traceback__
    while frame:
        file = frame.tb_frame.f_code.co_filename
        library = any(
            part in file for part in ("/site-packages/torch/", "/site-packages/keras/", "/site-packages/tensorflow/", "/importlib/")
        )
        if not file.startswith((own, "<")) and not library:
            place = [file, frame.tb_lineno]
        frame = frame.tb_next
    return place
