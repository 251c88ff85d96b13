"""timm.models: where create_model lives."""

# ruff: noqa
from timm import create_model
