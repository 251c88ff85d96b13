"""Where the gradient switches are defined."""

# ruff: noqa
from torch import enable_grad, inference_mode, no_grad, set_grad_enabled
