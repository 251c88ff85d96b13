"""tensorboardX: the writer that torch took over."""

# ruff: noqa
from torch.utils.tensorboard import SummaryWriter
