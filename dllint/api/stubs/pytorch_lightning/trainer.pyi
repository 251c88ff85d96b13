"""pytorch_lightning.trainer: where Trainer is defined."""

# ruff: noqa
from lightning.pytorch import Trainer
