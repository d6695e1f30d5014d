"""tensorflow.config: devices."""
from __future__ import annotations

from tensorflow.config_experimental import experimental


def list_physical_devices(device_type=None):
    return []


def run_functions_eagerly(run_eagerly):
    return None


def set_visible_devices(devices, device_type=None):
    return None
