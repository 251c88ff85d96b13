"""pytorch_lightning.core: where LightningModule was defined."""

# ruff: noqa
from lightning.pytorch import LightningDataModule, LightningModule
