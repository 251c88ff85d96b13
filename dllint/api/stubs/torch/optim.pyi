"""Where a name of torch.optim is defined."""

# ruff: noqa
from torch.optim import *
