"""log_softmax output reaches a loss that applies log_softmax itself.

Harmless: log_softmax of log-probabilities gives them back unchanged, so the loss and its gradient are right. It costs
a pass over the scores, and readers take the loss for NLLLoss.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 3), nn.LogSoftmax(dim=1))
    criterion = nn.CrossEntropyLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.randint(3, (5,)))  # expect: redundant-log-softmax
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 3), nn.LogSoftmax(dim=1))
    criterion = nn.NLLLoss()
    loss = criterion(net(torch.randn(5, 4)), torch.randint(3, (5,)))
    loss.backward()
    ```
Source: log_softmax(x) = x - logsumexp(x), and logsumexp of log-probabilities is 0.
"""

from collections.abc import Iterator

from dllint import ADVICE, Call, Draft, Drop, Rule


def judge(call: Call) -> Iterator[Draft]:
    """A loss that wants scores is given log_softmax output; the logarithm of probabilities are scores again."""
    nll = "nll_loss" if call.callee.islower() else "NLLLoss"
    for given in call.given(wanting="logits"):
        if given.made_by == "log_softmax":
            yield call.draft(
                given,
                "the loss gets log-probabilities (made at {made}); "
                f"{call.callee} applies log_softmax itself, which changes nothing but takes a second pass; "
                f"pass the scores{', or use ' + nll if call.name.startswith('torch.nn.') else ''}",
                Drop(given.made),
            )


RULE = Rule(code="DL313", level=ADVICE, on=Call, judge=judge)
