"""A DistributedSampler shuffles, and nobody tells it the epoch.

It draws its order from its seed and the epoch, so that all processes agree. Without set_epoch() the epoch is always 0:
every epoch goes over the data in one and the same order, and each process sees the same part of it for ever.

Bad:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

    data = TensorDataset(torch.randn(64, 4), torch.randn(64, 1))
    sampler = DistributedSampler(data, num_replicas=2, rank=0)  # expect: sampler-epoch
    loader = DataLoader(data, batch_size=8, sampler=sampler)
    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(3):
        for x, y in loader:
            optimizer.zero_grad()
            nn.functional.mse_loss(net(x), y).backward()
            optimizer.step()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

    data = TensorDataset(torch.randn(64, 4), torch.randn(64, 1))
    sampler = DistributedSampler(data, num_replicas=2, rank=0)
    loader = DataLoader(data, batch_size=8, sampler=sampler)
    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(3):
        sampler.set_epoch(epoch)
        for x, y in loader:
            optimizer.zero_grad()
            nn.functional.mse_loss(net(x), y).backward()
            optimizer.step()
    ```
Source: torch.utils.data.distributed.DistributedSampler, "Warning".
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Rule, SameOrder


def judge(order: SameOrder) -> Iterator[Draft]:
    """Any sampler of which several epochs get the same order."""
    yield order.draft(
        "{here} shuffles by an epoch that nobody tells it; "
        "every epoch goes over the data in the same order; "
        "call sampler.set_epoch(epoch) at the start of each epoch"
    )


RULE = Rule(code="DL418", level=WARNING, on=SameOrder, judge=judge)
