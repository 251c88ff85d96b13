"""Where a name of torch.distributions is defined."""

# ruff: noqa
from torch.distributions import Categorical
