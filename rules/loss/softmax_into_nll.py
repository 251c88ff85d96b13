"""Probabilities, not log-probabilities, reach NLLLoss.

NLLLoss picks the entry of the right class and negates it. Given probabilities the loss is -p instead of -log p: it
lies between -1 and 0, and its gradient does not grow where the answer is wrong.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    probabilities = F.softmax(net(torch.randn(5, 4)), dim=1)
    loss = F.nll_loss(probabilities, torch.randint(3, (5,)))  # expect: softmax-into-nll
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 3)
    log_probabilities = F.log_softmax(net(torch.randn(5, 4)), dim=1)
    loss = F.nll_loss(log_probabilities, torch.randint(3, (5,)))
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function"; torch.nn.NLLLoss.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Kind, Rule, TakeLog

WHAT = {Kind.PROBABILITIES: "softmax output", Kind.SIGMOID: "sigmoid output"}
DIVERGENCES = ("kl_div", "KLDivLoss")  # theirs is kldiv-input


def judge(call: Call) -> Iterator[Draft]:
    """A loss that wants log-probabilities is given probabilities."""
    for given in call.given(wanting="log-probabilities"):
        if given.kind in WHAT and call.callee not in DIVERGENCES:
            yield call.draft(
                given,
                f"the loss gets {WHAT[given.kind]} (made at {{made}}); "
                f"{call.callee} wants log-probabilities, {hurts(call)}; use log_softmax in its place",
                TakeLog(given.made),
            )


def hurts(call: Call) -> str:
    if "ctc" in call.callee.lower():
        return "so it reads p = 0 as log p = 0, and what is impossible counts as certain"
    return "so the loss is -p between -1 and 0 instead of -log p"


RULE = Rule(code="DL304", level=ERROR, on=Call, judge=judge)
