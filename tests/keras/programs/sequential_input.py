# An input shape given to the first layer.
# entry: keras.Sequential([layers.Dense(4, input_shape=(3,)), layers.Dense(2, activation="softmax")])
# input: f32[5,3]
import keras
from keras import layers
