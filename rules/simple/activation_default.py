"""A sigmoid or tanh between two layers of weights, where relu is the default.

Both are flat for large inputs: the gradient of a sigmoid is at most 0.25 and that of a saturated unit is 0, so what
reaches the first layers shrinks with each one on the way. A relu passes it on as it is.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 32), nn.Sigmoid(), nn.Linear(32, 3))  # expect: activation-default
    print(net(torch.randn(5, 4)).shape)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 3))
    print(net(torch.randn(5, 4)).shape)
    ```
Source: lecture, "start simple": relu for dense and convolutional layers, tanh in LSTMs.
"""

from collections.abc import Iterator

from dllint import ADVICE, Call, Confidence, Draft, Rule, Term

SATURATING = ("sigmoid", "tanh")


def judge(call: Call) -> Iterator[Draft]:
    """What a layer made, squashed, goes right into the next layer."""
    for given in call.given(wanting="pixels"):
        sure = given.confidence is Confidence.CERTAIN and not call.where.test
        if given.term.op in SATURATING and sure and not is_code(call, given.term.of[0]):
            yield call.draft(
                given,
                f"{given.term.op} stands between two layers of weights, the second {call.callee}; "
                "where it is flat, no gradient reaches the layers before it; start with relu",
            )


def is_code(call: Call, layer: Term | float) -> bool:
    """Whether a layer makes fewer numbers than it takes and the next one makes: a code, which is bounded on purpose."""
    if not isinstance(layer, Term):
        return False
    taken, made, after = layer.option("in_features"), layer.option("out_features"), call.constant("out_features")
    if isinstance(taken, int) and isinstance(made, int) and isinstance(after, int):
        return made < taken and made < after
    return False


RULE = Rule(code="DL608", level=ADVICE, on=Call, judge=judge)
