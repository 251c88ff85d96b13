"""segmentation_models_pytorch: raw scores, unless `activation` puts something behind them."""

# ruff: noqa
from torch.nn import Module

class SegmentationModel(Module):
    leaf = "batchnorm"
    head = ("segmentation_head",)
    def __init__(
        self,
        encoder_name="resnet34",
        encoder_depth=5,
        encoder_weights="imagenet",
        *args,
        activation=None,
        aux_params=None,
        **kwargs,
    ): ...
    def forward(
        self, x: Tensor
    ) -> When[
        "aux_params",
        {
            # Before 0.1 the activation was for predict() alone.
            None: When[
                "segmentation_models_pytorch >= 0.1",
                {
                    False: Head,
                    ...: When[
                        "activation",
                        {
                            None: Head,
                            "identity": Head,
                            "sigmoid": Sigmoid,
                            "softmax2d": Probabilities,
                            "softmax": Probabilities,
                            "logsoftmax": LogProbabilities,
                            "tanh": Tanh,
                            "clamp": Activation,
                        },
                    ],
                },
            ],
            ...: Unknown,
        },
    ]: ...

class Unet(SegmentationModel): ...
class UnetPlusPlus(SegmentationModel): ...
class MAnet(SegmentationModel): ...
class Linknet(SegmentationModel): ...
class PSPNet(SegmentationModel): ...
class PAN(SegmentationModel): ...
class DeepLabV3(SegmentationModel): ...
class DeepLabV3Plus(SegmentationModel): ...

class FPN(SegmentationModel):
    leaf = "dropout"

class _Unnormalised(SegmentationModel):
    # Which layers they hold depends on the encoder.
    leaf = ""

class UPerNet(_Unnormalised): ...
class Segformer(_Unnormalised): ...
class DPT(_Unnormalised): ...

def create_model(
    arch, encoder_name="resnet34", encoder_weights="imagenet", in_channels=3, classes=1, **kwargs
) -> Object["SegmentationModel"]: ...
