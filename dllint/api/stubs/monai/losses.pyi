"""monai.losses: `sigmoid=True` or `softmax=True` say what a loss applies itself."""

# ruff: noqa
from torch.nn import Module

class DiceLoss(Module):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None, *args, **kwargs
    ): ...
    def forward(
        self,
        input: When[
            "softmax",
            {
                True: Logits,
                False: When[
                    "sigmoid",
                    {True: SigmoidLogits, False: When["other_act", {None: SigmoidProbs, ...: Tensor}]},
                ],
            },
        ],
        target: Tensor,
        *args,
        **kwargs,
    ) -> Loss: ...

class GeneralizedDiceLoss(DiceLoss): ...
class MaskedDiceLoss(DiceLoss): ...
class TverskyLoss(DiceLoss): ...

class DiceCELoss(Module):
    def __init__(self, *args, **kwargs): ...
    def forward(self, input: Logits["N C *D"], target: Tensor) -> Loss: ...

class FocalLoss(Module):
    def __init__(self, *args, use_softmax=False, **kwargs): ...
    def forward(self, input: When["use_softmax", {True: Logits, False: SigmoidLogits}], target: Tensor) -> Loss: ...
