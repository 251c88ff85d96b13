"""The square root of what can be exactly 0: its gradient there is infinite.

The slope of a root is 1 / (2 * sqrt(x)). At 0 it meets the 0 of what comes after it on the way back, and 0 * inf is
NaN, in every weight. The distance of a point to itself, by hand, is the usual way there; torch.norm and torch.cdist
know that case and give it the gradient 0.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    points = net(torch.randn(5, 4))
    offsets = points.unsqueeze(0) - points.unsqueeze(1)
    distances = torch.sqrt((offsets**2).sum(dim=-1))  # expect: sqrt-at-zero
    distances.mean().backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    points = net(torch.randn(5, 4))
    offsets = points.unsqueeze(0) - points.unsqueeze(1)
    distances = torch.sqrt((offsets**2).sum(dim=-1) + 1e-8)
    distances.mean().backward()
    ```
Source: lecture, section 4, "numerical instability".
"""

from collections.abc import Iterator

from dllint import WARNING, Add, Call, Draft, Rule, attains_zero


def judge(call: Call) -> Iterator[Draft]:
    """A root of what is exactly 0 in practice, on the way to a gradient."""
    for given in call.given(wanting="rooted"):
        if given.tracked and not call.guarded and attains_zero(given.term):
            yield call.here(
                given,
                "the square root is taken of a value that can be exactly 0; its gradient there is infinite, and NaN in "
                "the weights; add a small constant inside the root",
                Add(call.where.site, "1e-8"),
            )


RULE = Rule(code="DL508", level=WARNING, on=Call, judge=judge)
