"""timm: networks by name, made in train mode, pretrained or not; losses that take scores.

Families with batch norm are told by name; of the others (ViT, ConvNeXt, Swin …) nothing is said, since timm makes
them without dropout by default. num_classes=0 leaves the head out.
"""

# ruff: noqa
from torch.nn import Module

class Network(Module):
    head = ("fc", "classifier", "head", "last_linear")
    leaf_by_name = {
        "model_name": {
            "*resnet*": "batchnorm",
            "*resnext*": "batchnorm",
            "seresne*": "batchnorm",
            "*efficientnet*": "batchnorm",
            "tf_efficientnet*": "batchnorm",
            "mobilenet*": "batchnorm",
            "densenet*": "batchnorm",
            "regnet*": "batchnorm",
            "vgg*_bn": "batchnorm",
            "inception*": "batchnorm",
            "xception*": "batchnorm",
            "mnasnet*": "batchnorm",
            "repvgg*": "batchnorm",
            "dla*": "batchnorm",
            "hrnet*": "batchnorm",
        }
    }
    def __init__(self, num_classes=None, features_only=False, **kwargs): ...
    def forward(
        self, x: Tensor
    ) -> When["features_only", {True: Unknown, False: When["num_classes", {0: Tensor, ...: Head}]}]: ...
    def forward_features(self, x: Tensor) -> Tensor: ...
    def forward_head(self, x: Tensor, pre_logits=False) -> When["pre_logits", {True: Tensor, False: Head}]: ...
    @effect.new_head
    def reset_classifier(self, num_classes, *args, **kwargs) -> None: ...

def create_model(
    model_name,
    pretrained=False,
    pretrained_cfg=None,
    pretrained_cfg_overlay=None,
    checkpoint_path=None,
    *args,
    num_classes=None,
    features_only=False,
    **kwargs,
) -> Object["Network"]: ...
def list_models(*args, **kwargs) -> Unknown: ...
