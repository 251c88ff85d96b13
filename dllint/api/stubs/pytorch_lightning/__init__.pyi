"""pytorch_lightning: lightning.pytorch under its former name."""

# ruff: noqa
from lightning.pytorch import *
