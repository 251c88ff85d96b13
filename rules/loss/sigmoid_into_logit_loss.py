"""Sigmoid output reaches a loss that applies sigmoid, or softmax, itself.

Squashed twice, every score ends between 0.5 and 0.73: the loss can never fall below 0.31 where all labels are 1 and
0.69 where all are 0, and the gradients shrink. Training runs, only worse.

Bad:
    ```python
    import torch
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(4, 1)

        def forward(self, x):
            return torch.sigmoid(self.head(x))

    net = Net()
    criterion = nn.BCEWithLogitsLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.ones(5, 1))  # expect: sigmoid-into-logit-loss
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(4, 1)

        def forward(self, x):
            return self.head(x)

    net = Net()
    criterion = nn.BCEWithLogitsLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.ones(5, 1))
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function". The floors: softplus(-1) = 0.31 and
softplus(0) = 0.69, where the sigmoid is 1 and 0.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Drop, Kind, Rule

FLOOR = " and a sure answer still costs 0.31 or more"  # of a cross entropy; a Dice or focal loss has another floor


def judge(call: Call) -> Iterator[Draft]:
    """A loss that wants scores is given sigmoid output."""
    for wants, applies in (("sigmoid logits", "sigmoid"), ("logits", "softmax")):
        for given in call.given(wanting=wants):
            if given.kind is Kind.SIGMOID:
                yield call.draft(
                    given,
                    "the loss gets sigmoid output (made at {made}); "
                    f"{call.callee} applies {applies} itself, so all scores lie between 0 and 1"
                    f"{FLOOR if call.name.startswith('torch.nn.') else ''}; "
                    "pass the scores before sigmoid",
                    Drop(given.made),
                )


RULE = Rule(code="DL302", level=ERROR, on=Call, judge=judge)
