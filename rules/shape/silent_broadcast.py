"""Two tensors are broadcast to a table where a number a sample was meant.

(N, 1) against (N,) is legal: torch pairs every prediction with every target and computes N x N numbers. The loss falls,
towards the mean of all targets, and no error ever comes; mse_loss, l1_loss and their kin warn at most.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    inputs, targets = torch.randn(8, 4), torch.randn(8)
    loss = nn.functional.mse_loss(net(inputs), targets)  # expect: silent-broadcast
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    inputs, targets = torch.randn(8, 4), torch.randn(8)
    loss = nn.functional.mse_loss(net(inputs).squeeze(1), targets)
    loss.backward()
    ```
Source: lecture, section 4, "incorrect shapes, silent broadcasting".
"""

from collections.abc import Iterator

from dllint import ERROR, Broadcast, Draft, Rule


def judge(broadcast: Broadcast) -> Iterator[Draft]:
    """The same numbers of samples, one of them as a column."""
    row, column = sorted((broadcast.one, broadcast.other), key=lambda shape: len(shape.dims))
    if column.dims == (*row.dims, 1) and row.dims and row.dims[-1] != 1:
        yield broadcast.draft(
            f"{broadcast.callee} of {broadcast.one} and {broadcast.other} makes {broadcast.made}: each with each; "
            "squeeze the one, or unsqueeze the other"
        )


RULE = Rule(code="DL102", level=ERROR, on=Broadcast, judge=judge)
