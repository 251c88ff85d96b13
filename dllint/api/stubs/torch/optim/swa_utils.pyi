"""torch.optim.swa_utils: averaged weights."""

# ruff: noqa
from torch.nn import Module
from torch.optim.lr_scheduler import LRScheduler

class AveragedModel(Module):
    @effect.wraps
    def __init__(self, model: Module, device=None, avg_fn=None, multi_avg_fn=None, use_buffers=False): ...
    @effect.harmless
    def update_parameters(self, model: Module) -> None: ...

class SWALR(LRScheduler):
    def __init__(self, optimizer: Optimizer, swa_lr, anneal_epochs=10, anneal_strategy="cos", last_epoch=-1): ...

@effect.harmless
def update_bn(loader: Loader, model: Module, device=None) -> None: ...
