"""A batch norm in train mode is given one number for each channel.

It divides by the standard deviation over the batch, which one number does not have: torch raises. So do networks that
pool to 1 x 1 before a batch norm and are tried on one image, and the last batch of an epoch where one sample is left.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.AdaptiveAvgPool2d(1), nn.BatchNorm2d(8))  # expect: bn-batch-one
    net(torch.randn(1, 3, 32, 32))
    # ValueError: Expected more than 1 value per channel when training
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.AdaptiveAvgPool2d(1), nn.BatchNorm2d(8))
    net(torch.randn(2, 3, 32, 32))
    ```
Source: torch.nn.functional.batch_norm, _verify_batch_size.
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Lone, Rule


def judge(lone: Lone) -> Iterator[Draft]:
    """Every batch is of one sample, or the last one is."""
    if lone.loader is None:
        yield lone.draft(
            f"{lone.layer} in train mode gets {lone.shape}, one number for each channel; torch raises here; "
            "give it more samples, or call eval() first"
        )
    else:
        yield lone.draft(
            f"{lone.layer} in train mode gets one number for each channel in the last batch, where one sample is left; "
            "torch raises there; make the loader with drop_last=True"
        )


RULE = Rule(code="DL414", level=WARNING, on=Lone, judge=judge)
