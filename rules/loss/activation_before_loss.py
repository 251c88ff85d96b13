"""An activation, or dropout, stands between the last layer and the loss, whose input it does not fit.

A relu before cross entropy cuts every negative score off: a class can never be less likely than a score of 0 says, and
where all scores are negative no gradient flows. tanh keeps them between -1 and 1: no class can be more than exp(2), 7.4
times, as likely as another. Dropout sets scores to 0.

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

from dllint import ERROR, Call, Draft, Drop, Given, Kind, Rule, Term, unmoved

DOES = {
    "relu": "relu sets every negative score to 0",
    "relu6": "relu6 keeps every score between 0 and 6",
    "tanh": "tanh keeps every score between -1 and 1",
    "dropout": "dropout sets scores to 0 at random",
    "log_softmax": "its logarithms are at most 0",
    "logsigmoid": "its logarithms are at most 0",
}
"""Operation → what it does to the scores that a loss is given."""

SIGMOID = {
    "relu": ", so no probability is below 0.5",
    "relu6": ", so no probability is below 0.5",
    "tanh": ", so every probability lies between 0.27 and 0.73",
    "log_softmax": ", so no probability is above 0.5",
    "logsigmoid": ", so no probability is above 0.5",
}
"""Operation → what a sigmoid after it gives."""

SCORES = ("relu", "relu6", "tanh", "dropout")
UNFIT = {
    "logits": SCORES,
    "sigmoid logits": (*SCORES, "log_softmax", "logsigmoid"),
    "probabilities": (*SCORES, "log_softmax", "logsigmoid"),
    "sigmoid probabilities": (*SCORES, "log_softmax", "logsigmoid"),
    "log-probabilities": SCORES,
}
"""What a loss wants → the operations that do not fit as the last on the scores."""

SQUASHES = {
    "probabilities": ("softmax", "sigmoid"),
    "sigmoid probabilities": ("sigmoid", "softmax"),
    "log-probabilities": ("log_softmax",),
}
"""What a loss wants → the squashes that may stand between the scores and the loss, the usual one first."""

BOUNDED = (Kind.SIGMOID, Kind.PROBABILITIES, Kind.TANH)


def judge(call: Call) -> Iterator[Draft]:
    """A loss is given what an activation made of the scores."""
    yield from of_numbers(call)
    for given in call.arguments:
        squash, op = last(given)
        if op in UNFIT.get(given.wants, ()) and (squash or given.wants != "log-probabilities"):
            yield call.draft(
                given,
                f"{op} is applied to the scores that {call.callee} gets (see {{made}}); "
                f"{hurts(call, given, squash, op)}; {instead(given, squash, op)}",
                None if squash else Drop(given.made),
            )


def of_numbers(call: Call) -> Iterator[Draft]:
    """Numbers without bounds that a bounded output is to predict."""
    if any(given.kind is Kind.NUMBERS for given in call.given(wanting="truth")):
        for given in call.given(wanting="prediction"):
            if given.kind in BOUNDED:
                yield call.draft(
                    given,
                    f"{given.kind.value} (made at {{made}}) is to predict numbers that lie outside its bounds; "
                    f"{call.callee} cannot get small; give the last layer no activation",
                )


def last(given: Given) -> tuple[str, str]:
    """The squash that the loss wants, "" where there is none, and the last operation on the scores before it."""
    term = unmoved(given.term)
    match term:
        case Term(op=op, of=(scores, *_)) if op in SQUASHES.get(given.wants, ()):
            return op, getattr(unmoved(scores), "op", "")
    return "", getattr(term, "op", "")


def hurts(call: Call, given: Given, squash: str, op: str) -> str:
    """What the operation does to the scores, and what comes of it."""
    if "probabilities" in given.wants and not squash:
        return f"{call.callee} wants numbers between 0 and 1 there"
    after = squash == "sigmoid" or given.wants == "sigmoid logits"
    return DOES[op] + (SIGMOID.get(op, "") if after else "")


def instead(given: Given, squash: str, op: str) -> str:
    if given.wants not in SQUASHES:
        return "pass the output of the last layer"
    return f"apply {squash or SQUASHES[given.wants][0]} to the output of the last layer, without {op}"


RULE = Rule(code="DL306", level=ERROR, on=Call, judge=judge)
