"""A division by what can be exactly 0: a count, the largest of relu outputs, a maximum less a minimum.

x / 0 is infinite and 0 / 0 is NaN, in the result and in every weight that a gradient reaches through it. It happens
late and seldom: in the first batch without a positive, for the first image of one color.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Conv2d(3, 1, 3), nn.ReLU())
    maps = net(torch.randn(2, 3, 8, 8))
    scaled = maps / maps.amax((2, 3), keepdim=True)  # expect: div-without-eps
    loss = (scaled - 0.5).square().mean()
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Conv2d(3, 1, 3), nn.ReLU())
    maps = net(torch.randn(2, 3, 8, 8))
    scaled = maps / (maps.amax((2, 3), keepdim=True) + 1e-6)
    loss = (scaled - 0.5).square().mean()
    loss.backward()
    ```
Source: lecture, section 4, "numerical instability".
"""

from collections.abc import Iterator

from dllint import WARNING, Add, Call, Confidence, Draft, Given, Kind, Rule, Term, attains_zero, is_spread, unmoved

NONE_COUNTS = "where none of the numbers counts"
"""Seldom so: of a mask in real code something is nearly always left, so this is shown on request."""


def judge(call: Call) -> Iterator[Draft]:
    """A divisor that is 0 for some data, on the way to a network or a loss, and nobody asks for it."""
    for given in call.given(wanting="denominator"):
        what = zero(given)
        if what and not call.guarded:
            draft = call.here(
                given,
                f"the divisor is 0 {what}; the quotient is infinite or NaN then; clamp it from below, or add eps",
                Add(call.where.site, "1e-6") if call.callee == "/" else None,
            )
            seldom = what == NONE_COUNTS or not call.reaches
            yield draft.but(confidence=Confidence.POSSIBLE) if seldom else draft


def zero(given: Given) -> str:
    """When a divisor is 0, "" where it never is in practice."""
    if is_spread(given.term):
        return "where all the numbers are the same"
    if given.kind is Kind.BOOLEAN or not attains_zero(given.term):
        return ""
    match unmoved(given.term):
        case Term(op="sum" | "mean" | "count_nonzero"):
            return NONE_COUNTS
    return "where all the numbers are cut off or saturate"


RULE = Rule(code="DL507", level=WARNING, on=Call, judge=judge)
