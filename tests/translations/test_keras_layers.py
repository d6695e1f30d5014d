"""Each layer of Keras against its adapter in PyTorch, with copied weights."""

import pytest
from keras_side import check_layer, floats
from numbers_alike import grid


@pytest.mark.parametrize("text", ["layers.Dense(5)", "layers.Dense(5, use_bias=False)", "layers.Dense(5, 'gelu')", "layers.Dense(5, activation='softmax')",
                                  "layers.EinsumDense('abc,cd->abd', (None, 5), bias_axes='d')", "layers.EinsumDense('...x,xy->...y', 5)",
                                  "layers.EinsumDense('abc,cde->abde', (None, 5, 2), bias_axes='de', activation='relu')",
                                  "layers.EinsumDense('abc,bd->adc', (5, None), bias_axes='d')"])
def test_dense(text):
    check_layer(text, floats(3, 4, 6))


CONVOLUTIONS = (grid("layers.Conv2D(7, {k}, {s}, padding={p!r}, data_format={f!r})", k=["1", "3", "(4, 2)"], s=["1", "2", "(2, 3)"], p=["valid", "same"],
                     f=["channels_last", "channels_first"])
                + grid("layers.Conv2D(8, 3, padding={p!r}, dilation_rate={d}, groups={g}, use_bias=False, activation='relu')", p=["valid", "same"],
                       d=["1", "2", "(1, 3)"], g=["1", "4"])
                + grid("layers.DepthwiseConv2D({k}, {s}, padding={p!r}, depth_multiplier={m}, use_bias={b})", k=["3", "(2, 3)"], s=["1", "2"],
                       p=["valid", "same"], m=["1", "2"], b=["True", "False"])
                + ["layers.DepthwiseConv2D(3, dilation_rate=2, padding='same')", "layers.DepthwiseConv2D(3, data_format='channels_first')"]
                + grid("layers.SeparableConv2D(6, {k}, {s}, padding={p!r}, depth_multiplier={m})", k=["3", "2"], s=["1", "2"], p=["valid", "same"], m=["1", "2"])
                + grid("layers.Conv2DTranspose(6, {k}, {s}, padding={p!r}, use_bias={b})", k=["1", "2", "3", "4", "(5, 2)"], s=["1", "2", "3", "(3, 2)"],
                       p=["valid", "same"], b=["True"])
                + ["layers.Conv2DTranspose(6, 3, 2, 'same', output_padding=1)", "layers.Conv2DTranspose(6, 3, 2, 'valid', output_padding=1)",
                   "layers.Conv2DTranspose(6, 3, 2, 'same', data_format='channels_first')",
                   "layers.Conv2DTranspose(6, 3, padding='same', dilation_rate=2, use_bias=False, activation='tanh')"])


@pytest.mark.parametrize("text", CONVOLUTIONS)
def test_convolutions_of_images(text):
    check_layer(text, floats(2, 12, 11, 4) if "channels_first" not in text else floats(2, 4, 12, 11))


@pytest.mark.parametrize("text", grid("layers.Conv1D(6, {k}, {s}, padding={p!r})", k=["2", "3"], s=["1", "2"], p=["valid", "same", "causal"])
                         + ["layers.Conv1D(6, 3, padding='causal', dilation_rate=2)", "layers.Conv1D(6, 3, data_format='channels_first')",
                            "layers.Conv1D(6, 3, groups=2, padding='same', activation='silu')"]
                         + grid("layers.Conv1DTranspose(6, {k}, {s}, padding={p!r})", k=["2", "3"], s=["1", "2", "4"], p=["valid", "same"])
                         + ["layers.SeparableConv1D(6, 3, padding='same')", "layers.DepthwiseConv1D(3, padding='same', depth_multiplier=2)"])
def test_convolutions_of_signals(text):
    check_layer(text, floats(2, 12, 4) if "first" not in text else floats(2, 4, 12))


@pytest.mark.parametrize("text", grid("layers.Conv3D(6, {k}, {s}, padding={p!r})", k=["2", "(1, 2, 3)"], s=["1", "2"], p=["valid", "same"])
                         + grid("layers.Conv3DTranspose(6, {k}, {s}, padding={p!r})", k=["2", "3"], s=["1", "2"], p=["valid", "same"]))
def test_convolutions_of_volumes(text):
    check_layer(text, floats(2, 5, 6, 7, 4))


@pytest.mark.parametrize("text", grid("layers.{c}Pooling2D({k}, {s}, padding={p!r})", c=["Max", "Average"], k=["2", "3", "(2, 3)"], s=["None", "1", "2"], p=["valid", "same"])
                         + ["layers.MaxPooling2D()", "layers.MaxPooling2D(2, 2, data_format='channels_first')", "layers.MaxPool2D(3, 2, 'same')",
                            "layers.GlobalAveragePooling2D()", "layers.GlobalMaxPooling2D(keepdims=True)", "layers.GlobalAvgPool2D(data_format='channels_first')",
                            "layers.AdaptiveAveragePooling2D((3, 2))", "layers.AdaptiveMaxPooling2D(2)"])
