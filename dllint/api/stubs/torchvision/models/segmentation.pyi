"""torchvision.models.segmentation: batch norm in the backbone, dropout in the head."""

# ruff: noqa
from torch.nn import Module

class _SimpleSegmentationModel(Module):
    leaf = "batchnorm and dropout"
    def forward(self, x: Tensor) -> Unknown: ...

class FCN(_SimpleSegmentationModel): ...
class DeepLabV3(_SimpleSegmentationModel): ...

class LRASPP(Module):
    leaf = "batchnorm"
    def forward(self, input: Tensor) -> Unknown: ...

def fcn_resnet50(
    pretrained=False, progress=True, num_classes=None, aux_loss=None, *, weights=None, weights_backbone=None, **kwargs
) -> Object["FCN"]: ...
def fcn_resnet101(
    pretrained=False, progress=True, num_classes=None, aux_loss=None, *, weights=None, weights_backbone=None, **kwargs
) -> Object["FCN"]: ...
def deeplabv3_resnet50(
    pretrained=False, progress=True, num_classes=None, aux_loss=None, *, weights=None, weights_backbone=None, **kwargs
) -> Object["DeepLabV3"]: ...
def deeplabv3_resnet101(
    pretrained=False, progress=True, num_classes=None, aux_loss=None, *, weights=None, weights_backbone=None, **kwargs
) -> Object["DeepLabV3"]: ...
def deeplabv3_mobilenet_v3_large(
    pretrained=False, progress=True, num_classes=None, aux_loss=None, *, weights=None, weights_backbone=None, **kwargs
) -> Object["DeepLabV3"]: ...
def lraspp_mobilenet_v3_large(
    pretrained=False, progress=True, num_classes=None, aux_loss=None, *, weights=None, weights_backbone=None, **kwargs
) -> Object["LRASPP"]: ...
