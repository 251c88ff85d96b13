"""A batch is reduced to one number before its samples are told apart.

A loss with reduction "mean", or a norm without `dim`, is one number for the whole batch. Multiplied with a weight, a
mask or a label of each sample, and averaged again, it is that one number times the mean of the weights: every sample
counts alike, and what was masked is not. Reduce last. And what is to be compared row by row is normalised row by row:
`F.normalize(z, dim=0)` gives length 1 to each column over the batch.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
    from torch.utils.data import DataLoader, TensorDataset

    net = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    data = TensorDataset(torch.randn(20, 4), torch.randint(3, (20,)), torch.rand(20))
    for x, y, weight in DataLoader(data, batch_size=5, shuffle=True):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss = (loss * weight).mean()  # expect: wrong-reduction-axis
        loss.backward()
        optimizer.step()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
    from torch.utils.data import DataLoader, TensorDataset

    net = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    data = TensorDataset(torch.randn(20, 4), torch.randint(3, (20,)), torch.rand(20))
    for x, y, weight in DataLoader(data, batch_size=5, shuffle=True):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y, reduction="none")
        loss = (loss * weight).mean()
        loss.backward()
        optimizer.step()
    ```
Bad: unit columns, compared by rows
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 8)
    z = F.normalize(net(torch.randn(5, 4)), dim=0)
    print((z @ z.T).diagonal())  # expect: wrong-reduction-axis
    ```
Good: unit rows
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 8)
    z = F.normalize(net(torch.randn(5, 4)), dim=1)
    print((z @ z.T).diagonal())
    ```
Source: torch.nn.CrossEntropyLoss, "reduction"; torch.norm, "dim".
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Pooled, Rule


def judge(pooled: Pooled) -> Iterator[Draft]:
    """One number for the batch times one of each sample, summed up; or rows compared that are no unit vectors."""
    if pooled.by == "product":
        yield pooled.draft(
            "rows are multiplied with one another that were normalised along the batch (dim=0 at {made}); each column "
            "has length 1 there and no row has, so this is no cosine; normalise along dim=1"
        )
        return
    cure = 'reduction="none" for the loss' if "loss" in pooled.made.text else "a norm along the last dimension"
    yield pooled.draft(
        f"one number for the whole batch (made at {{made}}) is multiplied with one of each sample before the "
        f"{pooled.by}; no sample counts more than another; use {cure}, and reduce last"
    )


RULE = Rule(code="DL110", level=WARNING, on=Pooled, judge=judge)
