"""The exponential of a prediction that nothing keeps small.

exp(89) is infinite in float32. Scores of a layer grow with its input and weights: the first batch that is not scaled,
or one large step, makes the loss infinite and every weight NaN. Clamp the exponent, squash it, or predict the positive
number with softplus.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 2)
    x, y = torch.randn(5, 4), torch.randn(5)
    mean, log_variance = net(x).unbind(1)
    loss = ((y - mean) ** 2 * torch.exp(-log_variance) + log_variance).mean()  # expect: exp-overflow
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Linear(4, 2)
    x, y = torch.randn(5, 4), torch.randn(5)
    mean, log_variance = net(x).unbind(1)
    log_variance = log_variance.clamp(-10, 10)
    loss = ((y - mean) ** 2 * torch.exp(-log_variance) + log_variance).mean()
    loss.backward()
    ```
Source: lecture, section 4, "numerical instability"; exp(89) is infinite in float32.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Confidence, Draft, Rule


def judge(call: Call) -> Iterator[Draft]:
    """An exponential of what a layer gives, on the way to a loss.

    Inside a network it is merely possible: the width of a distribution or the size of a box, as everybody writes it.
    """
    for given in call.given(wanting="exponent"):
        if given.tracked and call.reaches and not call.guarded:
            draft = call.draft(
                given,
                "the exponential is taken of a prediction that nothing keeps small; exp(89) is infinite in float32; "
                "clamp it first, or use softplus",
            )
            yield draft.but(confidence=Confidence.POSSIBLE) if call.where.inside else draft


RULE = Rule(code="DL511", level=WARNING, on=Call, judge=judge)
