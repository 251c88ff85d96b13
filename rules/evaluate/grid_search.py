"""All combinations of a few values of several settings are tried: a grid.

One or two settings decide how a network trains, and nobody knows before which. A grid of three by three spends nine
runs and sees three values of each; nine draws at random see nine.

Bad:
    ```python
    import torch
    import torch.nn as nn

    x, y = torch.randn(64, 4), torch.randn(64, 1)
    for rate in [1e-3, 1e-2, 1e-1]:
        for decay in [0.0, 1e-4, 1e-2]:
            net = nn.Linear(4, 1)
            optimizer = torch.optim.SGD(net.parameters(), lr=rate, weight_decay=decay)  # expect: grid-search
            for _ in range(10):
                loss = nn.functional.mse_loss(net(x), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            print(rate, decay, loss.item())
    ```
Good:
    ```python
    import random
    import torch
    import torch.nn as nn

    x, y = torch.randn(64, 4), torch.randn(64, 1)
    for _ in range(9):
        rate, decay = 10 ** random.uniform(-3, -1), 10 ** random.uniform(-6, -2)
        net = nn.Linear(4, 1)
        optimizer = torch.optim.SGD(net.parameters(), lr=rate, weight_decay=decay)
        for _ in range(10):
            loss = nn.functional.mse_loss(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(rate, decay, loss.item())
    ```
Source: Bergstra and Bengio, Random search for hyper-parameter optimization, 2012: "randomly chosen trials are more
efficient [...] than trials on a grid".
"""

from collections.abc import Iterator
from math import prod

from dllint import ADVICE, Draft, Rule, Search


def judge(search: Search) -> Iterator[Draft]:
    """Two settings or more, and each value of one with each of the others."""
    counts = [len(values) for _, values in search.tried]
    if len(counts) > 1 and prod(counts) == search.each and not search.where.test:
        names = " and ".join(f"{len(values)} values of {name}" for name, values in search.tried)
        yield search.draft(
            f"all {search.each} combinations of {names} are tried; as many runs see no more than these values; "
            "draw each setting at random in every run",
        )


RULE = Rule(code="DL705", level=ADVICE, on=Search, judge=judge)
