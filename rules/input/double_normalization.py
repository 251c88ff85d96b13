"""Pixels that are scaled already are divided by 255 again.

ToTensor divides the bytes of a PIL image or of an array by 255, and so does Normalize of albumentations. Divided again,
all images lie between 0 and 0.004: next to the bias of the first layer they are all the same, and the network learns
slowly or nothing.

So it is in Keras where both a generator and a Rescaling layer scale, or where preprocess_input or a network that scales
inside (EfficientNet, ConvNeXt, MobileNetV3) is given pixels that were divided before.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    data = datasets.FakeData(8, (3, 4, 4), transform=transforms.ToTensor())
    net = nn.Sequential(nn.Flatten(), nn.Linear(48, 10))
    for x, y in DataLoader(data, batch_size=4):
        x = x / 255  # expect: double-normalization
        print(net(x))
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    data = datasets.FakeData(8, (3, 4, 4), transform=transforms.ToTensor())
    net = nn.Sequential(nn.Flatten(), nn.Linear(48, 10))
    for x, y in DataLoader(data, batch_size=4):
        print(net(x))
    ```
Source: torchvision.transforms.ToTensor: "converts a PIL Image or numpy.ndarray (H x W x C) in the range [0, 255] to
a torch.FloatTensor of shape (C x H x W) in the range [0.0, 1.0]".
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Kind, Rule

SCALED = {Kind.ARRAY_1, Kind.ARRAY_NORMALISED, Kind.IMAGE_1, Kind.IMAGE_NORMALISED}
FULL = (255, 256, 127.5, 128)


def judge(call: Call) -> Iterator[Draft]:
    """Pixels that are scaled already, and are divided by what bytes are, or given to what divides them itself."""
    for given in call.given(wanting="numerator"):
        if given.kind in SCALED and divisor(call) in FULL:
            yield call.draft(
                given,
                f"{given.kind.value} are divided by {divisor(call):g}; they were scaled before, so all that is left "
                "is next to 0; scale once",
            )
    for given in call.given(wanting="byte pixels"):
        if given.kind in SCALED:
            yield call.draft(
                given,
                f"{call.callee} scales pixels from 0 to 255 itself, and gets {given.kind.value}; all that is left is "
                "next to one number; give it the pixels as they are read",
            )


def divisor(call: Call) -> float:
    """The number that the call divides by; 0 where nobody knows it."""
    number = call.constant("other")
    if not isinstance(number, (int, float)) or number == 0:
        return 0
    return round(1 / number, 6) if call.callee == "*" else number


RULE = Rule(code="DL202", level=ERROR, on=Call, judge=judge)
