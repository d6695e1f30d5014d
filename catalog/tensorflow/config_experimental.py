"""tensorflow.config.experimental."""
from __future__ import annotations



class experimental:
    @staticmethod
    def list_physical_devices(device_type=None):
        return []

    @staticmethod
    def set_memory_growth(device, enable):
        return None
