"""lightning.pytorch: a trainer that runs the loop, sets the modes, and clears and steps the optimizers itself."""

# ruff: noqa
from torch.nn import Module

class LightningModule(Module):
    framework = "lightning"
    hooks = (
        "configure_model",
        "configure_optimizers",
        "on_fit_start",
        "on_train_start",
        "on_train_epoch_start",
        "training_step",
        "validation_step",
        "test_step",
        "predict_step",
    )
    def log(self, name, value, *args, **kwargs) -> None: ...
    def log_dict(self, dictionary, *args, **kwargs) -> None: ...
    def save_hyperparameters(self, *args, **kwargs) -> None: ...
    @effect.backward
    def manual_backward(self, loss: Tensor, *args, **kwargs) -> None: ...
    def optimizers(self, use_pl_optimizer=True) -> Unknown: ...
    def lr_schedulers(self) -> Unknown: ...
    def load_from_checkpoint(checkpoint_path, *args, **kwargs) -> Object["Self"]: ...

class LightningDataModule:
    framework = "lightning"
    def __init__(self, *args, **kwargs): ...

class Callback:
    framework = "lightning"

class Trainer:
    framework = "lightning"
    def __init__(self, *args, **kwargs): ...
    @effect.hooks
    def fit(self, model: Module, *args, **kwargs) -> None: ...
    @effect.hooks
    def validate(self, model: Module = None, *args, **kwargs) -> Unknown: ...
    @effect.hooks
    def test(self, model: Module = None, *args, **kwargs) -> Unknown: ...
    @effect.hooks
    def predict(self, model: Module = None, *args, **kwargs) -> Unknown: ...

@effect.seed
def seed_everything(seed=None, workers=False, verbose=True) -> Number: ...
