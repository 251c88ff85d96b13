"""Where names of torchvision.datasets are defined."""

# ruff: noqa
from torchvision.datasets import *
