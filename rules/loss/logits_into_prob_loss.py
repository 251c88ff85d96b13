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

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3), nn.LogSoftmax(dim=1))
    criterion = nn.NLLLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.randint(3, (5,)))
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function"; torch.nn.NLLLoss: "the input is expected to contain
log-probabilities"; torch.nn.BCELoss: a value outside [0, 1] raises.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Kind, Rule

SQUASHED = (Kind.RELU, Kind.TANH, Kind.ACTIVATION)
DIVERGENCES = ("kl_div", "KLDivLoss")  # theirs is kldiv-input


RAISES = "raises for any score outside 0..1"
COUNTS = "counts scores outside 0..1 as they are"  # a Dice loss is a ratio of sums
SQUASH = {"probabilities": "softmax", "sigmoid probabilities": "sigmoid"}


def judge(call: Call) -> Iterator[Draft]:
    """A loss that wants probabilities or their logarithm is given scores."""
    for wants in ("probabilities", "sigmoid probabilities"):
        for given in call.given(wanting=wants):
            if given.kind is Kind.RAW:
                yield call.draft(
                    given,
                    "the loss gets raw scores (made at {made}); "
                    f"{call.callee} wants probabilities and {RAISES if call.name.startswith('torch.nn.') else COUNTS}; "
                    f"apply {SQUASH[wants]} to them, or use the form of {call.callee} that takes logits",
                )
    for given in call.given(wanting="log-probabilities"):
        if call.callee not in DIVERGENCES and given.kind in (Kind.RAW, *SQUASHED):
            yield call.draft(
                given,
                f"the loss gets {given.kind.value} (made at {{made}}); "
                f"{call.callee} wants log-probabilities: it only picks one entry and negates it, so the loss "
                "has no lower bound; apply log_softmax first, or use cross_entropy",
            )


RULE = Rule(code="DL303", level=ERROR, on=Call, judge=judge)
