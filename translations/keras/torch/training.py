"""Optimisers, schedules and callbacks: a model that is built has no use for them, but programs name them beside `compile` and `fit`."""


@adapter("netwright.TrainingOption")
class TrainingOption:
    """Something that only training knows, with its arguments."""

    def __init__(self, name, args, kwargs):
        self.name = name
        self.args = args
        self.kwargs = kwargs


@adapter("keras.optimizers.Adam")
def Adam(*args, **kwargs):
    return TrainingOption("Adam", args, kwargs)


@adapter("keras.optimizers.AdamW")
def AdamW(*args, **kwargs):
    return TrainingOption("AdamW", args, kwargs)


@adapter("keras.optimizers.SGD")
def SGD(*args, **kwargs):
    return TrainingOption("SGD", args, kwargs)


@adapter("keras.optimizers.RMSprop")
def RMSprop(*args, **kwargs):
    return TrainingOption("RMSprop", args, kwargs)


@adapter("keras.optimizers.Adagrad")
def Adagrad(*args, **kwargs):
    return TrainingOption("Adagrad", args, kwargs)


@adapter("keras.optimizers.Adadelta")
def Adadelta(*args, **kwargs):
    return TrainingOption("Adadelta", args, kwargs)


@adapter("keras.optimizers.Nadam")
def Nadam(*args, **kwargs):
    return TrainingOption("Nadam", args, kwargs)


@adapter("keras.optimizers.Adamax")
def Adamax(*args, **kwargs):
    return TrainingOption("Adamax", args, kwargs)


@adapter("keras.optimizers.Ftrl")
def Ftrl(*args, **kwargs):
    return TrainingOption("Ftrl", args, kwargs)


@adapter("keras.optimizers.Lion")
def Lion(*args, **kwargs):
    return TrainingOption("Lion", args, kwargs)


@adapter("keras.callbacks.BackupAndRestore")
def BackupAndRestore(*args, **kwargs):
    return TrainingOption("BackupAndRestore", args, kwargs)


@adapter("keras.callbacks.CSVLogger")
def CSVLogger(*args, **kwargs):
    return TrainingOption("CSVLogger", args, kwargs)


@adapter("keras.callbacks.EarlyStopping")
def EarlyStopping(*args, **kwargs):
    return TrainingOption("EarlyStopping", args, kwargs)


@adapter("keras.callbacks.LambdaCallback")
def LambdaCallback(*args, **kwargs):
    return TrainingOption("LambdaCallback", args, kwargs)


@adapter("keras.callbacks.LearningRateScheduler")
def LearningRateScheduler(*args, **kwargs):
    return TrainingOption("LearningRateScheduler", args, kwargs)


@adapter("keras.callbacks.ModelCheckpoint")
def ModelCheckpoint(*args, **kwargs):
    return TrainingOption("ModelCheckpoint", args, kwargs)


@adapter("keras.callbacks.ReduceLROnPlateau")
def ReduceLROnPlateau(*args, **kwargs):
    return TrainingOption("ReduceLROnPlateau", args, kwargs)


@adapter("keras.callbacks.TensorBoard")
def TensorBoard(*args, **kwargs):
    return TrainingOption("TensorBoard", args, kwargs)


@adapter("keras.callbacks.TerminateOnNaN")
def TerminateOnNaN(*args, **kwargs):
    return TrainingOption("TerminateOnNaN", args, kwargs)


@adapter("keras.optimizers.schedules.LearningRateSchedule")
class LearningRateSchedule:
    """A rate of the program's own."""


@adapter("keras.optimizers.schedules.CosineDecay")
def CosineDecay(*args, **kwargs):
    return TrainingOption("CosineDecay", args, kwargs)


@adapter("keras.optimizers.schedules.CosineDecayRestarts")
def CosineDecayRestarts(*args, **kwargs):
    return TrainingOption("CosineDecayRestarts", args, kwargs)


@adapter("keras.optimizers.schedules.ExponentialDecay")
def ExponentialDecay(*args, **kwargs):
    return TrainingOption("ExponentialDecay", args, kwargs)


@adapter("keras.optimizers.schedules.InverseTimeDecay")
def InverseTimeDecay(*args, **kwargs):
    return TrainingOption("InverseTimeDecay", args, kwargs)


@adapter("keras.optimizers.schedules.PiecewiseConstantDecay")
def PiecewiseConstantDecay(*args, **kwargs):
    return TrainingOption("PiecewiseConstantDecay", args, kwargs)


@adapter("keras.optimizers.schedules.PolynomialDecay")
def PolynomialDecay(*args, **kwargs):
    return TrainingOption("PolynomialDecay", args, kwargs)
