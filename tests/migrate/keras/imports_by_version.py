# entry: build()
# input: x=f32[2,5]
"""Names that several imports bind: those of the arm that runs count."""
import tensorflow as tf

if int(tf.__version__.split(".", maxsplit=1)[0]) == 1:
    from keras import backend as K
    from keras.layers import Dense, Input, Lambda
    from keras.models import Model
else:
    from tensorflow.keras import backend as K
    from tensorflow.keras.layers import Dense, Input, Lambda
    from tensorflow.keras.models import Model


def scaled(x, scale):
    return K.clip(x * scale, -0.5, 0.5)


def build():
    inputs = Input((5,))
    x = Dense(4)(inputs)
    x = Lambda(scaled, output_shape=K.int_shape(x)[1:], arguments={"scale": 0.17})(x)
    return Model(inputs, x)
