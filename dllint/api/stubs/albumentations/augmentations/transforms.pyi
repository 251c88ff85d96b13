"""Where transforms of albumentations are defined, up to version 1."""

# ruff: noqa
from albumentations import FromFloat, Lambda, Normalize, ToFloat
