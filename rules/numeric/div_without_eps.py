"""A division by what can be exactly 0: a count, the largest of relu outputs, a maximum less a minimum.

x / 0 is infinite and 0 / 0 is NaN, in the result and in every weight that a gradient reaches through it. It happens
late and seldom: in the first batch without a positive, for the first image of one color.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    x, y = torch.randn(5, 4), torch.randint(2, (5, 1))
    positive = y == 1
    error = (net(x) - 1).square() * positive
    loss = error.sum() / positive.sum()  # expect: div-without-eps
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    x, y = torch.randn(5, 4), torch.randint(2, (5, 1))
    positive = y == 1
    error = (net(x) - 1).square() * positive
    loss = error.sum() / positive.sum().clamp(min=1)
    loss.backward()
    ```
Source: lecture, section 4, "numerical instability".
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Given, Kind, Rule, Term, attains_zero, is_spread, unmoved


def judge(call: Call) -> Iterator[Draft]:
    """A divisor that is 0 for some data, and nobody asks for it or looks at the result."""
    for given in call.given(wanting="denominator"):
        what = zero(given)
        if what and not call.guarded:
            yield call.here(
                given, f"the divisor is 0 {what}; the quotient is infinite or NaN then; clamp it from below, or add eps"
            )


def zero(given: Given) -> str:
    """When a divisor is 0, "" where it never is in practice."""
    if is_spread(given.term):
        return "where all the numbers are the same"
    if given.kind is Kind.BOOLEAN or not attains_zero(given.term):
        return ""
    match unmoved(given.term):
        case Term(op="sum" | "mean" | "count_nonzero"):
            return "where none of the numbers counts"
    return "where all the numbers are cut off or saturate"


RULE = Rule(code="DL507", level=WARNING, on=Call, judge=judge)
