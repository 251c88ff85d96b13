"""Where torch.nn's names are defined."""

# ruff: noqa
from torch.nn import *
