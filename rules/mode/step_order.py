"""A call of the training step comes at the wrong turn.

The order is: zero_grad, backward, unscale_ (with a gradient scaler), clip, step, then the schedule. What comes
too early finds no gradients yet, or gradients that are scaled still; what comes too late changes gradients that nobody
uses any more. Nothing raises.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(100):
        loss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)  # expect: step-order
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(100):
        loss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
    ```
Source: torch.optim, "How to use an optimizer"; torch.amp examples, "Working with unscaled gradients".
"""

from collections.abc import Iterator

from dllint import ERROR, Disorder, Draft, Move, Rule

SAID = {
    "late clip": "{here} comes after the update at {made}; "
    "it clips gradients that are used already, so the updates are made with unclipped ones; "
    "clip between backward() and step()",
    "scaled clip": "{here} clips gradients of a loss that was scaled at {made}; "
    "they are thousands of times too large, so what is left of them has the wrong length; "
    "call scaler.unscale_(optimizer) before it",
    "cleared": "{here} finds no gradients: those of {made} are cleared before it; "
    "it changes no weight; call zero_grad() before backward(), or after step()",
    "early step": "{here} comes before the backward at {made}, and what was there is cleared; "
    "it finds no gradients and changes no weight; step after backward()",
    "schedule of batches": "{here} goes on after each batch, and the schedule is made for as many steps as the loop at "
    "{made} has epochs; it ends long before the training does, or turns back; "
    "call it once an epoch, or count batches where it is made",
    "early schedule": "{here} comes before the first update, at {made}; "
    "since torch 1.1 the first learning rate of the schedule is skipped so; "
    "call it after optimizer.step()",
}


def judge(disorder: Disorder) -> Iterator[Draft]:
    """Whatever comes at the wrong turn."""
    here, other = disorder.where.site, disorder.other.site
    moved = {"late clip": Move(other, here), "early step": Move(here, other), "early schedule": Move(here, other)}
    yield disorder.draft(SAID[disorder.case], moved.get(disorder.case))


RULE = Rule(code="DL406", level=ERROR, on=Disorder, judge=judge)
