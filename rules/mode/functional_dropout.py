"""Dropout that evaluation does not switch off.

`F.dropout(x)` drops in every call, whatever the network's mode: its `training` is True unless it is passed. The same
holds for `nn.Dropout` made anew in each forward, and for the `dropout_p` of scaled_dot_product_attention. Scores are
then noisy in evaluation too.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(4, 3)

        def forward(self, x):
            return self.head(F.dropout(x, 0.5))  # expect: functional-dropout

    net = Net().eval()
    print(net(torch.randn(5, 4)).argmax(1))
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(4, 3)

        def forward(self, x):
            return self.head(F.dropout(x, 0.5, training=self.training))

    net = Net().eval()
    print(net(torch.randn(5, 4)).argmax(1))
    ```
Source: torch.nn.functional.dropout: "training: apply dropout if is True. Default: True".
"""

import re
from collections.abc import Iterator

from dllint import ERROR, Call, Draft, GiveMode, Rule

ATTENTION = "scaled_dot_product_attention"
MEANT = re.compile(r"(^|_)MC(?![a-z])|(?i:monte_?carlo|bayes|stochastic)")
"""Names of networks that drop in evaluation on purpose: MCDropout, BayesianNet."""


def judge(call: Call) -> Iterator[Draft]:
    """Dropout inside a network that no mode reaches, where the network may be in eval mode."""
    for given in call.given(wanting="dropped"):
        if evaluated(call) and always_on(call):
            yield call.here(
                given,
                f"{{here}} drops in evaluation too: {why(call)}; the scores change at random from call to call; "
                f"{instead(call)}",
                GiveMode(call.where.site, "training") if call.callee != ATTENTION and not call.fresh else None,
            )


def evaluated(call: Call) -> bool:
    """Whether this is a forward outside of training that asks for no mode, and does not say that noise is meant."""
    where = call.where
    told = where.asked or where.test or MEANT.search(where.inside)
    return bool(where.inside) and where.training is not True and not told


def always_on(call: Call) -> bool:
    """Whether it drops whatever the mode. A rate that nobody knows may follow a mode that nobody knows."""
    if call.callee == ATTENTION:
        return rate(call, "dropout_p") and "dropout_p" in call.passed
    if call.callee.startswith("Dropout"):
        return call.fresh and rate(call, "p")
    return "training" not in call.passed and rate(call, "p")


def rate(call: Call, parameter: str) -> bool:
    """Whether it is above 0."""
    p = call.constant(parameter)
    return p > 0 if isinstance(p, (int, float)) else call.where.training is False


def why(call: Call) -> str:
    if call.callee == ATTENTION:
        return "its dropout_p does not ask for the mode"
    return "the layer is made anew in train mode" if call.fresh else "its training is True unless it is passed"


def instead(call: Call) -> str:
    if call.callee == ATTENTION:
        return "pass dropout_p=p if self.training else 0.0"
    return "make the layer in __init__" if call.fresh else "pass training=self.training"


RULE = Rule(code="DL404", level=ERROR, on=Call, judge=judge)
