"""Attention and transformer layers with masks of all kinds."""

import numpy as np
import pytest
from numbers_alike import booleans, check_expression, check_layer, floats

CAUSAL = np.triu(np.ones((5, 5), bool), 1)
ADDED = np.where(CAUSAL, -np.inf, 0).astype("float32")
PADDING = np.array([[False, False, False, True, True], [False, True, False, False, False]])


@pytest.mark.parametrize("text", ["nn.MultiheadAttention(6, 2)", "nn.MultiheadAttention(6, 3, batch_first=True)", "nn.MultiheadAttention(6, 2, bias=False)",
                                  "nn.MultiheadAttention(6, 2, add_bias_kv=True, add_zero_attn=True)", "nn.MultiheadAttention(6, 2, 0.1, True, True, batch_first=True)",
                                  "nn.MultiheadAttention(6, 2, add_zero_attn=True)"])
def test_attention(text):
    """Without weights the second result is None, which a functional model cannot have."""
    x = floats(2, 5, 6) if "batch_first" in text else floats(5, 2, 6)
    y = floats(2, 5, 6, seed=1) if "batch_first" in text else floats(5, 2, 6, seed=1)
    check_layer(text, x, y, y)
    check_layer(text, x, x, x, need_weights=False, symbolic=False)
    check_layer(text, x, y, y, average_attn_weights=False)
    check_layer(text, floats(5, 6), floats(4, 6), floats(4, 6, seed=2))
    heads = 3 if "3" in text else 2
    for mask in (CAUSAL, ADDED, np.stack([CAUSAL & booleans(5, 5, seed=i) for i in range(2 * heads)])):
        check_layer(text, x, y, y, attn_mask=mask)
        check_layer(text, x, y, y, attn_mask=mask, need_weights=False, symbolic=False)
    check_layer(text, x, y, y, key_padding_mask=PADDING)
    check_layer(text, x, y, y, key_padding_mask=PADDING, need_weights=False, symbolic=False)
    check_layer(text, x, y, y, key_padding_mask=PADDING & ~CAUSAL[:2], attn_mask=CAUSAL & (np.arange(5) > 0))


def test_attention_to_other_widths():
    check_layer("nn.MultiheadAttention(6, 2, kdim=4, vdim=3)", floats(5, 2, 6), floats(7, 2, 4), floats(7, 2, 3))
    check_layer("nn.MultiheadAttention(6, 2, vdim=3, bias=False, batch_first=True)", floats(2, 5, 6), floats(2, 7, 6), floats(2, 7, 3))


LAYERS = ["6, 2, 8", "6, 2, dim_feedforward=8, activation='gelu', batch_first=True", "6, 3, 8, norm_first=True, layer_norm_eps=1e-3", "6, 2, 8, bias=False, batch_first=True"]


@pytest.mark.parametrize("arguments", LAYERS)
def test_encoder(arguments):
    x = floats(2, 5, 6) if "batch_first" in arguments else floats(5, 2, 6)
    layer = f"nn.TransformerEncoderLayer({arguments})"
    for text in (layer, f"nn.TransformerEncoder({layer}, 2, enable_nested_tensor=False)", f"nn.TransformerEncoder({layer}, num_layers=2, norm=nn.LayerNorm(6), enable_nested_tensor=False)"):
        mask = "src_mask" if text == layer else "mask"
        check_layer(text, x)
        check_layer(text, x, **{mask: CAUSAL})
        check_layer(text, x, **{mask: ADDED})
        check_layer(text, x, src_key_padding_mask=PADDING)


@pytest.mark.parametrize("arguments", LAYERS)
def test_decoder(arguments):
    x = floats(2, 5, 6) if "batch_first" in arguments else floats(5, 2, 6)
    memory = floats(2, 4, 6) if "batch_first" in arguments else floats(4, 2, 6)
    layer = f"nn.TransformerDecoderLayer({arguments})"
    for text in (layer, f"nn.TransformerDecoder({layer}, 2, nn.LayerNorm(6))"):
        check_layer(text, x, memory)
        check_layer(text, x, memory, tgt_mask=CAUSAL, tgt_key_padding_mask=PADDING)
        check_layer(text, x, memory, memory_key_padding_mask=PADDING[:, :4])


@pytest.mark.parametrize("arguments", ["6, 2, 1, 2, 8", "d_model=6, nhead=2, num_encoder_layers=1, num_decoder_layers=1, dim_feedforward=8, batch_first=True, norm_first=True"])
def test_transformer(arguments):
    x = floats(2, 5, 6) if "batch_first" in arguments else floats(5, 2, 6)
    check_layer(f"nn.Transformer({arguments})", x, x)
    check_layer(f"nn.Transformer({arguments})", x, x, tgt_mask=ADDED)


def test_square_mask():
    check_expression("nn.Transformer.generate_square_subsequent_mask(4)")
