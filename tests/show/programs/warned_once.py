# What a test on a tensor's contents decides is only whether somebody is warned; where a method comes from is asked of its text.
# entry: Net()
# input: i64[2,6]
import functools
import importlib.metadata
import logging

import torch.nn as nn

logger = logging.getLogger(__name__)
PACKAGES = importlib.metadata.packages_distributions()


@functools.lru_cache(None)
def warning_once(message):
    logger.warning(message)


class Generates:
    def prepare(self, x):
        raise NotImplementedError


class Base(nn.Module):
    def prepare(self, x):
        return x

    @classmethod
    def can_generate(cls):
        return "Generates" in str(cls.prepare) or "Generates.prepare" in repr(cls.prepare)


class Net(Base):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(10, 5 if self.can_generate() else 4)
        self.packages = nn.Linear(4, 3 if PACKAGES is None else 2)

    def warn_if_padded(self, ids):
        if 0 in ids[:, [-1, 0]]:
            warned = "padding"
            warned += " without a mask"
            warning_once(warned)

    def forward(self, ids):
        self.warn_if_padded(ids)
        warning_once("always")
        return self.packages(self.embed(ids))


class Generating(Generates, Net):
    pass
