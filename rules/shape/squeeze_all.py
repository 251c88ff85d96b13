"""squeeze() without a dimension drops the samples, too, where there is one.

It takes away every dimension of size 1: of (N, 1) it makes (N,), and of a batch of one a number. The last batch of an
epoch, or the first request in production, then raises, or is reduced over the wrong dimension.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Conv2d(3, 8, 3)
            self.pool = nn.AdaptiveAvgPool2d((1, 3))

        def forward(self, images):
            columns = self.pool(self.features(images)).squeeze()  # expect: squeeze-all
            return columns.mean(2)


    net = Net()
    for images in DataLoader(torch.rand(6, 3, 8, 8), batch_size=3):
        net(images)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Conv2d(3, 8, 3)
            self.pool = nn.AdaptiveAvgPool2d((1, 3))

        def forward(self, images):
            columns = self.pool(self.features(images)).squeeze(dim=-2)
            return columns.mean(2)


    net = Net()
    for images in DataLoader(torch.rand(6, 3, 8, 8), batch_size=3):
        net(images)
    ```
Source: torch.squeeze, "Warning: if the tensor has a batch dimension of size 1".
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Give, Rule, Squeeze


def judge(squeeze: Squeeze) -> Iterator[Draft]:
    """What comes after it counts on the dimension of the samples."""
    ones = squeeze.ones
    behind = ones == tuple(range(-len(ones), 0)) and len(squeeze.shape.dims) == len(ones) + 2
    instead = f"squeeze({ones[0]})" if len(ones) == 1 else "flatten(1)" if behind else f"squeeze({ones})"
    yield squeeze.draft(
        f"squeeze() of {squeeze.shape} drops the dimension of the samples, too, where there is one sample, and what "
        f"follows counts on it; use {instead}",
        fix=Give(squeeze.where.site, "dim", ones[0]) if len(ones) == 1 else None,
    )


RULE = Rule(code="DL104", level=WARNING, on=Squeeze, judge=judge)
