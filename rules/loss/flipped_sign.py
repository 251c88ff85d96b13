"""A likelihood is minimised, or a loss with a minus before it: training makes the network worse.

An optimizer makes small what is back-propagated. A log-likelihood is to be large, so its negative is the loss; a loss
of the library is to be small, and needs no minus.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x, y = torch.randn(5, 4), torch.randint(3, (5, 1))
    log_probabilities = torch.log_softmax(net(x), dim=1)
    optimizer.zero_grad()
    loss = log_probabilities.gather(1, y).mean()
    loss.backward()  # expect: flipped-sign
    optimizer.step()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    x, y = torch.randn(5, 4), torch.randint(3, (5, 1))
    log_probabilities = torch.log_softmax(net(x), dim=1)
    optimizer.zero_grad()
    loss = -log_probabilities.gather(1, y).mean()
    loss.backward()
    optimizer.step()
    ```
Source: lecture, section 4, "flipped sign".
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Rule, ascends


def judge(call: Call) -> Iterator[Draft]:
    """What the only optimizer makes small, though it is to be large."""
    for given in call.given(wanting="descended"):
        worse = ascends(given.term)
        if worse is None:
            continue
        if worse.op.startswith("log"):
            yield call.here(
                given,
                f"the log-likelihood {worse.op} is minimised as it is; each step makes what is right less likely; "
                "back-propagate its negative",
            )
        else:
            yield call.here(
                given,
                f"{worse.op} is minimised with a minus before it; each step makes the loss larger; drop the minus",
            )


RULE = Rule(code="DL311", level=ERROR, on=Call, judge=judge)
