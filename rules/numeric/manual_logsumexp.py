"""The logarithm of a sum of exponentials is taken by hand.

exp(89) is infinite in float32, and exp(-104) is 0: one large score makes the result infinite, scores that are all very
small make it -inf. logsumexp subtracts the largest score first and adds it again at the end.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    scores, labels = net(torch.randn(5, 4)), torch.randint(3, (5,))
    total = torch.log(torch.exp(scores).sum(dim=1))  # expect: manual-logsumexp
    loss = (total - scores[torch.arange(5), labels]).mean()
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    scores, labels = net(torch.randn(5, 4)), torch.randint(3, (5,))
    total = torch.logsumexp(scores, dim=1)
    loss = (total - scores[torch.arange(5), labels]).mean()
    loss.backward()
    ```
Source: lecture, section 4, "numerical instability"; exp(89) is infinite and exp(-104) is 0 in float32.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Rule, Term, unbounded, unmoved


def judge(call: Call) -> Iterator[Draft]:
    """A logarithm of a sum of exponentials that nothing bounds, on the way to a gradient."""
    for given in call.given(wanting="positive"):
        match unmoved(given.term):
            case Term(op="sum", of=(Term() as summed, *_)) if given.tracked:
                match unmoved(summed):
                    case Term(op="exp", of=(scores,)) if unbounded(scores):
                        yield call.here(
                            given,
                            f"{call.callee} is taken of a sum of exponentials by hand; exp(89) is infinite in float32 "
                            "and exp(-104) is 0; use logsumexp",
                        )


RULE = Rule(code="DL504", level=WARNING, on=Call, judge=judge)
