"""Gradients are gathered over several batches, and the mean loss of each is not divided by their number.

The sum of four means is four times the mean of one batch four times as large: the steps are four times as long as the
learning rate says, and clipping by norm cuts four times as much. Divide the loss by the number of batches. Adam and its
kin take the same step whatever the scale, so for them it is merely possible that it hurts.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(TensorDataset(torch.randn(32, 4), torch.randn(32, 1)), batch_size=4, shuffle=True)
    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for step, (x, y) in enumerate(loader):
        loss = nn.functional.mse_loss(net(x), y)
        loss.backward()  # expect: unscaled-accumulation
        if (step + 1) % 4 == 0:
            optimizer.step()
            optimizer.zero_grad()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(TensorDataset(torch.randn(32, 4), torch.randn(32, 1)), batch_size=4, shuffle=True)
    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for step, (x, y) in enumerate(loader):
        loss = nn.functional.mse_loss(net(x), y) / 4
        loss.backward()
        if (step + 1) % 4 == 0:
            optimizer.step()
            optimizer.zero_grad()
    ```
Source: PyTorch documentation, automatic mixed precision examples, "Gradient accumulation".
"""

from collections.abc import Iterator

from dllint import WARNING, Accumulate, Draft, Rule


def judge(gathered: Accumulate) -> Iterator[Draft]:
    """A whole mean is added in each pass, and an update uses the sum once in several."""
    yield gathered.draft(
        f"{gathered.optimizer} gets the sum of the gradients of several batches, each of a whole mean; its step is as "
        "many times too long; divide the loss by the number of batches"
    )


RULE = Rule(code="DL419", level=WARNING, on=Accumulate, judge=judge)
