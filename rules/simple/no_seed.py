"""Nothing seeds the random numbers: no run can be repeated.

First weights, the order of the data, dropout and augmentation are drawn anew in each run. Whether a change helped, or
this run was lucky, nobody can tell; a bug that shows once in five runs cannot be looked at twice.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)  # expect: no-seed
    for _ in range(10):
        loss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    torch.manual_seed(0)
    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(10):
        loss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    ```
Source: PyTorch, "Reproducibility": "you can use torch.manual_seed() to seed the RNG for all devices".
"""

from collections.abc import Iterator

from dllint import ADVICE, Draft, Rule, Unseeded


def judge(unseeded: Unseeded) -> Iterator[Draft]:
    """A project that trains, once."""
    yield unseeded.draft(
        f"{unseeded.optimizer} trains from other random numbers in each run, which no file seeds; "
        "no result can be repeated, nor a difference told from luck; call torch.manual_seed at the start",
    )


RULE = Rule(code="DL607", level=ADVICE, on=Unseeded, judge=judge)
