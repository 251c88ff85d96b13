"""A learning rate that the optimizer cannot use.

Adam and its kin move every weight by about the learning rate in each step, whatever the size of the gradient: weights
start around 0.05, so 0.1 throws them away in the first one. SGD multiplies the gradient, and with 10 no loss survives.
With 0 nothing is learned.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 3))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.5)  # expect: lr-out-of-range
    net(torch.randn(5, 4)).sum().backward()
    optimizer.step()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 3))
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    net(torch.randn(5, 4)).sum().backward()
    optimizer.step()
    ```
Source: Kingma and Ba, Adam, section 2.1: "the effective magnitude of the steps taken in parameter space at each
timestep are approximately bounded by the stepsize setting".
"""

from collections.abc import Iterator

from dllint import WARNING, Draft, Rate, Rule

STEPS = ("Adam", "AdamW", "NAdam", "RAdam", "Adamax", "RMSprop", "SparseAdam")
"""Optimizers whose steps are as large as the rate."""


def judge(rate: Rate) -> Iterator[Draft]:
    """A rate of 0, or one beyond what the optimizer can use, that no scheduler scales."""
    if rate.where.test:
        return
    if rate.rate == 0:
        yield rate.draft(f"the learning rate of {rate.optimizer} is 0; no step changes anything; set one")
    elif rate.optimizer in STEPS and rate.rate >= 0.1:
        yield rate.draft(
            f"the learning rate of {rate.optimizer} is {rate.rate:g}; each step moves every weight by about that much, "
            "more than weights are large; start with 0.001"
        )
    elif rate.optimizer == "SGD" and rate.rate >= 10:
        yield rate.draft(
            f"the learning rate of SGD is {rate.rate:g}; the loss grows without bound in a few steps; start with 0.1"
        )


RULE = Rule(code="DL606", level=WARNING, on=Rate, judge=judge)
