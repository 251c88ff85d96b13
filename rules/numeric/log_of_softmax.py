"""The logarithm of a softmax or a sigmoid is taken by hand.

In float32 a softmax is exactly 0 for a score 104 below the largest, a sigmoid for a score of -89, and 1 - sigmoid for
one of 17. The logarithm is then -inf and the gradient NaN, which stays in the weights. log_softmax and logsigmoid
compute the same without the way through 0.

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
Source: lecture, section 4, "numerical instability". exp(-104) is 0 in float32, exp(89) infinite, and exp(-17) lost
beside 1.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, FuseLog, Given, Kind, Rule, Term, attains_zero, unmoved


def judge(call: Call) -> Iterator[Draft]:
    """A logarithm of probabilities that can be 0, on the way to a gradient."""
    for given in call.given(wanting="positive"):
        if (
            not call.guarded
            and not given.put_out  # log-without-eps
            and given.kind in (Kind.PROBABILITIES, Kind.SIGMOID)
            and attains_zero(given.term)
            and given.tracked
        ):
            what, zero, stable = words(given)
            yield call.draft(
                given,
                f"the logarithm of {what} (see {{made}}) is taken by hand; in float32 {zero}, "
                f"the logarithm is -inf and the gradient NaN; {stable}",
                FuseLog(call.where.site, given.made),
            )


def words(given: Given) -> tuple[str, str, str]:
    """What it is the logarithm of, where that is 0, and what to write instead."""
    if given.kind is Kind.PROBABILITIES:
        return "a softmax", "a softmax is exactly 0 for a score 104 below the largest", "use log_softmax"
    match unmoved(given.term):
        case Term(op="-", of=(_, right)) if getattr(unmoved(right), "op", "") != "sigmoid":
            return "1 - a sigmoid", "the upper bound of the sigmoid is 1", "use logsigmoid of the negated scores"
        case Term(op="-"):
            zero = "1 - sigmoid is exactly 0 for a score of 17"
            return "1 - a sigmoid", zero, "use logsigmoid of the negated scores"
    return "a sigmoid", "a sigmoid is exactly 0 for a score of -89", "use logsigmoid"


RULE = Rule(code="DL501", level=ERROR, on=Call, judge=judge)
