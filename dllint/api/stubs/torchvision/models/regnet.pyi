"""Where names of torchvision.models are defined."""

# ruff: noqa
from torchvision.models import *
