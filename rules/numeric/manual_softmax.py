"""A softmax is written out, exponential by sum, without subtracting the maximum.

exp(89) is infinite in float32, and inf / inf is NaN. softmax subtracts the largest score first, which changes nothing
but that.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    e = torch.exp(net(torch.randn(5, 4)))
    weights = e / e.sum(dim=1, keepdim=True)  # expect: manual-softmax
    weights.square().mean().backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    weights = torch.softmax(net(torch.randn(5, 4)), dim=1)
    weights.square().mean().backward()
    ```
Source: lecture, section 4, "numerical instability"; exp(89) is infinite in float32.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Rule, Term, softmax_by_hand, unbounded, unmoved


def judge(call: Call) -> Iterator[Draft]:
    """An exponential of an unbounded value, divided by its own sum."""
    tops, bottoms = call.given(wanting="numerator"), call.given(wanting="denominator")
    for top, bottom in zip(tops, bottoms, strict=False):
        exponential = unmoved(top.term)
        if softmax_by_hand(top.term, bottom.term) and isinstance(exponential, Term) and unbounded(exponential.of[0]):
            yield call.draft(
                top,
                "a softmax is written out by hand; exp(89) is infinite in float32 and inf / inf is NaN; "
                "use softmax, or subtract the maximum first",
            )


RULE = Rule(code="DL503", level=WARNING, on=Call, judge=judge)
