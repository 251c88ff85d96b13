"""Pixels from 0 to 255 reach the first layer.

Layers start with weights for inputs around 0 and of size 1. Inputs a hundred times larger make scores, losses and
gradients as much larger: training is unstable, or needs another learning rate for its first layer. ToTensor divides
bytes by 255; on an array of floats it does not.

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

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Kind, Rule

OF_ARRAYS = (Kind.BYTE_ARRAY, Kind.ARRAY_255)
"""What a layer of Keras takes as it is."""


def judge(call: Call) -> Iterator[Draft]:
    """A layer that is given pixels on the scale of bytes."""
    for given in call.given(wanting="pixels"):
        if given.kind in (Kind.IMAGE_255, Kind.BYTE_IMAGE) or (given.kind in OF_ARRAYS and not call.torch):
            yield call.draft(
                given,
                f"{call.callee} gets pixels from 0 to 255; its weights start for inputs around 0 and of size 1, so "
                "gradients are some hundred times too large; divide by 255, or normalise",
            )


RULE = Rule(code="DL201", level=WARNING, on=Call, judge=judge)
