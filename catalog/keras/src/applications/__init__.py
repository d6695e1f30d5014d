"""keras.src.applications: what builders of the models there share."""
from __future__ import annotations
