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

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Rule

ATTENTION = "scaled_dot_product_attention"


def judge(call: Call) -> Iterator[Draft]:
    """Dropout inside a network that no mode reaches."""
    for given in call.given(wanting="dropped"):
        evaluates = call.where.inside and call.where.training is not True and not call.where.asked
        if evaluates and not call.where.test and always_on(call):
            yield call.here(
                given,
                f"{{here}} drops in evaluation too: {why(call)}; the scores change at random from call to call; "
                f"{instead(call)}",
            )


def always_on(call: Call) -> bool:
    """Whether it drops whatever the mode."""
    if call.callee == ATTENTION:
        return isinstance(p := call.constant("dropout_p"), float) and p > 0
    if call.callee.startswith("Dropout"):
        return call.fresh and call.constant("p") != 0
    return "training" not in call.passed and call.constant("p") != 0


def why(call: Call) -> str:
    if call.callee == ATTENTION:
        return "its dropout_p does not ask for the mode"
    return "the layer is made anew in train mode" if call.fresh else "its training is True unless it is passed"


def instead(call: Call) -> str:
    if call.callee == ATTENTION:
        return "pass dropout_p=p if self.training else 0.0"
    return "make the layer in __init__" if call.fresh else "pass training=self.training"


RULE = Rule(code="DL404", level=ERROR, on=Call, judge=judge)
