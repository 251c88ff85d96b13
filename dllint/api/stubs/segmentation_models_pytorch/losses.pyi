"""segmentation_models_pytorch.losses: by default each takes scores, and squashes them as its mode says."""

# ruff: noqa
from torch.nn import Module

class _ByMode(Module):
    def __init__(self, mode, classes=None, log_loss=False, from_logits=True, *args, **kwargs): ...
    def forward(
        self,
        y_pred: When[
            "mode",
            {
                "multiclass": When["from_logits", {True: Logits, False: Probs}],
                ...: When["from_logits", {True: SigmoidLogits, False: SigmoidProbs}],
            },
        ],
        y_true: Tensor,
    ) -> Loss: ...

class DiceLoss(_ByMode): ...
class JaccardLoss(_ByMode): ...
class TverskyLoss(_ByMode): ...

class FocalLoss(Module):
    def __init__(self, mode, *args, from_logits=True, **kwargs): ...
    def forward(
        self, y_pred: When["from_logits", {True: SigmoidLogits, False: SigmoidProbs}], y_true: Tensor
    ) -> Loss: ...

class LovaszLoss(Module):
    def __init__(self, mode, per_image=False, ignore_index=None, from_logits=True): ...
    def forward(
        self,
        y_pred: When["mode", {"multiclass": When["from_logits", {True: Logits, False: Probs}], ...: Tensor}],
        y_true: Tensor,
    ) -> Loss: ...

class SoftBCEWithLogitsLoss(Module):
    def __init__(self, *args, **kwargs): ...
    def forward(self, y_pred: SigmoidLogits, y_true: Tensor) -> Loss: ...

class SoftCrossEntropyLoss(Module):
    def __init__(self, *args, **kwargs): ...
    def forward(self, y_pred: Logits["N C *D"], y_true: Labels) -> Loss: ...
