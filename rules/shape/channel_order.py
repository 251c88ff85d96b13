"""The height or the width of a picture is taken for its channels.

cv2, PIL and numpy keep a picture as (height, width, channels); torch's layers take (channels, height, width), and
ToTensor turns the one into the other. A picture that nobody turned, or that was turned twice, either raises, or is
convolved over its colours and one side: the network runs, and learns little. Keras' layers take (height, width,
channels), unless data_format or keras.json say otherwise: an input_shape of (1, 28, 28) is one row of 28 pixels.

Bad:
    ```python
    import numpy as np
    import torch
    import torch.nn as nn
    from PIL import Image

    Image.new("RGB", (8, 8)).save("cat.png")
    net = nn.Conv2d(3, 8, 3)
    picture = np.array(Image.open("cat.png").convert("RGB")) / 255
    batch = torch.from_numpy(picture).float().unsqueeze(0)
    print(net(batch).sum())  # expect: channel-order
    # RuntimeError: expected input[1, 8, 8, 3] to have 3 channels, but got 8 channels instead
    ```
Good:
    ```python
    import numpy as np
    import torch
    import torch.nn as nn
    from PIL import Image

    Image.new("RGB", (8, 8)).save("cat.png")
    net = nn.Conv2d(3, 8, 3)
    picture = np.array(Image.open("cat.png").convert("RGB")) / 255
    batch = torch.from_numpy(picture).float().unsqueeze(0)
    print(net(batch.permute(0, 3, 1, 2)).sum())
    ```
Source: lecture, section 4, "incorrect shapes"; torch.nn.Conv2d, "input: (N, C, H, W)"; torchvision.transforms.ToTensor.
"""

from collections.abc import Iterator

from dllint import WARNING, Channels, Convert, Draft, Rule


def judge(channels: Channels) -> Iterator[Draft]:
    """A layer that takes channels first, or a function that takes them last, is given a picture the other way round."""
    order, site = channels.order, channels.where.site
    yield channels.draft(
        f"{channels.callee} takes {channels.takes}, and is given {channels.shape}: the {channels.side} of a picture "
        f"stands where the channels should; permute{order} puts them in order",
        Convert(site, 0, channels.parameter, "permute", order) if channels.is_layer and channels.written else None,
    )


RULE = Rule(code="DL107", level=WARNING, on=Channels, judge=judge)
