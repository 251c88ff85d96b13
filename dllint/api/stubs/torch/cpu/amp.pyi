"""torch.cpu.amp: mixed precision, as it was called before torch.amp."""
# ruff: noqa

@effect.autocast
def autocast(enabled=True, dtype=..., cache_enabled=True) -> Unknown: ...
