"""Where torch.cuda.amp's names are defined."""

# ruff: noqa
from torch.cuda.amp import *
