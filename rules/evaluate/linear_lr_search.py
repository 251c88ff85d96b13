"""Learning rates are searched in even steps.

What a rate does depends on its order of magnitude: 0.001 and 0.002 train alike, 0.0001 and 0.001 do not. Even steps
from 0.01 to 0.1 spend nine of ten runs on one magnitude and see nothing below it.

Bad:
    ```python
    import torch
    import torch.nn as nn

    x, y = torch.randn(64, 4), torch.randn(64, 1)
    for rate in [0.02, 0.04, 0.06, 0.08, 0.1]:
        net = nn.Linear(4, 1)
        optimizer = torch.optim.SGD(net.parameters(), lr=rate)  # expect: linear-lr-search
        for _ in range(10):
            loss = nn.functional.mse_loss(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(rate, loss.item())
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    x, y = torch.randn(64, 4), torch.randn(64, 1)
    for rate in [1e-5, 1e-4, 1e-3, 1e-2, 1e-1]:
        net = nn.Linear(4, 1)
        optimizer = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(10):
            loss = nn.functional.mse_loss(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(rate, loss.item())
    ```
Source: Bengio, Practical recommendations for gradient-based training of deep architectures, section 3.3: rates are
sampled "uniformly in the log-domain".
"""

from collections.abc import Iterator
from itertools import pairwise

from dllint import ADVICE, Draft, Rule, Search

FEWEST = 3


def judge(search: Search) -> Iterator[Draft]:
    """Three rates or more, each as far from the one before."""
    rates = sorted(rate for name, rates in search.tried for rate in rates if name == "lr" and isinstance(rate, float))
    if len(rates) >= FEWEST and even(rates) and not search.where.test:
        yield search.draft(
            f"{search.optimizer} is tried with {len(rates)} learning rates from {rates[0]:g} to {rates[-1]:g} in even "
            "steps; what a rate does depends on its order of magnitude; try powers of ten, or of three",
        )


def even(rates: list[float]) -> bool:
    """Whether numbers in order are all as far apart, but for rounding."""
    steps = [after - before for before, after in pairwise(rates)]
    return max(steps) - min(steps) < 1e-3 * min(steps)


RULE = Rule(code="DL704", level=ADVICE, on=Search, judge=judge)
