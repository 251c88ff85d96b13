"""pytorch_lightning.core.lightning: the same, up to 1.9."""

# ruff: noqa
from lightning.pytorch import LightningModule
