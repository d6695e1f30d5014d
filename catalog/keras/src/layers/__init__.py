"""keras.src.layers: all layers, as keras.layers has them."""
from __future__ import annotations

from keras.src.layers.activation import ELU, Activation, LeakyReLU, PReLU, ReLU, Softmax
from keras.src.layers.attention import AdditiveAttention, Attention, GroupedQueryAttention, MultiHeadAttention
from keras.src.layers.convolution import (Conv1D, Conv1DTranspose, Conv2D, Conv2DTranspose, Conv3D, Conv3DTranspose, DepthwiseConv1D,
                                          DepthwiseConv2D, SeparableConv1D, SeparableConv2D)
from keras.src.layers.core import Dense, EinsumDense, Embedding, Identity, Lambda, Masking, ReversibleEmbedding, Wrapper
from keras.src.layers.input_layer import Input, InputLayer
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.layers.merging import (Add, Average, Concatenate, Dot, Maximum, Minimum, Multiply, Subtract, add, average, concatenate, dot, maximum,
                                      minimum, multiply, subtract)
from keras.src.layers.normalization import (BatchNormalization, GroupNormalization, LayerNormalization, RMSNormalization, SpectralNormalization,
                                            UnitNormalization)
from keras.src.layers.pooling import *
from keras.src.layers.preprocessing import *
from keras.src.layers.regularization import (ActivityRegularization, AlphaDropout, Dropout, GaussianDropout, GaussianNoise, SpatialDropout1D,
                                             SpatialDropout2D, SpatialDropout3D)
from keras.src.layers.reshaping import (Cropping1D, Cropping2D, Cropping3D, Flatten, Permute, RepeatVector, Reshape, UpSampling1D, UpSampling2D,
                                        UpSampling3D, ZeroPadding1D, ZeroPadding2D, ZeroPadding3D)
from keras.src.layers.rnn import (GRU, LSTM, RNN, Bidirectional, ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, GRUCell, LSTMCell, SimpleRNN, SimpleRNNCell,
                                  StackedRNNCells, TimeDistributed)

GroupQueryAttention = GroupedQueryAttention  # the name that programs use; the class says another one of itself
Convolution1D, Convolution2D, Convolution3D = Conv1D, Conv2D, Conv3D
Convolution1DTranspose, Convolution2DTranspose, Convolution3DTranspose = Conv1DTranspose, Conv2DTranspose, Conv3DTranspose
SeparableConvolution1D, SeparableConvolution2D = SeparableConv1D, SeparableConv2D


def serialize(layer):
    return layer


def deserialize(config, custom_objects=None):
    import _nw
    return _nw.unknown("a layer from a configuration")
