"""Where torchvision.transforms' names are defined."""

# ruff: noqa
from torchvision.transforms import *
