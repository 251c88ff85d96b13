"""timm.scheduler: factories that take the optimizer."""

# ruff: noqa

@effect.harmless
def create_scheduler(args, optimizer: Optimizer, updates_per_epoch=0) -> Tuple[Unknown, Number]: ...
@effect.harmless
def create_scheduler_v2(optimizer: Optimizer, *args, **kwargs) -> Tuple[Unknown, Number]: ...
