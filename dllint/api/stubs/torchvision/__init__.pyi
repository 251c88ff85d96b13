"""torchvision: its modules stand beside this file."""
# ruff: noqa

__version__: str
