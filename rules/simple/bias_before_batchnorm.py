"""A layer adds a bias that the batch norm after it takes away again.

Batch norm subtracts the mean of each channel, and a bias is a part of that mean: whatever it is, the result is the
same. It has no gradient but noise, it costs memory and a pass over the tensor, and batch norm has a shift of its own.

Bad:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(
        nn.Conv2d(3, 8, 3),  # expect: bias-before-batchnorm
        nn.BatchNorm2d(8),
        nn.ReLU(),
    )
    print(net(torch.randn(2, 3, 8, 8)).shape)
    ```
Good:
    ```python
    import torch
    import torch.nn as nn

    net = nn.Sequential(
        nn.Conv2d(3, 8, 3, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(),
    )
    print(net(torch.randn(2, 3, 8, 8)).shape)
    ```
Source: Ioffe and Szegedy, Batch normalization, section 3.2: "the bias b can be ignored since its effect will be
cancelled by the subsequent mean subtraction".
"""

from collections.abc import Iterator

from dllint import ADVICE, Call, Draft, Give, Rule, Step, Term


def judge(call: Call) -> Iterator[Draft]:
    """A layer with a bias, in each channel that a batch norm right after it centres."""
    for given in call.given(wanting="centred"):
        if given.layer is not None and biased(given.term) and centres(call, given.term) and not call.where.test:
            when = f" {given.when}" if given.when else ""
            told = given.term.option("bias") is not None
            yield Draft(
                given.layer,
                f"{{here}} adds a bias that {call.callee} takes away again, with the mean of each channel{when}; "
                "it learns nothing and costs memory; make it with bias=False",
                (Step(call.where.site, f"{call.callee} takes the mean away"),),
                given.confidence,
                given.layer,
                None,
                None if told or when else Give(given.layer, "bias", False, noticed=True),
            )


def biased(layer: Term) -> bool:
    """Whether a layer surely has a bias: it is told so, or not told."""
    return all(value is True for name, value in layer.options if name == "bias")


def centres(call: Call, layer: Term) -> bool:
    """Whether the channels are those of the layer: a linear one has them last, where batch norm may not look."""
    channels = layer.option("out_features")
    return layer.op != "linear" or (channels is not None and channels == call.constant("num_features"))


RULE = Rule(code="DL601", level=ADVICE, on=Call, judge=judge)
