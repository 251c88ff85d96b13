"""torch.distributed.fsdp: wrappers that shard the module they hold."""

# ruff: noqa
from torch.nn import Module

class FullyShardedDataParallel(Module):
    wraps = "module"
    @effect.wraps
    def __init__(self, module: Module, *args, **kwargs): ...
    def forward(self, *args, **kwargs) -> Unknown: ...
    @effect.clip
    def clip_grad_norm_(self, max_norm, norm_type=2.0) -> Tensor: ...

@effect.wraps
def fully_shard(module: Module, *args, **kwargs) -> Same["module"]: ...
