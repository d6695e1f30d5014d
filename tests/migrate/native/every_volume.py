# entry: build()
# input: f32[2,9,9,9,2]
"""Layers of volumes."""
import keras
from keras import layers


def build():
    return keras.Sequential([
        layers.Conv3D(4, 3, activation="gelu"),
        layers.BatchNormalization(momentum=0.95),
        layers.Conv3D(4, 3, strides=2, padding="same"),
        layers.BatchNormalization(center=False, scale=False),
        layers.MaxPooling3D(2),
        layers.Conv3DTranspose(3, 2, strides=2, use_bias=False),
        layers.AveragePooling3D(2),
        layers.GlobalAveragePooling3D(),
        layers.BatchNormalization(center=False, scale=False),
        layers.LayerNormalization(center=False),
        layers.Dense(2, activation="exponential" if False else None),
    ])
