"""A softmax stands between two layers of a network.

The units of the layer share a sum of 1: of 128 each is 0.008 at the mean, one can only grow where others shrink, and
what one sample has more of than another is divided out. Gradients through it are as small. It is meant for the last
layer, or for weights that something is multiplied by.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(8, 128), nn.Softmax(dim=1), nn.Linear(128, 3))  # expect: hidden-softmax
    loss = nn.CrossEntropyLoss()(net(torch.randn(5, 8)), torch.randint(3, (5,)))
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(8, 128), nn.ReLU(), nn.Linear(128, 3))
    loss = nn.CrossEntropyLoss()(net(torch.randn(5, 8)), torch.randint(3, (5,)))
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function"; softmax of n scores has the mean 1 / n.
"""

from collections.abc import Iterator

from dllint import WARNING, Call, Confidence, Draft, Given, Kind, Rule, Term

SIZES = {
    "linear": ("in_features", "out_features", (-1, 1, None)),
    "conv1d": ("in_channels", "out_channels", (1, -2, None)),
    "conv2d": ("in_channels", "out_channels", (1, -3, None)),
}
"""Layer → what its sizes are called, and the dimensions that a softmax over its units may name."""


def judge(call: Call) -> Iterator[Draft]:
    """A layer with a bias reads the softmax of all units of another, and nothing else reads it."""
    for given in call.given(wanting="pixels"):
        if given.kind is Kind.PROBABILITIES and given.confidence is Confidence.CERTAIN and not call.where.test:
            units = squeezed(call, given)
            if units:
                yield call.draft(
                    given,
                    f"{call.callee} gets the softmax (see {{made}}) of {units} hidden units; they share a sum of 1, "
                    f"{1 / units:.2g} each, and gradients through them are as small; use relu there",
                )


def squeezed(call: Call, given: Given) -> int:
    """The hidden units under a softmax; 0 where they are the mixture of an autoencoder or of a memory, or unknown."""
    match given.term:
        case Term(op="softmax", of=(Term(op=op) as layer, *_)) as softmax if op in SIZES and op == call.callee.lower():
            narrow, wide, dims = SIZES[op]
            before, between, after = layer.option(narrow), layer.option(wide), call.constant(wide)
            if softmax.option("dim") not in dims or call.constant("bias") is not True:
                return 0
            if isinstance(before, int) and isinstance(between, int) and isinstance(after, int):
                return between if between > 1 and between >= min(before, after) else 0
    return 0


RULE = Rule(code="DL312", level=WARNING, on=Call, judge=judge)
