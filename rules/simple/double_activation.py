"""Sigmoid of a sigmoid, softmax of a softmax.

The first gives numbers from 0 to 1; the second sees no difference between them. A sigmoid of those lies between 0.5 and
0.73, a softmax of ten of those never says more than 0.23: the network cannot be sure of anything, and its gradients
are squashed twice.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(8, 3), nn.Sigmoid())
    scores = net(torch.randn(2, 8))
    print(torch.sigmoid(scores) > 0.5)  # expect: double-activation
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(8, 3), nn.Sigmoid())
    scores = net(torch.randn(2, 8))
    print(scores > 0.5)
    ```
Source: lecture, section 4, "incorrect input to the loss function", where it is no loss that squashes again.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Drop, Given, Rule, Term, unmoved


def judge(call: Call) -> Iterator[Draft]:
    """A squash of what the same squash made, with nothing in between, along the same dimension."""
    for wanting, op in (("unsquashed", "sigmoid"), ("scores", "softmax")):
        for given in call.given(wanting):
            if call.callee.lower() == op == given.made_by and along(given) == call.constant("dim"):
                yield call.draft(
                    given,
                    f"{call.callee} is taken of what {op} made; numbers from 0 to 1 are squashed into a small part of "
                    "that, and gradients with them; take it once",
                    Drop(call.where.site),
                )


def along(given: Given) -> object:
    """The dimension that the last operation went along; None for one that has none."""
    last = unmoved(given.term)
    return last.option("dim") if isinstance(last, Term) else None


RULE = Rule(code="DL603", level=WARNING, on=Call, judge=judge)