def test_pooling_of_images(text):
    check_layer(text, floats(2, 12, 11, 4))


@pytest.mark.parametrize("text", grid("layers.{c}Pooling1D({k}, {s}, padding={p!r})", c=["Max", "Average"], k=["2", "3"], s=["None", "1"], p=["valid", "same"])
                         + ["layers.GlobalAveragePooling1D()", "layers.GlobalMaxPooling1D()", "layers.AdaptiveAveragePooling1D(3)"])
def test_pooling_of_signals(text):
    check_layer(text, floats(2, 12, 4))


@pytest.mark.parametrize("text", grid("layers.{c}Pooling3D(2, {s}, padding={p!r})", c=["Max", "Average"], s=["None", "1"], p=["valid", "same"])
                         + ["layers.GlobalAveragePooling3D()", "layers.GlobalMaxPooling3D()", "layers.AdaptiveMaxPooling3D(2)"])
def test_pooling_of_volumes(text):
    check_layer(text, floats(2, 5, 6, 7, 4))


@pytest.mark.parametrize("text", ["layers.BatchNormalization()", "layers.BatchNormalization(axis=1, epsilon=1e-5)", "layers.BatchNormalization(scale=False)",
                                  "layers.BatchNormalization(center=False, momentum=0.9)", "layers.LayerNormalization()", "layers.LayerNormalization(axis=(1, 2))",
                                  "layers.LayerNormalization(epsilon=1e-6, scale=False)", "layers.LayerNormalization(axis=1)",
                                  "layers.LayerNormalization(axis=[-1, -2], center=False)", "layers.GroupNormalization(2)",
                                  "layers.GroupNormalization(-1)", "layers.GroupNormalization(3, axis=1)", "layers.RMSNormalization()",
                                  "layers.RMSNormalization(epsilon=1e-3)", "layers.UnitNormalization()", "layers.UnitNormalization(axis=(1, 2))"])
def test_normalization(text):
    check_layer(text, floats(2, 6, 5, 4))


@pytest.mark.parametrize("text", ["layers.Flatten()", "layers.Flatten(data_format='channels_first')", "layers.Reshape((5, -1))", "layers.Reshape((-1,))",
                                  "layers.Permute((3, 1, 2))", "layers.ZeroPadding2D()", "layers.ZeroPadding2D(2)", "layers.ZeroPadding2D((1, 2))",
                                  "layers.ZeroPadding2D(((1, 0), (0, 2)))", "layers.ZeroPadding2D(1, data_format='channels_first')",
                                  "layers.Cropping2D(1)", "layers.Cropping2D(((1, 0), (2, 1)))", "layers.UpSampling2D()", "layers.UpSampling2D((2, 3))",
                                  "layers.UpSampling2D(3, interpolation='bilinear')", "layers.UpSampling2D((2, 4), interpolation='bicubic')", "layers.Identity()", "layers.Dropout(0.5)",
                                  "layers.SpatialDropout2D(0.5)", "layers.GaussianNoise(0.5)", "layers.GaussianDropout(0.5)", "layers.AlphaDropout(0.3)",
                                  "layers.ActivityRegularization(0.1)", "layers.Rescaling(1 / 255, -1)", "layers.Rescaling([1.0, 2.0, 3.0, 4.0])",
                                  "layers.Normalization()", "layers.Normalization(axis=None)", "layers.Normalization(axis=(1, 3))",
                                  "layers.Normalization(mean=[0.1, 0.2, 0.3, 0.4], variance=[1.0, 2.0, 3.0, 4.0])",
                                  "layers.Normalization(mean=0.5, variance=2.0, axis=None)", "layers.Lambda(lambda x: x * 2)"])
def test_shapes_and_passing_on(text):
    check_layer(text, floats(2, 6, 5, 4))


@pytest.mark.parametrize("text", ["layers.ZeroPadding1D(2)", "layers.ZeroPadding1D((1, 2))", "layers.Cropping1D(1)", "layers.Cropping1D((1, 2))",
                                  "layers.UpSampling1D(3)", "layers.SpatialDropout1D(0.3)"])
def test_shapes_of_signals(text):
    check_layer(text, floats(2, 6, 4))


@pytest.mark.parametrize("text", ["layers.ZeroPadding3D((1, 2, 0))", "layers.Cropping3D(((1, 0), (0, 1), (1, 1)))", "layers.UpSampling3D(2)", "layers.SpatialDropout3D(0.3)"])
def test_shapes_of_volumes(text):
    check_layer(text, floats(2, 4, 5, 3, 2))


