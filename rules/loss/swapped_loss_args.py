"""The targets come first, and the output of the network second, where the two mean different things.

`cross_entropy(input, target)` takes the scores first, and so do all losses of torch; `precision_score(y_true, y_pred)`
and all metrics of sklearn take them second. Swapped, a loss squashes the targets or takes their logarithm, and pulls
the network towards something else; precision becomes recall. Symmetric ones (mse, l1, accuracy) do not care.

Bad:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 1)
    y = torch.randint(2, (5, 1)).float()
    loss = F.binary_cross_entropy_with_logits(y, net(torch.randn(5, 4)))  # expect: swapped-loss-args
    loss.backward()
    ```
Good:
    ```python
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    net = nn.Linear(4, 1)
    y = torch.randint(2, (5, 1)).float()
    loss = F.binary_cross_entropy_with_logits(net(torch.randn(5, 4)), y)
    loss.backward()
    ```
Source: lecture, section 4, "incorrect input to the loss function"; the signatures of torch.nn.functional.
"""

from collections.abc import Iterator

from dllint import ERROR, Call, Draft, Given, Kind, Rule, Swap

HURTS = {
    "logits": "it applies softmax to the targets",
    "sigmoid logits": "it applies sigmoid to the targets, and pulls the output of the network away from 0",
    "log-probabilities": "it takes the targets for log-probabilities",
    "probabilities": "it takes the logarithm of the targets",
    "sigmoid probabilities": "it takes the logarithm of the targets",
    "prediction": "it counts one for the other",
}
"""What an input is wanted as → what becomes of targets in its place."""

TARGETS = ("labels", "classes", "truth")
LABELS = (Kind.INDEX, Kind.TARGET, Kind.BOOLEAN)
MADE_UP = ("ones", "ones_like", "zeros", "zeros_like", "full", "full_like", "randint", "randint_like", "bernoulli")


def judge(call: Call) -> Iterator[Draft]:
    """What no network has made is given as its output, and the output as what it is compared with."""
    inputs = [given for given in call.arguments if given.wants in HURTS]
    targets = [given for given in call.arguments if given.wants in TARGETS]
    if inputs and targets and all(are_swapped(one, other) for one in inputs for other in targets):
        prediction = targets[0]
        yield call.draft(
            prediction,
            f"{call.callee} gets the output of the network as {prediction.parameter}, and the targets as "
            f"{inputs[0].parameter}; {HURTS[inputs[0].wants]}; swap the two",
            Swap(call.where.site),
        )


def are_swapped(given: Given, target: Given) -> bool:
    """Whether a target stands where the input of a loss belongs, and the output of a network in its place."""
    output = target.predicted and target.kind not in LABELS
    if given.wants == "prediction":
        output = target.predicted
    return output and not given.predicted and is_target(given, target)


def is_target(given: Given, output: Given) -> bool:
    """Whether it is labels, made up, or comes right out of the batch that a network made this output of."""
    if given.item:
        return len(given.batches) == 1 and given.batches <= output.batches
    return given.kind in LABELS or given.made_by in MADE_UP


RULE = Rule(code="DL308", level=ERROR, on=Call, judge=judge)
