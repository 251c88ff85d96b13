"""lightning: what lightning.pytorch re-exports."""

# ruff: noqa
from lightning.pytorch import *
from lightning.fabric import Fabric
