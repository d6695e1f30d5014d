# A configuration class with attribute aliases, and a model base with post_init, as in model libraries.
# entry: ForClassification(Config(d_model=12, num_labels=5, extra=3))
# input: i64[2,6]{0..49}
# input: return_dict=False
import torch
from torch import nn

from .base import PreTrainedModel, PretrainedConfig


class Config(PretrainedConfig):
    model_type = "toy"
    attribute_map = {"hidden_size": "d_model", "num_attention_heads": "heads"}

    def __init__(self, vocab_size=50, d_model=8, heads=2, **kwargs):
        self.vocab_size = vocab_size
        self.d_model = d_model
        self.heads = heads
        super().__init__(pad_token_id=kwargs.pop("pad_token_id", 0), **kwargs)


class ModelBase(nn.Module, PreTrainedModel):
    config_class = Config
    base_model_prefix = "model"

    def __init__(self, config, *inputs, **kwargs):
        super().__init__()
        if not isinstance(config, PretrainedConfig):
            raise ValueError("not a config")
        self.config = config

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            module.weight.data.normal_(mean=0.0, std=0.02)


class Model(ModelBase):
    def __init__(self, config):
        super().__init__(config)
        self.embed = nn.Embedding(config.vocab_size, config.hidden_size, padding_idx=config.pad_token_id)
        self.attn = nn.MultiheadAttention(config.hidden_size, config.num_attention_heads, batch_first=True)
        self.post_init()

    def forward(self, input_ids=None, mask=None, output_attentions=None):
        output_attentions = output_attentions if output_attentions is not None else self.config.output_attentions
        x = self.embed(input_ids)
        y, w = self.attn(x, x, x, need_weights=output_attentions)
        return (y,) + ((w,) if output_attentions else ())


class ForClassification(ModelBase):
    def __init__(self, config):
        super().__init__(config)
        self.model = Model(config)
        self.classifier = nn.Linear(config.hidden_size, config.num_labels + config.extra)
        self.post_init()

    def forward(self, input_ids=None, labels=None, return_dict=None):
        return_dict = return_dict if return_dict is not None else self.config.return_dict
        out = self.model(input_ids)
        logits = self.classifier(out[0][:, 0])
        loss = None
        if labels is not None:
            loss = nn.functional.cross_entropy(logits, labels)
        if not return_dict:
            output = (logits,) + out
            return ((loss,) + output) if loss is not None else output
        return {"loss": loss, "logits": logits, "hidden": out[0]}
