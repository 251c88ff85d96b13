"""torch.optim.lr_scheduler: what changes a learning rate over time."""
# ruff: noqa

class LRScheduler:
    def __init__(self, optimizer: Optimizer, last_epoch=-1): ...
    @effect.advance
    def step(self, epoch=None) -> None: ...
    def get_lr(self) -> Unknown: ...
    def get_last_lr(self) -> Unknown: ...
    @effect.state_dict
    def state_dict(self) -> Unknown: ...
    @effect.load_state
    def load_state_dict(self, state_dict) -> None: ...
    @property
    def optimizer(self) -> Unknown: ...

_LRScheduler = LRScheduler

class ChainedScheduler(LRScheduler):
    def __init__(self, schedulers, optimizer: Optimizer = None): ...
    @effect.advance
    def step(self) -> None: ...

class ConstantLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, factor=0.3333333333333333, total_iters=5, last_epoch=-1): ...

class CosineAnnealingLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, T_max, eta_min=0.0, last_epoch=-1): ...

class CosineAnnealingWarmRestarts(LRScheduler):
    def __init__(self, optimizer: Optimizer, T_0, T_mult=1, eta_min=0.0, last_epoch=-1): ...

class CyclicLR(LRScheduler):
    def __init__(
        self,
        optimizer: Optimizer,
        base_lr,
        max_lr,
        step_size_up=2000,
        step_size_down=None,
        mode="triangular",
        gamma=1.0,
        scale_fn=None,
        scale_mode="cycle",
        cycle_momentum=True,
        base_momentum=0.8,
        max_momentum=0.9,
        last_epoch=-1,
    ): ...

class ExponentialLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, gamma, last_epoch=-1): ...

class LambdaLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, lr_lambda, last_epoch=-1): ...

class LinearLR(LRScheduler):
    def __init__(
        self, optimizer: Optimizer, start_factor=0.3333333333333333, end_factor=1.0, total_iters=5, last_epoch=-1
    ): ...

class MultiStepLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, milestones, gamma=0.1, last_epoch=-1): ...

class MultiplicativeLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, lr_lambda, last_epoch=-1): ...

class OneCycleLR(LRScheduler):
    def __init__(
        self,
        optimizer: Optimizer,
        max_lr,
        total_steps=None,
        epochs=None,
        steps_per_epoch=None,
        pct_start=0.3,
        anneal_strategy="cos",
        cycle_momentum=True,
        base_momentum=0.85,
        max_momentum=0.95,
        div_factor=25.0,
        final_div_factor=10000.0,
        three_phase=False,
        last_epoch=-1,
    ): ...

class PolynomialLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, total_iters=5, power=1.0, last_epoch=-1): ...

class ReduceLROnPlateau(LRScheduler):
    def __init__(
        self,
        optimizer: Optimizer,
        mode="min",
        factor=0.1,
        patience=10,
        threshold=0.0001,
        threshold_mode="rel",
        cooldown=0,
        min_lr=0,
        eps=1e-08,
    ): ...
    @effect.advance
    def step(self, metrics, epoch=None) -> None: ...

class SequentialLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, schedulers, milestones, last_epoch=-1): ...
    @effect.advance
    def step(self) -> None: ...

class StepLR(LRScheduler):
    def __init__(self, optimizer: Optimizer, step_size, gamma=0.1, last_epoch=-1): ...
