"""keras.callbacks: objects that a program hands to fit()."""
from __future__ import annotations

__public__ = "keras.callbacks"


class Callback:
    def __init__(self, *args, **kwargs):
        self._given = (args, kwargs)


class BackupAndRestore(Callback):
    pass


class CSVLogger(Callback):
    pass


class CallbackList(Callback):
    pass


class EarlyStopping(Callback):
    pass


class History(Callback):
    pass


class LambdaCallback(Callback):
    pass


class LearningRateScheduler(Callback):
    pass


class ModelCheckpoint(Callback):
    pass


class ProgbarLogger(Callback):
    pass


class ReduceLROnPlateau(Callback):
    pass


class RemoteMonitor(Callback):
    pass


class SwapEMAWeights(Callback):
    pass


class TensorBoard(Callback):
    pass


class TerminateOnNaN(Callback):
    pass
