"""Where torch.nn.utils' clipping is defined."""

# ruff: noqa
from torch.nn.utils import *
