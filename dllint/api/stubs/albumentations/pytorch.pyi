"""albumentations.pytorch: to tensors. ToTensorV2 leaves the scale alone, ToTensor of old divided bytes by 255."""

# ruff: noqa
from albumentations import Transform

class ToTensorV2(Transform):
    turns = "image"

class ToTensor(Transform):
    turns = "scaled"
