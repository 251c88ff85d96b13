"""Raw scores reach a loss that wants probabilities or log-probabilities.

BCELoss takes the logarithm of what it is given, and stops with an error where that is outside 0..1; NLLLoss only picks
one entry and negates it, so raw scores make a loss without a lower bound: training drives the scores up, not apart.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    criterion = nn.NLLLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.randint(3, (5,)))  # expect: logits-into-prob-loss
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    criterion = nn.CrossEntropyLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.randint(3, (5,)))
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function"; torch.nn.NLLLoss: "the input is expected to contain
log-probabilities"; torch.nn.BCELoss: a value outside [0, 1] raises.
"""

import math
from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Given, Kind, Rule, TakeScores

SCORES = (Kind.RAW, Kind.RELU, Kind.TANH, Kind.ACTIVATION)
DIVERGENCES = ("kl_div", "KLDivLoss")  # theirs is kldiv-input
OF_LOGITS = {"BCELoss": "BCEWithLogitsLoss", "binary_cross_entropy": "binary_cross_entropy_with_logits"}
RAISES = "raises for any score outside 0..1"
COUNTS = "counts scores outside 0..1 as they are"  # a Dice loss is a ratio of sums
SQUASH = {"probabilities": "softmax", "sigmoid probabilities": "sigmoid"}


def judge(call: Call) -> Iterator[Draft]:
    """A loss that wants probabilities or their logarithm is given scores."""
    for wants in ("probabilities", "sigmoid probabilities"):
        for given in call.given(wanting=wants):
            if given.kind is Kind.RAW and not (given.range.low >= 0 and given.range.high <= 1):
                instead = OF_LOGITS.get(call.callee, f"the form of {call.callee} that takes logits")
                yield call.draft(
                    given,
                    "the loss gets raw scores (made at {made}); "
                    f"{call.callee} wants probabilities and {RAISES if call.name.startswith('torch.nn.') else COUNTS}; "
                    f"apply {SQUASH[wants]} to them, or use {instead}",
                    TakeScores(call.where.site),
                )
    for given in call.given(wanting="log-probabilities"):
        if given.kind in SCORES and call.callee not in DIVERGENCES:
            yield call.draft(
                given,
                f"the loss gets {given.kind.value} (made at {{made}}); "
                f"{call.callee} wants log-probabilities{hurts(call, given)}; "
                f"apply log_softmax to the output of the last layer{'' if reads(call) else ', or use cross_entropy'}",
                TakeScores(call.where.site) if given.kind is Kind.RAW else None,
            )


def hurts(call: Call, given: Given) -> str:
    """What comes of it: scores drive the loss down without end, a bounded activation as far as it goes."""
    if reads(call):
        return ", whose exponentials sum to 1 at each step, and those of scores do not"
    end = "has no lower bound" if math.isinf(given.range.high) else f"goes down to {-given.range.high:g}"
    return f": it only picks one entry and negates it, so the loss {end}"


def reads(call: Call) -> bool:
    """A loss that sums over the ways to read a sequence, rather than picking one entry."""
    return "ctc" in call.callee.lower()


RULE = Rule(code="DL303", level=ERROR, on=Call, judge=judge)
