"""The logarithm of a softmax or a sigmoid is taken by hand.

In float32 a softmax is exactly 0 for a score 104 below the largest, and its logarithm -inf; the gradient is then NaN,
and it stays in the weights. log_softmax and logsigmoid compute the same without the way through 0.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    scores, labels = net(torch.randn(5, 4)), torch.randint(3, (5,))
    log_probabilities = torch.log(F.softmax(scores, dim=1))  # expect: log-of-softmax
    F.nll_loss(log_probabilities, labels).backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    scores, labels = net(torch.randn(5, 4)), torch.randint(3, (5,))
    log_probabilities = F.log_softmax(scores, dim=1)
    F.nll_loss(log_probabilities, labels).backward()
    ```
Source: lecture, section 4, "numerical instability"; exp(-104) is 0 in float32.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Kind, Rule

STABLE = {Kind.PROBABILITIES: ("softmax", "log_softmax"), Kind.SIGMOID: ("sigmoid", "logsigmoid")}


def judge(call: Call) -> Iterator[Draft]:
    """A logarithm of probabilities that can be 0, on the way to a gradient."""
    for given in call.given(wanting="positive"):
        if given.kind in STABLE and given.range.low <= 0 and call.where.grad:
            made, stable = STABLE[given.kind]
            yield call.draft(
                given,
                f"the logarithm of a {made} (made at {{made}}) is taken by hand; in float32 the {made} is exactly 0 "
                f"for a score of -104, the logarithm -inf and the gradient NaN; use {stable}",
            )


RULE = Rule(code="DL501", level=ERROR, on=Call, judge=judge)
