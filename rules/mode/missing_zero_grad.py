"""An optimizer steps again on gradients that no zero_grad cleared since its last step.

PyTorch adds each backward to `.grad`. Without a zero_grad in the cycle the second update uses the sum of two
batches, the hundredth the sum of a hundred: the direction is stale and its length grows with every step.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(100):
        loss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
        loss.backward()
        optimizer.step()  # expect: missing-zero-grad
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(100):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(net(torch.randn(8, 4)), torch.randn(8, 1))
        loss.backward()
        optimizer.step()
    ```
Source: torch.optim, "How to use an optimizer"; lecture, section 4.
"""

from collections.abc import Iterator

from dllint import ERROR, Draft, Follow, Rule, Step, Update


def judge(update: Update) -> Iterator[Draft]:
    """An update in a later pass finds gradients of an earlier one, used already, under those of this pass."""
    for pending in update.pending:
        if update.where.later and pending.stale is not None and pending.fresh is not None:
            yield update.draft(
                (Step(pending.fresh, "adds to the gradients in every pass"),),
                "{here} uses the gradients of earlier passes again: nothing clears what backward adds at {made}; "
                "each update is made from all batches so far; "
                "call zero_grad() in each pass, before backward()",
                Follow(update.where.site, "zero_grad"),
            )


RULE = Rule(code="DL405", level=ERROR, on=Update, judge=judge)
