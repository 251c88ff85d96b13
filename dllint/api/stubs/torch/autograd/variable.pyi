"""Where the Variable is defined."""

# ruff: noqa
from torch.autograd import Variable
