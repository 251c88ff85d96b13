"""Softmax output reaches a loss that applies softmax itself.

The scores are squashed twice: gradients shrink, and with C classes the loss can never fall below
log(1 + (C - 1) / e), 1.46 for ten classes. Training runs, only worse.

Bad:
    ```python
    # file: model.py
    import torch.nn as nn
    import torch.nn.functional as F

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(4, 3)

        def forward(self, x):
            return F.softmax(self.head(x), dim=1)

    # file: train.py
    import torch
    import torch.nn as nn

    from model import Net

    net = Net()
    criterion = nn.CrossEntropyLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.randint(3, (5,)))  # expect: softmax-into-logit-loss
    loss.backward()
    ```
Good:
    ```python
    # file: model.py
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(4, 3)

        def forward(self, x):
            return self.head(x)

    # file: train.py
    import torch
    import torch.nn as nn

    from model import Net

    net = Net()
    criterion = nn.CrossEntropyLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.randint(3, (5,)))
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function". The floor: with softmax output p the loss is
-log softmax(p)[y], least where p is one-hot at y.
"""

from collections.abc import Iterator
from math import e, log

from dllint import ERROR, Call, Draft, Drop, Given, Kind, Rule, Term

FLAT = "so no class counts more than e times as much as another"  # a Dice or focal loss has another floor


def judge(call: Call) -> Iterator[Draft]:
    """A loss that wants scores is given probabilities."""
    for given in call.given(wanting="logits"):
        if given.kind is Kind.PROBABILITIES:
            yield call.draft(
                given,
                "the loss gets softmax output (made at {made}); "
                f"{call.callee} applies softmax itself, {floor(given) if call.name.startswith('torch.nn.') else FLAT}; "
                "pass the scores before softmax",
                Drop(given.made),
            )
    for given in call.given(wanting="sigmoid logits"):
        if given.kind is Kind.PROBABILITIES:
            yield call.draft(
                given,
                "the loss gets softmax output (made at {made}); "
                f"{call.callee} applies sigmoid itself, so every score counts as 0.5 to 0.73; "
                "pass the scores before softmax",
                Drop(given.made),
            )


def floor(given: Given) -> str:
    """The least cross entropy, in nats, of softmax output: for its number of classes where that is known."""
    match given.term:
        case Term(op="softmax", of=(Term(op="linear") as head, *_)) if isinstance(
            classes := head.option("out_features"), int
        ):
            return f"so it cannot fall below {log(1 + (classes - 1) / e):.2f} for its {classes} classes"
    return "so it cannot fall below log(1 + (C - 1) / e), 1.46 for ten classes"


RULE = Rule(code="DL301", level=ERROR, on=Call, judge=judge)
