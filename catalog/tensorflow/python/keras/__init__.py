"""The Keras 2 that TensorFlow has inside; of it only what programs of other frameworks take, too."""
from tensorflow.python.keras import callbacks
