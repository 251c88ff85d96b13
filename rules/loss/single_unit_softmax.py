"""Softmax over one unit: the answer is always 1.

A softmax divides each exponential by their sum; with one unit that is 1, whatever the input, and no gradient flows.
Cross entropy over one unit is always 0 for the same reason.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1), nn.Softmax(dim=-1))  # expect: single-unit-softmax
    loss = nn.functional.mse_loss(net(torch.randn(5, 4)), torch.rand(5, 1))
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid())
    loss = nn.functional.mse_loss(net(torch.randn(5, 4)), torch.rand(5, 1))
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function"; softmax of one number is exp(x) / exp(x).
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Rule, TakeSigmoid, Term

KEEP_UNITS = ("relu", "leaky_relu", "tanh", "sigmoid", "dropout")


def judge(call: Call) -> Iterator[Draft]:
    """Softmax over the dimension that a layer of one unit has made, or cross entropy over it."""
    for given in call.given(wanting="scores"):
        if units(given.term, axis(call)) == 1:
            yield call.draft(
                given,
                f"{call.callee} goes over the one unit of the layer at {{made}}; "
                f"its result is {0 if 'log' in call.callee.lower() else 1} whatever the input, and no gradient flows; "
                "use sigmoid, or two units",
                TakeSigmoid(call.where.site) if "log" not in call.callee.lower() and call.torch else None,
            )
    for given in call.given(wanting="logits"):
        if 1 in (units(given.term, 1), units(given.term, -1)):
            yield call.draft(
                given,
                f"{call.callee} gets the scores of one class (made at {{made}}); "
                "over one class the loss is 0 whatever the input, and no gradient flows; "
                "use a loss with sigmoid, or two units",
            )


def axis(call: Call) -> object:
    """What a softmax goes over: `dim` of torch, `axis` of Keras."""
    return call.constant("dim" if call.torch else "axis")


def units(term: Term, dim: object) -> object:
    """The size of the dimension that a layer's units are in, where `dim` names it."""
    match term:
        case Term(op="linear") if dim == -1:
            return term.option("out_features")
        case Term(op="conv1d" | "conv2d" | "conv3d") if dim == 1:
            return term.option("out_channels")
        case Term(op=op, of=(Term() as inner, *_)) if op in KEEP_UNITS:
            return units(inner, dim)
    return None


RULE = Rule(code="DL305", level=ERROR, on=Call, judge=judge)
