"""Where torch.distributed.fsdp's names are defined."""

# ruff: noqa
from torch.distributed.fsdp import *
