"""An activation, or dropout, stands between the last layer and the loss, whose input it does not fit.

A relu before cross entropy cuts every negative score off: a class can never be less likely than a score of 0 says, and
where all scores are negative no gradient flows. tanh keeps them within 1 of each other. Dropout sets scores to 0.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(4, 8)
            self.head = nn.Linear(8, 3)

        def forward(self, x):
            x = F.relu(self.hidden(x))
            return F.relu(self.head(x))

    net = Net()
    loss = F.cross_entropy(net(torch.randn(5, 4)), torch.randint(3, (5,)))  # expect: activation-before-loss
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(4, 8)
            self.head = nn.Linear(8, 3)

        def forward(self, x):
            x = F.relu(self.hidden(x))
            return self.head(x)

    net = Net()
    loss = F.cross_entropy(net(torch.randn(5, 4)), torch.randint(3, (5,)))
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function".
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Given, Kind, Rule, Term, unmoved

HURTS = {
    "relu": "relu sets every negative score to 0",
    "relu6": "relu6 keeps every score between 0 and 6",
    "tanh": "tanh keeps every score between -1 and 1",
    "dropout": "dropout sets scores to 0 at random",
    "log_softmax": "its logarithms are at most 0",
    "logsigmoid": "its logarithms are at most 0",
}
"""Operation → what it does to the scores that a loss is given."""

WANTS = {
    "logits": ("relu", "relu6", "tanh", "dropout"),
    "sigmoid logits": ("relu", "relu6", "tanh", "dropout", "log_softmax", "logsigmoid"),
    "probabilities": ("tanh", "log_softmax", "logsigmoid"),
    "sigmoid probabilities": ("relu", "relu6", "tanh", "log_softmax", "logsigmoid"),
    "log-probabilities": ("relu", "relu6", "tanh", "dropout"),
}
"""What a loss wants → the operations that do not fit right before it; before log-probabilities, before log_softmax."""


def judge(call: Call) -> Iterator[Draft]:
    """A loss is given what an activation made of the scores."""
    for given in call.arguments:
        op = last(given)
        if op in WANTS.get(given.wants, ()):
            yield call.draft(
                given,
                f"{op} is applied to the scores that {call.callee} gets (see {{made}}); {HURTS[op]}; "
                f"pass the output of the last layer{' to log_softmax' if given.kind is Kind.LOG_PROBABILITIES else ''}",
            )


def last(given: Given) -> str:
    """The last operation on the scores, which a softmax or sigmoid that the loss wants may come after."""
    term = unmoved(given.term)
    match term:
        case Term(op="log_softmax" | "softmax" | "sigmoid", of=(inner, *_)) if "probabilities" in given.wants:
            term = unmoved(inner)
        case _ if given.wants == "log-probabilities":
            return ""  # without log_softmax: logits-into-prob-loss
    return term.op if isinstance(term, Term) else ""


RULE = Rule(code="DL306", level=ERROR, on=Call, judge=judge)
