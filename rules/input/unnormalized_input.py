"""Pixels from 0 to 255 reach the first layer.

Layers start with weights for inputs around 0 and of size 1. Inputs a hundred times larger make scores, losses and
gradients as much larger: training is unstable, or needs another learning rate for its first layer. ToTensor divides
bytes by 255; on an array of floats it does not. Nor does Keras: load_data, flow_from_directory and
image_dataset_from_directory give pixels as they are. A network of keras.applications wants what preprocess_input of its
module makes of them, and a model that was fitted on scaled pixels wants scaled pixels when it is evaluated, too.

Bad:
    ```python
    import numpy as np
    import torch
    import torch.nn as nn
    from PIL import Image
    from torchvision import transforms

    net = nn.Conv2d(3, 8, 3)
    picture = Image.new("RGB", (8, 8))
    picture.save("cat.png")
    array = np.array(Image.open("cat.png"), dtype=np.float32)
    print(net(transforms.ToTensor()(array)).sum())  # expect: unnormalized-input
    ```
Good:
    ```python
    import numpy as np
    import torch
    import torch.nn as nn
    from PIL import Image
    from torchvision import transforms

    net = nn.Conv2d(3, 8, 3)
    picture = Image.new("RGB", (8, 8))
    picture.save("cat.png")
    array = np.array(Image.open("cat.png"))
    print(net(transforms.ToTensor()(array)).sum())
    ```
Source: lecture, section 2, "normalize input data"; torchvision.transforms.ToTensor, "in the other cases, tensors are
returned without scaling".
"""

from collections.abc import Callable, Iterator

from dllint import WARNING, Call, Draft, Given, Kind, Rule

OF_ARRAYS = (Kind.BYTE_ARRAY, Kind.ARRAY_255)
"""What a layer of Keras takes as it is."""


def judge(call: Call) -> Iterator[Draft]:
    """Pixels on another scale than a layer, a trained network or a fitted model wants."""
    for wanting, wrong in WRONG.items():
        for given in call.given(wanting=wanting):
            if message := wrong(call, given):
                yield call.draft(given, message)


def unscaled(call: Call, given: Given) -> str:
    """A layer that is given pixels on the scale of bytes."""
    if given.kind in (Kind.IMAGE_255, Kind.BYTE_IMAGE) or (given.kind in OF_ARRAYS and not call.torch):
        return (
            f"{call.callee} gets pixels from 0 to 255; its weights start for inputs around 0 and of size 1, so "
            "gradients are some hundred times too large; divide by 255, or normalise"
        )
    return ""


def unprepared(call: Call, given: Given) -> str:
    """A network that was trained on what a function makes of pixels, and is given the pixels."""
    if given.kind in OF_ARRAYS:
        return (
            f"{call.callee} gets pixels from 0 to 255 as they are; its weights were trained on what preprocess_input "
            "of its module makes of them; call that first"
        )
    return ""


def unlike(call: Call, given: Given) -> str:
    """A model that was fitted on pixels of another scale."""
    return (
        f"the model gets {given.kind.value}, and was fitted on pixels from {call.constant('fitted')}; what it learnt "
        "does not hold for them; scale both alike"
    )


WRONG: dict[str, Callable[[Call, Given], str]] = {
    "pixels": unscaled,
    "preprocessed pixels": unprepared,
    "pixels as fitted": unlike,
}
"""What something wants that is given pixels → what is wrong with these, "" for nothing."""

RULE = Rule(code="DL201", level=WARNING, on=Call, judge=judge)
