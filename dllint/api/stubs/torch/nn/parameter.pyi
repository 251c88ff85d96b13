"""Where torch.nn's parameters are defined."""

# ruff: noqa
from torch.nn import *
