"""torch.distributions, torch.func and pytrees: shapes and structure, in the catalog as in the framework."""
import pytest

CASES = """
torch.distributions.Normal(t(2, 3), t(3, fill=1)).sample()
torch.distributions.Normal(0.0, t(3, fill=1)).rsample((4,))
d = torch.distributions.Normal(t(2, 3), t(2, 3, fill=1)); (d.log_prob(t(2, 3)), d.entropy(), d.mean, d.stddev, d.batch_shape, d.event_shape)
torch.distributions.kl_divergence(torch.distributions.Normal(t(2, 3), t(2, 3, fill=1)), torch.distributions.Normal(t(3), t(3, fill=1)))
torch.distributions.Independent(torch.distributions.Normal(t(2, 3), t(2, 3, fill=1)), 1).log_prob(t(2, 3))
d = torch.distributions.Categorical(logits=t(2, 5)); (d.sample(), d.sample((3,)), d.log_prob(t(2, dtype="int64")), d.entropy(), d.batch_shape)
d = torch.distributions.Bernoulli(logits=t(2, 5)); (d.sample(), d.log_prob(t(2, 5)))
torch.distributions.Uniform(t(2), t(2, fill=1)).sample((3, 4))
torch.distributions.Beta(t(2, fill=1), t(2, fill=1)).rsample(), torch.distributions.Gamma(t(2, fill=1), t(2, fill=1)).rsample()
d = torch.distributions.OneHotCategorical(logits=t(2, 5)); (d.sample(), d.log_prob(t(2, 5, fill=1)) if False else d.event_shape)
torch.distributions.Dirichlet(t(2, 3, fill=1)).rsample((4,))
d = torch.distributions.StudentT(t(2, fill=3)); (d.sample(), d.log_prob(t(2)))
d = torch.distributions.TransformedDistribution(torch.distributions.Normal(t(2), t(2, fill=1)), [torch.distributions.AffineTransform(1.0, 2.0)]); (d.sample(), d.log_prob(t(2)))
m = nn.Linear(2, 3); torch.func.functional_call(m, dict(m.named_parameters()), (t(4, 2),))
from torch.utils._pytree import tree_flatten, tree_unflatten; leaves, spec = tree_flatten({"a": [1, 2], "b": (3, {"c": 4})}); (leaves, tree_unflatten([8, 7, 6, 5], spec))
from torch.utils._pytree import tree_map, tree_leaves; (tree_map(lambda x: x + 1, [1, (2, 3)]), tree_leaves((1, [2, {"k": 3}])))
"""


@pytest.mark.parametrize("text", [line.replace("; ", "\n") for line in CASES.strip().splitlines()])
def test_distributions(agree, text):
    agree(text)
