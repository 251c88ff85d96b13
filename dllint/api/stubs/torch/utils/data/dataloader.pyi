"""Where torch.utils.data's names are defined."""

# ruff: noqa
from torch.utils.data import *
