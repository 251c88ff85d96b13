"""Where torch.nn.parallel's names are defined."""

# ruff: noqa
from torch.nn.parallel import *
