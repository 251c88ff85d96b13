"""A batch size is written out where the last batch may have fewer samples.

A loader gives what is left as its last batch, unless it is made with `drop_last=True` or the samples are a multiple.
A view of 64 rows then raises, or puts parts of several samples into one row; a hidden state or a column of ones for 64
samples does not fit.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader

    net = nn.Linear(8, 2)
    loader = DataLoader(torch.randn(10, 2, 4), batch_size=4)
    for batch in loader:
        scores = net(batch.view(4, -1))  # expect: hardcoded-batch
    # RuntimeError: mat1 and mat2 shapes cannot be multiplied
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader

    net = nn.Linear(8, 2)
    loader = DataLoader(torch.randn(10, 2, 4), batch_size=4)
    for batch in loader:
        scores = net(batch.view(batch.size(0), -1))
    ```
Source: torch.utils.data.DataLoader, "drop_last".
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Fixed, Rule


def judge(fixed: Fixed) -> Iterator[Draft]:
    """The size of all batches but the last one."""
    left = f"has {fixed.left}" if fixed.left else f"has fewer, unless all samples are a multiple of {fixed.size}"
    yield fixed.draft(
        f"{fixed.callee} takes each batch for one of {fixed.size} samples, and the last one {left}; "
        "take the number from the batch, size(0), or make the loader with drop_last=True"
    )


RULE = Rule(code="DL105", level=WARNING, on=Fixed, judge=judge)
