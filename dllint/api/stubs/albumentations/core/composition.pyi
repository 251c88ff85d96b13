"""Where the pipelines of albumentations are defined."""

# ruff: noqa
from albumentations import Compose, Sequential
