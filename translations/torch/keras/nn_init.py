"""Initialisers: they write parameters, whose values come with the checkpoint."""


@adapter("torch.nn.init.calculate_gain")
def calculate_gain(nonlinearity, param=None):
    """The factor by which initial weights make up for what an activation takes away."""
    if nonlinearity == "leaky_relu":
        return math.sqrt(2.0 / (1 + (0.01 if param is None else param) ** 2))
    return {"tanh": 5.0 / 3, "relu": math.sqrt(2.0), "selu": 3.0 / 4}.get(nonlinearity, 1)


@adapter("helper.unchanged")
def unchanged(tensor, *args, **kwargs):
    """Stands for an initialiser that is handed around: values come with the weights."""
    return tensor


@dropped("torch.nn.init.uniform_", note="initialiser")
def uniform_(tensor, a=0.0, b=1.0, generator=None):
    pass


@dropped("torch.nn.init.normal_", note="initialiser")
def normal_(tensor, mean=0.0, std=1.0, generator=None):
    pass


@dropped("torch.nn.init.trunc_normal_", note="initialiser")
def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None):
    pass


@dropped("torch.nn.init.constant_", note="initialiser")
def constant_(tensor, val):
    pass


@dropped("torch.nn.init.ones_", note="initialiser")
def ones_(tensor):
    pass


@dropped("torch.nn.init.zeros_", note="initialiser")
def zeros_(tensor):
    pass


@dropped("torch.nn.init.eye_", note="initialiser")
def eye_(tensor):
    pass


@dropped("torch.nn.init.dirac_", note="initialiser")
def dirac_(tensor, groups=1):
    pass


@dropped("torch.nn.init.xavier_uniform_", note="initialiser")
def xavier_uniform_(tensor, gain=1.0, generator=None):
    pass


@dropped("torch.nn.init.xavier_normal_", note="initialiser")
def xavier_normal_(tensor, gain=1.0, generator=None):
    pass


@dropped("torch.nn.init.kaiming_uniform_", note="initialiser")
def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    pass


@dropped("torch.nn.init.kaiming_normal_", note="initialiser")
def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    pass


@dropped("torch.nn.init.orthogonal_", note="initialiser")
def orthogonal_(tensor, gain=1, generator=None):
    pass


@dropped("torch.nn.init.sparse_", note="initialiser")
def sparse_(tensor, sparsity, std=0.01, generator=None):
    pass


@dropped("torch.nn.init.uniform", note="initialiser")
def uniform(tensor, a=0.0, b=1.0, generator=None):
    pass


@dropped("torch.nn.init.normal", note="initialiser")
def normal(tensor, mean=0.0, std=1.0, generator=None):
    pass


@dropped("torch.nn.init.constant", note="initialiser")
def constant(tensor, val):
    pass


@dropped("torch.nn.init.eye", note="initialiser")
def eye(tensor):
    pass


@dropped("torch.nn.init.dirac", note="initialiser")
def dirac(tensor, groups=1):
    pass


@dropped("torch.nn.init.xavier_uniform", note="initialiser")
def xavier_uniform(tensor, gain=1.0, generator=None):
    pass


@dropped("torch.nn.init.xavier_normal", note="initialiser")
def xavier_normal(tensor, gain=1.0, generator=None):
    pass


@dropped("torch.nn.init.kaiming_uniform", note="initialiser")
def kaiming_uniform(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    pass


@dropped("torch.nn.init.kaiming_normal", note="initialiser")
def kaiming_normal(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    pass


@dropped("torch.nn.init.orthogonal", note="initialiser")
def orthogonal(tensor, gain=1, generator=None):
    pass


@dropped("torch.nn.init.sparse", note="initialiser")
def sparse(tensor, sparsity, std=0.01, generator=None):
    pass


# ---------------------------------------------------------------- layers that initialise themselves anew


@dropped("torch.nn.Linear.reset_parameters", note="initialiser")
def linear_reset(self):
    pass


@dropped("torch.nn.Bilinear.reset_parameters", note="initialiser")
def bilinear_reset(self):
    pass


@dropped("torch.nn.LazyLinear.reset_parameters", note="initialiser")
def lazy_linear_reset(self):
    pass


@dropped("torch.nn.Embedding.reset_parameters", note="initialiser")
def embedding_reset(self):
    pass


@dropped("torch.nn.EmbeddingBag.reset_parameters", note="initialiser")
def embedding_bag_reset(self):
    pass


@dropped("torch.nn.PReLU.reset_parameters", note="initialiser")
def p_re_l_u_reset(self):
    pass


@dropped("torch.nn.LayerNorm.reset_parameters", note="initialiser")
def layer_norm_reset(self):
    pass


@dropped("torch.nn.GroupNorm.reset_parameters", note="initialiser")
def group_norm_reset(self):
    pass


@dropped("torch.nn.RMSNorm.reset_parameters", note="initialiser")
def r_m_s_norm_reset(self):
    pass


@dropped("torch.nn.AdaptiveLogSoftmaxWithLoss.reset_parameters", note="initialiser")
def adaptive_log_softmax_with_loss_reset(self):
    pass


@dropped("torch.nn._ConvNd.reset_parameters", note="initialiser")
def conv_nd_reset(self):
    pass


@dropped("torch.nn._LazyConvXdMixin.reset_parameters", note="initialiser")
def lazy_conv_xd_mixin_reset(self):
    pass


@dropped("torch.nn._NormBase.reset_parameters", note="initialiser")
def norm_base_reset(self):
    pass


@dropped("torch.nn._LazyNormBase.reset_parameters", note="initialiser")
def lazy_norm_base_reset(self):
    pass


@dropped("torch.nn.RNNBase.reset_parameters", note="initialiser")
def r_n_n_base_reset(self):
    pass


@dropped("torch.nn.RNNCellBase.reset_parameters", note="initialiser")
def r_n_n_cell_base_reset(self):
    pass


@dropped("torch.nn.MultiheadAttention._reset_parameters", note="initialiser")
def multihead_attention_reset(self):
    pass


@dropped("torch.nn.Transformer._reset_parameters", note="initialiser")
def transformer_reset(self):
    pass
