"""torchvision.models.segmentation: batch norm in the backbone, dropout in the head; a dict of scores comes out."""

# ruff: noqa
from torch.nn import Module

class _SimpleSegmentationModel(Module):
    leaf = "batchnorm and dropout"
    head = ("classifier",)
    def forward(self, x: Tensor) -> Record[{"out": Head, "aux": Raw}]: ...

class FCN(_SimpleSegmentationModel): ...
class DeepLabV3(_SimpleSegmentationModel): ...

class LRASPP(Module):
    leaf = "batchnorm"
    head = ("classifier",)
    def forward(self, input: Tensor) -> Record[{"out": Head}]: ...

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
