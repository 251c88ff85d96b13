"""kl_div is given something else than log-probabilities first, or its two arguments the wrong way round.

`kl_div(input, target)` computes target · (log target - input): the first argument is the *logarithm* of the
prediction, the second the probabilities it should have. Given probabilities first, the result is no divergence: it can
be negative, and its least value is not where the two agree.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    student, teacher = nn.Linear(4, 3), nn.Linear(4, 3)
    x = torch.randn(5, 4)
    with torch.no_grad():
        wanted = F.softmax(teacher(x), dim=1)
    loss = F.kl_div(F.softmax(student(x), dim=1), wanted, reduction="batchmean")  # expect: kldiv-input
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    student, teacher = nn.Linear(4, 3), nn.Linear(4, 3)
    x = torch.randn(5, 4)
    with torch.no_grad():
        wanted = F.softmax(teacher(x), dim=1)
    loss = F.kl_div(F.log_softmax(student(x), dim=1), wanted, reduction="batchmean")
    loss.backward()
    ```
Source: torch.nn.KLDivLoss: "input should be in the log-space".
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Give, Kind, Rule, TakeLog

NO_LOGARITHM = (Kind.PROBABILITIES, Kind.SIGMOID, Kind.RAW, Kind.RELU, Kind.TANH)


def judge(call: Call) -> Iterator[Draft]:
    """The prediction is no logarithm, or the target is one and nobody said so."""
    if call.callee not in ("kl_div", "KLDivLoss"):
        return
    for given in call.given(wanting="log-probabilities"):
        if given.kind in NO_LOGARITHM:
            yield call.draft(
                given,
                f"{call.callee} gets {given.kind.value} first (made at {{made}}); it wants log-probabilities there, "
                "and its least value is not where prediction and target agree; use log_softmax for the first argument",
                TakeLog(given.made),
            )
    for given in call.given(wanting="distribution"):
        if given.kind is Kind.LOG_PROBABILITIES and call.constant("log_target") is False:
            yield call.draft(
                given,
                f"{call.callee} gets log-probabilities as the target (made at {{made}}); it takes the logarithm of "
                "them again, which is not a number; pass log_target=True, or softmax output",
                Give(call.where.site, "log_target", True) if call.callee == "kl_div" else None,
            )


RULE = Rule(code="DL310", level=ERROR, on=Call, judge=judge)
