"""A loss that no gradient goes through: all of it is made of comparisons, argmax or rounding.

How often the largest score is the right one does not change with small changes of the weights: its gradient is 0 where
there is one. torch raises "does not require grad", or, where somebody asks for requires_grad, trains nothing at all.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    x, y = torch.randn(5, 4), torch.randint(3, (5,))
    wrong = (net(x).argmax(dim=1) != y).float().mean()
    wrong.requires_grad_()
    wrong.backward()  # expect: nondifferentiable-loss
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    x, y = torch.randn(5, 4), torch.randint(3, (5,))
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    ```
Source: lecture, section 4, "loss that is not differentiable".
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Rule, flat

NAMES = {"compared": "a comparison", "differing": "a comparison"}


def judge(call: Call) -> Iterator[Draft]:
    """A backward from what is flat on every way back."""
    for wanting in ("descended", "differentiable"):
        for given in call.given(wanting):
            end = flat(given.term)
            if end is not None:
                yield call.here(
                    given,
                    f"every way back from the loss ends at {NAMES.get(end.op, end.op)}; no gradient goes through it "
                    "and nothing is trained; use a loss that changes with the scores",
                )


RULE = Rule(code="DL309", level=ERROR, on=Call, judge=judge)