def test_repeat_vector():
    check_layer("layers.RepeatVector(3)", floats(2, 5))


ACTIVATIONS = ["elu", "exponential", "gelu", "hard_sigmoid", "hard_silu", "hard_swish", "leaky_relu", "linear", "log_softmax", "mish", "relu", "relu6", "selu",
               "sigmoid", "silu", "softmax", "softplus", "softsign", "swish", "tanh", "celu", "glu", "hard_shrink", "hard_tanh", "log_sigmoid", "soft_shrink",
               "sparse_plus", "squareplus", "tanh_shrink"]


@pytest.mark.parametrize("text", [f"layers.Activation({name!r})" for name in ACTIVATIONS]
                         + ["layers.ReLU()", "layers.ReLU(6.0)", "layers.ReLU(max_value=4, negative_slope=0.1, threshold=0.5)", "layers.ReLU(negative_slope=0.2)",
                            "layers.LeakyReLU()", "layers.LeakyReLU(0.1)", "layers.ELU(0.5)", "layers.Softmax()", "layers.Softmax(1)", "layers.Softmax((1, 2))",
                            "layers.PReLU()", "layers.PReLU(shared_axes=[1])", "layers.PReLU(shared_axes=(1, 2))"])
def test_activations(text):
    check_layer(text, floats(2, 6, 4, low=-8, high=8))


@pytest.mark.parametrize("text", ["layers.Add()", "layers.Multiply()", "layers.Average()", "layers.Maximum()", "layers.Minimum()", "layers.Concatenate()",
                                  "layers.Concatenate(axis=1)"])
def test_merging(text):
    check_layer(text, [floats(2, 3, 4), floats(2, 3, 4), floats(2, 3, 4)])


@pytest.mark.parametrize("text", ["layers.Subtract()", "layers.Add()", "layers.Multiply()", "layers.Maximum()"])
def test_merging_of_ranks(text):
    check_layer(text, [floats(2, 3, 4), floats(2, 4)])


@pytest.mark.parametrize("text", ["layers.Dot(2)", "layers.Dot((1, 1))", "layers.Dot(axes=-1, normalize=True)"])
def test_dot(text):
    check_layer(text, [floats(2, 3, 4), floats(2, 3, 4)])


def test_dot_of_vectors():
    check_layer("layers.Dot(1)", [floats(2, 3), floats(2, 3)])


@pytest.mark.parametrize("text", ["layers.Resizing(9, 7)", "layers.Resizing(3, 4, interpolation='nearest')", "layers.RandomFlip('horizontal')",
                                  "layers.RandomRotation(0.2)", "layers.RandomZoom(0.1)", "layers.RandomContrast(0.1, name='contrast')",
                                  "layers.RandomTranslation(0.1, 0.1)", "layers.RandomBrightness(0.1)", "layers.RandomHue(0.1)", "layers.RandomSaturation(0.1)",
                                  "layers.RandomGrayscale()", "layers.RandomErasing(0.2)", "layers.RandomGaussianBlur()", "layers.RandomInvert()", "layers.RandomSharpness(0.1)", "layers.RandomShear(0.1, 0.2)",
                                  "layers.RandomPerspective()", "layers.RandomColorDegeneration(0.2)", "layers.RandomElasticTransform()", "layers.Resizing(4, 4, crop_to_aspect_ratio=True)",
                                  "layers.Resizing(9, 7, pad_to_aspect_ratio=True, fill_value=0.5)", "layers.Resizing(3, 4, antialias=True)", "layers.CenterCrop(4, 3)", "layers.CenterCrop(9, 4)",
                                  "layers.Discretization([-0.5, 0.0, 0.5])", "layers.Discretization([0.0], output_mode='one_hot')", "layers.LayerNormalization(rms_scaling=True)",
                                  "layers.LayerNormalization(axis=[1, 2], rms_scaling=True, scale=False)"])
def test_preparation(text):
    check_layer(text, floats(2, 6, 5, 3), **({"training": False} if "Random" in text else {}))


@pytest.mark.parametrize("text", ["einops.layers.tensorflow.Rearrange('b h w c -> b (h w) c')", "einops.layers.tensorflow.Rearrange('b (h p) (w q) c -> b (h w) (p q c)', p=2, q=3)",
                                  "einops.layers.tensorflow.Reduce('b h w c -> b c', 'mean')", "einops.layers.tensorflow.Reduce('b (h p) (w q) c -> b h w c', 'max', p=2, q=2)"])
def test_patterns_of_einops(text):
    check_layer(text, floats(2, 4, 6, 3))
