"""keras.models."""
from __future__ import annotations

from keras.src.models.model import Functional, Model
from keras.src.models.sequential import Sequential
from keras.src.models.cloning import clone_model
from keras.src.saving import load_model, save_model


def model_from_json(json_string, custom_objects=None):
    import _nw
    return _nw.unknown("a model from a configuration")
