"""A binary cross entropy is written out with logarithms of p and 1 - p.

In float32 a sigmoid is exactly 0 for a score of -89 and exactly 1 for one of 17. One of the logarithms is then -inf,
0 * -inf is NaN, and so is the gradient. The library's loss takes the scores and never computes p.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 1)
    x, y = torch.randn(5, 4), torch.randint(2, (5, 1)).float()
    p = torch.sigmoid(net(x))
    loss = -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()  # expect: manual-bce-ce
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 1)
    x, y = torch.randn(5, 4), torch.randint(2, (5, 1)).float()
    loss = F.binary_cross_entropy_with_logits(net(x), y)
    loss.backward()
    ```
Source: lecture, section 4, "numerical instability"; sigmoid(17) is 1 and sigmoid(-104) is 0 in float32.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Draft, Rule


def judge(call: Call) -> Iterator[Draft]:
    """Logarithms of p and of 1 - p that nothing keeps off 0, on the way to a gradient."""
    for given in call.given(wanting="saturating"):
        if given.tracked:
            yield call.here(
                given,
                "a binary cross entropy is written out; where p is exactly 0 or 1, the loss is infinite and the "
                "gradient NaN; give the scores to binary_cross_entropy_with_logits",
            )


RULE = Rule(code="DL505", level=WARNING, on=Call, judge=judge)
