"""torch.cuda.amp: mixed precision, as it was called before torch.amp."""

# ruff: noqa
from torch.amp import GradScaler as _GradScaler

@effect.autocast
def autocast(enabled=True, dtype=..., cache_enabled=True) -> Unknown: ...

class GradScaler(_GradScaler):
    def __init__(
        self, init_scale=65536.0, growth_factor=2.0, backoff_factor=0.5, growth_interval=2000, enabled=True
    ): ...
