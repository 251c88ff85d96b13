"""torchvision.transforms.v2.functional: the same, as functions."""

# ruff: noqa
from torchvision.transforms.functional import *
