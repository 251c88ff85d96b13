"""torchvision.models.detection: in train mode forward wants targets and returns losses; in eval mode, boxes."""

# ruff: noqa
from torch.nn import Module

class GeneralizedRCNN(Module):
    def forward(self, images, targets=None) -> Unknown: ...

class FasterRCNN(GeneralizedRCNN): ...
class MaskRCNN(FasterRCNN): ...
class KeypointRCNN(FasterRCNN): ...

class RetinaNet(Module):
    def forward(self, images, targets=None) -> Unknown: ...

class SSD(Module):
    def forward(self, images, targets=None) -> Unknown: ...

def fasterrcnn_resnet50_fpn(
    pretrained=False,
    progress=True,
    num_classes=None,
    *,
    weights=None,
    weights_backbone=None,
    trainable_backbone_layers=None,
    **kwargs,
) -> Object["FasterRCNN"]: ...
def fasterrcnn_mobilenet_v3_large_fpn(
    pretrained=False,
    progress=True,
    num_classes=None,
    *,
    weights=None,
    weights_backbone=None,
    trainable_backbone_layers=None,
    **kwargs,
) -> Object["FasterRCNN"]: ...
def maskrcnn_resnet50_fpn(
    pretrained=False,
    progress=True,
    num_classes=None,
    *,
    weights=None,
    weights_backbone=None,
    trainable_backbone_layers=None,
    **kwargs,
) -> Object["MaskRCNN"]: ...
def keypointrcnn_resnet50_fpn(
    pretrained=False,
    progress=True,
    num_classes=None,
    *,
    weights=None,
    weights_backbone=None,
    trainable_backbone_layers=None,
    **kwargs,
) -> Object["KeypointRCNN"]: ...
def retinanet_resnet50_fpn(
    pretrained=False,
    progress=True,
    num_classes=None,
    *,
    weights=None,
    weights_backbone=None,
    trainable_backbone_layers=None,
    **kwargs,
) -> Object["RetinaNet"]: ...
def ssd300_vgg16(
    pretrained=False,
    progress=True,
    num_classes=None,
    *,
    weights=None,
    weights_backbone=None,
    trainable_backbone_layers=None,
    **kwargs,
) -> Object["SSD"]: ...
