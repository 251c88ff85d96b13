"""The logarithm of a value that can be 0.

log(0) is -inf, and so is the loss. The gradient there is 1 / 0: on the way back it meets a 0, and every weight is NaN,
unless a relu stops it.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    activity = F.relu(net(torch.randn(5, 4)))
    loss = torch.log(activity).mean()  # expect: log-without-eps
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    activity = F.relu(net(torch.randn(5, 4)))
    loss = torch.log(activity + 1e-6).mean()
    loss.backward()
    ```
Source: lecture, section 4, "numerical instability".
"""

from collections.abc import Iterator

from dllint import WARNING, Add, Call, Draft, Kind, Rule, attains_zero


def judge(call: Call) -> Iterator[Draft]:
    """A logarithm of what is at least 0 and can be exactly 0, on the way to a gradient."""
    for given in call.given(wanting="positive"):
        other = given.kind in (Kind.PROBABILITIES, Kind.SIGMOID) and not given.put_out  # log-of-softmax
        if not (other or call.guarded) and given.range.low == 0 and attains_zero(given.term) and given.tracked:
            yield call.draft(
                given,
                f"{call.callee} is taken of a value that can be exactly 0; log(0) is -inf and its gradient infinite; "
                "add a small constant, or clamp it from below",
                Add(call.where.site, "1e-6"),
                call.where.site if given.put_out else None,
            )


RULE = Rule(code="DL502", level=WARNING, on=Call, judge=judge)
