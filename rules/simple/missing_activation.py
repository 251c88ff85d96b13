"""Two linear layers with no activation between them.

Together they are one linear layer: the second adds parameters and time, and nothing that the first could not learn.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(8, 32), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 3))  # expect: missing-activation
    print(net(torch.randn(2, 8)))
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 3))
    print(net(torch.randn(2, 8)))
    ```
Source: lecture, section 1, "start simple"; torch.nn.Linear: y = x A^T + b, twice.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Confidence, Draft, Given, Rule, Term, unmoved

CONVOLUTIONS = ("conv1d", "conv2d", "conv3d")


def judge(call: Call) -> Iterator[Draft]:
    """A linear layer on another that is no bottleneck: through fewer units than both sides have, it is a low rank."""
    for given in call.given(wanting="pixels"):
        if call.callee in ("Linear", "Dense") and not call.where.test and (inner := widened(call, given)):
            yield call.draft(
                given,
                f"two linear layers, of {inner} units and the next, follow one another; together they are one; "
                "put an activation between them",
            )
        elif not call.torch and call.callee not in ("Linear", "Dense") and not call.where.test and widens(call, given):
            yield call.draft(
                given,
                f"no activation stands between the layer at {{made}} and this {call.callee}; what both compute, one "
                'layer can; give the first one an activation, such as activation="relu"',
            )


def widens(call: Call, given: Given) -> bool:
    """Whether a convolution without activation hands no fewer channels on than the next layer makes."""
    first = unmoved(given.term)
    if given.confidence is not Confidence.CERTAIN or not isinstance(first, Term) or first.at is None:
        return False
    between, after = first.option("out_channels"), call.constant("out_channels") or call.constant("out_features")
    plain = first.op in CONVOLUTIONS and call.callee.lower() in (*CONVOLUTIONS, "dense")
    return plain and isinstance(between, int) and isinstance(after, int) and between >= after


def widened(call: Call, given: Given) -> int:
    """The units between two linear layers; 0 where they are fewer than on either side, or nobody knows."""
    first = unmoved(given.term)
    if given.confidence is not Confidence.CERTAIN:
        return 0
    if not isinstance(first, Term) or first.op != "linear" or first.at is None:
        return 0
    before, between = first.option("in_features"), first.option("out_features")
    after = call.constant("out_features")
    if not isinstance(between, int) or not isinstance(after, int):
        return 0
    return between if between >= (min(before, after) if isinstance(before, int) else after) else 0


RULE = Rule(code="DL602", level=WARNING, on=Call, judge=judge)
