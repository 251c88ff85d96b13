"""Scores are measured as if they were classes or probabilities.

Raw scores of a network, or probabilities, equal no label: `(scores == labels).sum()` is 0 in every epoch, and argmax
is missing. Where the loss applies sigmoid itself, the network gives logits, and 0 is their middle: 0.5 stands for a
probability of 0.62, so that some of what the network says yes to is counted as a no.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x, y = torch.randn(8, 4), torch.ones(8, 1)
    for step in range(3):
        logits = net(x)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(((logits > 0.5) == y).float().mean())  # expect: metric-mismatch
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x, y = torch.randn(8, 4), torch.ones(8, 1)
    for step in range(3):
        logits = net(x)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(((logits > 0) == y).float().mean())
    ```
Source: torch.nn.BCEWithLogitsLoss, "combines a Sigmoid layer and the BCELoss"; sigmoid(0) = 0.5.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Kind, Rule

UNBOUND = (Kind.RAW, Kind.RELU, Kind.ACTIVATION)
OF_NUMBERS = (
    "mean_squared_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error",
    "log_cosh",
    "huber",
)
"""Losses of Keras that predict numbers."""


def judge(call: Call) -> Iterator[Draft]:
    """A comparison of scores with labels, or of logits with 0.5."""
    for given in call.given(wanting="labelled"):
        if not call.where.test:
            yield call.draft(
                given, f"{given.kind.value} are compared with labels; they equal none; take argmax or a threshold first"
            )
    for given in call.given(wanting="measured"):
        numbers = given.kind in (*UNBOUND, Kind.PROBABILITIES) or call.constant("beside")
        if call.constant("loss") in OF_NUMBERS and numbers and given.shape.dims[-1:] == (1,):
            yield call.draft(
                given,
                f"accuracy counts how often a prediction equals its label, and {call.constant('loss')} predicts "
                "numbers, which hardly ever do; measure the mean absolute error",
            )
    for given in call.given(wanting="halved"):
        if not call.where.test:
            yield call.draft(
                given,
                "logits are divided at 0.5, and the loss applies sigmoid itself; sigmoid(0.5) is 0.62, so what is a "
                "little more likely than not counts as a no; divide at 0, or apply sigmoid first",
            )


RULE = Rule(code="DL703", level=WARNING, on=Call, judge=judge)
