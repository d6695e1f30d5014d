"""The package behind the public names. Programs that stand inside Keras (or were taken from it) import from here."""
from __future__ import annotations
