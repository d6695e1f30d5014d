"""keras.optimizers.schedules."""
from __future__ import annotations

from keras.src.optimizers import (CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, LearningRateSchedule, PiecewiseConstantDecay,
                                  PolynomialDecay)
