"""Types, devices, casts, and calls that say nothing about numbers."""
import keras
from keras import ops


@value("torch.float32")
def float32():
    return "float32"
