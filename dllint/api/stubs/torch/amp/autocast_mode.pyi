"""Where torch.amp's names are defined."""

# ruff: noqa
from torch.amp import *
