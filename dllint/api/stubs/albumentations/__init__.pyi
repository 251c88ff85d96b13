"""albumentations: takes the image by name and gives a dict; all transforms but a few leave the scale of pixels alone."""

# ruff: noqa

class Transform:
    named = ("[A-Z]*",)
    turns = "same"
    def __init__(self, *args, **kwargs): ...
    @effect.augment
    def __call__(self, *args, **kwargs) -> Unknown: ...

class Compose:
    def __init__(self, transforms: Transforms, *args, **kwargs): ...
    @effect.augment
    def __call__(self, *args, **kwargs) -> Unknown: ...

class Sequential(Compose): ...

class Normalize(Transform):
    turns = "array normalised"
    def __init__(self, mean=..., std=..., max_pixel_value=255.0, *args, **kwargs): ...

class ToFloat(Transform):
    turns = "array scaled"
    def __init__(self, max_value=None, *args, **kwargs): ...

class FromFloat(Transform):
    turns = "lost"

class Lambda(Transform):
    turns = "lost"
